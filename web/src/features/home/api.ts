import { useApi } from '../../shared/api/client';
import type { Labelled } from '../../shared/labels';

export interface Overview {
  records: number;
  records_by_kind: Record<string, number>;
  sources: { name: string; records: number }[];
  years: { year: number; count: number; by_source?: Record<string, number> }[];
  topics: number;
  terms: number;
  judgements: number;
  open_conflicts: number;
  open_alerts: number;
  last_import?: string;
  last_run?: { id: string; at: string; documents: number; synthetic?: boolean } | null;
  emerging: Emerging[];
}

export interface Emerging extends Labelled {
  id: string;
  score: number;
  why?: string;
  documents: number;
  growth: { log_slope: number; low: number; high: number; count?: number };
  spark?: number[];
}

export const useOverview = (ws: string) => useApi<Overview>(`/w/${ws}/overview`);
