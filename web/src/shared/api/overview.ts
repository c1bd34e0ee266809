import { useApi } from './client';
import type { components } from './schema';

export type Overview = components['schemas']['Overview'];

export const useOverview = (ws: string) => useApi<Overview>(`/w/${ws}/overview`);
