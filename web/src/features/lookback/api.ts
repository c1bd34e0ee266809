import { useSend } from '../../shared/api/change';
import { useApi } from '../../shared/api/client';

export type Verdict = 'realised' | 'partly' | 'not' | 'undecidable';
export const verdicts: Verdict[] = ['realised', 'partly', 'not', 'undecidable'];

export interface TableRow {
  field: string;
  realised: number;
  partly: number;
  not: number;
  undecidable: number;
  total: number;
  share: number | null;
}

export interface Bin {
  low: number;
  high: number;
  count: number;
  stated: number;
  realized: number;
  interval_low: number;
  interval_high: number;
}

export interface Scores {
  member: string;
  kind: 'expert' | 'panel' | 'machine';
  forecasts: number;
  brier: number | null;
  log_score: number | null;
  skill: number | null;
  reliability: number | null;
  resolution: number | null;
  uncertainty: number | null;
  bins: Bin[];
}

export interface Outcome {
  thing: string;
  statement: string;
  field: string;
  verdict: Verdict;
  evidence: string;
  date: string;
}

export interface LookBack {
  table: TableRow[];
  all: TableRow;
  members: Scores[];
  kinds: Scores[];
  open: number;
  outcomes: Outcome[];
  things: { thing: string; forecasts: number }[];
}

export interface Pool {
  thing: string;
  linear: number;
  log_odds: number;
  without_machine: number | null;
  members: { member: string; kind: string; probability: number; made_at: string; weight: number; past: number; brier: number }[];
}

export const root = (ws: string) => `/w/${ws}/lookback`;
export const useLookBack = (ws: string) => useApi<LookBack>(root(ws));
export const usePool = (ws: string, thing: string) => useApi<Pool>(thing ? `${root(ws)}/pool` : null, { thing });
export const useLookBackChange = (ws: string) => useSend(root(ws));

/** An entry of a technology list, for which outcomes are wanted. */
export interface EntryWords {
  id: string;
  zh: string;
  en: string;
  field: string;
}
