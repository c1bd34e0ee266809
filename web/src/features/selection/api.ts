import { useSend } from '../../shared/api/change';
import { useApi } from '../../shared/api/client';
import type { Question, Words } from '../../shared/delphi/model';

export interface SelectionHead {
  id: string;
  title: string;
  list: string;
  ranking: Ranking;
  select: number;
  entries: number;
}

export type Ranking = 'topsis' | 'weighted_sum' | 'borda';
export type Method = 'direct' | 'ahp' | 'bwm' | 'entropy';

export interface RequestCriterion {
  id: string;
  source: string;
  cost?: boolean;
  values?: Record<string, number>;
}

export type Weights =
  | { method: 'direct'; values: number[] }
  | { method: 'ahp'; comparisons: number[] }
  | { method: 'bwm'; best: number; worst: number; best_to_others: number[]; others_to_worst: number[] }
  | { method: 'entropy' };

export interface SelectionRequest {
  title: string;
  list: string;
  study?: string;
  criteria: RequestCriterion[];
  weights: Weights;
  ranking: Ranking;
  select: number;
  weight_change: number;
  draws: number;
  seed: number;
  expert_position?: string;
  data_position?: string;
}

export interface SelectedItem extends Words {
  id: string;
  field: string;
  scores: number[];
  value: number;
  rank: number;
  selected: boolean;
  rank_weighted_sum: number;
  rank_topsis: number;
  rank_borda: number;
  rank_low: number;
  rank_high: number;
  selected_share: number;
  flips: boolean;
  expert_position: number | null;
  data_position: number | null;
}

export interface SelectionResult {
  request: SelectionRequest;
  run: string;
  ranking: Ranking;
  select: number;
  criteria: { id: string; source: string; cost: boolean; weight: number }[];
  consistency_ratio: number | null;
  inconsistency: number | null;
  items: SelectedItem[];
  overtakings: { inside: string; outside: string; criterion: string; weight: number; change: number }[];
  experts: number;
  influence_gap: string;
  influence_gap_zh?: string;
  influences: { leaves: string[]; enters: string[] }[];
}

export interface ListOf extends Words {
  id: string;
  entries: (Words & { id: string; state: string; field: string; origin: { records?: string[]; topic?: string } })[];
}

export interface StudyOf {
  id: string;
  title: Words;
  round: number;
  questions: Question[];
  items: { origin: { entry?: string } }[];
}

export const root = (ws: string) => `/w/${ws}/selections`;
export const useSelections = (ws: string) => useApi<{ items: SelectionHead[] }>(root(ws));
export const useSelection = (ws: string, id: string) => useApi<SelectionResult>(id ? `${root(ws)}/${encodeURIComponent(id)}` : null);
export const useListHeads = (ws: string) => useApi<{ items: (Words & { id: string })[] }>(`/w/${ws}/longlists`);
export const useListOf = (ws: string, id: string) => useApi<ListOf>(id ? `/w/${ws}/longlists/${encodeURIComponent(id)}` : null);
export const useStudyOf = (ws: string, id: string) => useApi<StudyOf>(id ? `/w/${ws}/delphi/studies/${encodeURIComponent(id)}` : null);
export const useSelectionChange = (ws: string) => useSend(root(ws));
