import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type Signal = Schemas['Signal'];
export type MappedTerm = Schemas['MappedTerm'];
export type WeakSignals = Schemas['WeakSignals'];
export type Burst = Schemas['Burst'];

export type Quadrant = 'weak' | 'strong' | 'latent' | 'well_known' | 'unsupported';

export const useWeakSignals = (ws: string) => useApi<WeakSignals>(`/w/${ws}/weak-signals`);
export const useBursts = (ws: string) => useApi<{ items: Burst[]; total: number }>(`/w/${ws}/bursts`, { limit: 200 });
