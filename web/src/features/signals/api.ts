import { useApi } from '../../shared/api/client';

export type Quadrant = 'weak' | 'strong' | 'latent' | 'well_known' | 'unsupported';

export interface Signal {
  id: string;
  label: string;
  forms: string[];
  quadrant: Quadrant;
  documents: number;
  window_years: number;
  recent: number;
  before: number;
  share_ratio: number;
  p: number;
  q: number;
  first_year: number;
  sources: number;
  organisations: number;
  author_groups: number;
  isolation: number;
  spread: boolean;
  isolated: boolean;
  novel: boolean;
  confirmations: number;
}

export interface MappedTerm {
  id: string;
  label: string;
  quadrant: Quadrant;
  documents: number;
  mean_document_frequency: number;
  diffusion_growth: number;
  mean_frequency: number;
  visibility_growth: number;
  emergence_map: Quadrant;
  issue_map: Quadrant;
}

export interface WeakSignals {
  thresholds: { emergence: { x: number; y: number }; issue: { x: number; y: number } };
  found: number;
  signals: Signal[];
  terms: MappedTerm[];
}

export interface Burst {
  id: string;
  label: string;
  first_year: number;
  last_year: number;
  open: boolean;
  level: number;
  weight: number;
  documents: number;
  p: number;
  q: number;
}

export const useWeakSignals = (ws: string) => useApi<WeakSignals>(`/w/${ws}/weak-signals`);
export const useBursts = (ws: string) => useApi<{ items: Burst[]; total: number }>(`/w/${ws}/bursts`, { limit: 200 });
