import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type Lag = Schemas['Lag'];
export type LagPair = Schemas['LagPair'];
export type LagUnit = Schemas['LagUnit'];
export type LagQuantiles = Schemas['LagQuantiles'];

export const useLag = (ws: string, unit: string) => useApi<Lag>(`/w/${ws}/lag`, { unit, limit: 60 }, { steady: true });
