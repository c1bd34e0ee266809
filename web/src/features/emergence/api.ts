import { useApi } from '../../shared/api/client';
import type { Labelled } from '../../shared/labels';
import type { Component } from '../../shared/why';

export type Unit = 'topic' | 'term';

export interface Ranked extends Labelled {
  id: string;
  score: number;
  rank: number;
  documents: number;
  forms?: string[];
  components: Component[];
  growth: { count: number; log_slope: number; low: number; high: number; diversity?: number; change?: number };
  spark?: number[];
  series?: Record<string, number>;
}

export interface Ranking {
  unit: Unit;
  until?: number;
  horizon?: number;
  model?: string;
  ranking?: Ranked[];
  items?: Ranked[];
  total?: number;
}

export const rankedOf = (ranking: Ranking): Ranked[] => ranking.items ?? ranking.ranking ?? [];

export const useRanking = (ws: string, unit: Unit, all: boolean) => useApi<Ranking>(`/w/${ws}/emerging`, { unit, all: all || undefined, limit: 500 });

export interface HindcastMethod {
  method: string;
  auprc: number;
  p20: number;
  p50: number;
  ndcg50: number;
  csi: number;
}
