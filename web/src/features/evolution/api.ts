import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type EvolutionNode = Schemas['EvolutionNode'];
export type Evolution = Schemas['Evolution'];

export const useEvolution = (ws: string) => useApi<Evolution>(`/w/${ws}/evolution`);
