import { useApi } from '../../shared/api/client';
import type { Labelled } from '../../shared/labels';

export interface EvolutionNode extends Labelled {
  period: number;
  id: string;
  documents: number;
  line: number;
  event: string;
  isolated: boolean;
}

export interface Evolution {
  periods: { first: number; last: number; documents: number }[];
  nodes: EvolutionNode[];
  flows: { period: number; from: string; to: string; similarity: number; documents: number }[];
}

export const useEvolution = (ws: string) => useApi<Evolution>(`/w/${ws}/evolution`);
