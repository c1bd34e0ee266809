import { useApi } from '../../shared/api/client';
import type { Labelled } from '../../shared/labels';

export interface Overview {
  records: number;
  records_by_kind: Record<string, number>;
  sources: { name: string; records: number }[] | Record<string, number> | number;
  years: { year: number; count: number; by_source?: Record<string, number> }[];
  topics: number;
  terms: number;
  judgements: number;
  open_conflicts: number;
  open_alerts: number;
  last_import?: { at?: string; records?: number } | string | null;
  last_run?: { id?: string; at?: string; until?: number } | string | null;
  emerging: Emerging[];
}

export interface Emerging extends Labelled {
  id: string;
  score: number;
  why?: string | { name: string; contribution: number }[] | { component: string; contribution: number }[] | string[];
  growth?: { log_slope: number; low: number; high: number; count?: number } | number | null;
  spark?: number[];
}

export const useOverview = (ws: string) => useApi<Overview>(`/w/${ws}/overview`);
