import { useApi } from '../../shared/api/client';

export interface Rule {
  id: string;
  name: string;
  unit: 'term' | 'topic';
  rule: string;
  indicator: string;
  comparison: 'above' | 'below';
  threshold: number;
  significance: number;
  min_documents: number;
  query: string;
  units: string[];
  why: string;
  by: string;
  at: string;
  calibration?: { alerts: number; right: number; partly: number; wrong: number; cannot_tell: number; open: number; precision?: number; low?: number; high?: number };
}

export interface Alert {
  id: string;
  year: number;
  unit: string;
  label: string;
  rule: string;
  verdict: string;
  why: string;
  by: string;
  at: string;
  created_at: string;
  case?: Record<string, unknown>;
}

export interface Replay {
  units: number;
  first_year: number;
  last_year: number;
  judged_years: number;
  prevalence: number;
  alerts: number;
  right: number;
  wrong: number;
  unknown: number;
  precision: number | null;
  precision_low?: number | null;
  precision_high?: number | null;
  recall: number | null;
  false_alarms_a_year: number | null;
  mean_lead_years?: number | null;
  alerts_fired: { year: number; id: string; label: string; outcome: string; documents: number; share_ratio?: number }[];
}

export interface RuleBody {
  name: string;
  unit: 'term' | 'topic';
  indicator: string;
  comparison: 'above' | 'below';
  threshold: number;
  significance: number;
  min_documents: number;
  query?: string;
  why: string;
}

export const indicators = ['growth', 'acceleration', 'documents', 'share', 'newness', 'vitality', 'burst', 'weak_signal', 'authors', 'organisations', 'countries', 'source_diversity', 'cohesion', 'impact'];

export const useRules = (ws: string) => useApi<{ items: Rule[]; total: number }>(`/w/${ws}/watch`, { limit: 200 });
export const useAlerts = (ws: string, state: string) => useApi<{ items: Alert[]; total: number }>(`/w/${ws}/alerts`, { state, limit: 200 });
