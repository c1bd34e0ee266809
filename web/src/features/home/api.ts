import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type Overview = Schemas['Overview'];
export type Emerging = Schemas['Leader'];

export const useOverview = (ws: string) => useApi<Overview>(`/w/${ws}/overview`);
