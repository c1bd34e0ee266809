import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type Ranked = Schemas['Emerging'];
export type Ranking = Schemas['EmergingPage'];

export type Unit = 'topic' | 'term';

export const useRanking = (ws: string, unit: Unit, all: boolean) => useApi<Ranking>(`/w/${ws}/emerging`, { unit, all: all || undefined, limit: 500 });

