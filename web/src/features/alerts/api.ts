import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type Rule = Schemas['Watch'];
export type Alert = Schemas['Alert'];
export type Replay = Schemas['WatchReplay'];
export type RuleBody = Schemas['WatchRequest'];

export const indicators = ['growth', 'acceleration', 'documents', 'share', 'newness', 'vitality', 'burst', 'weak_signal', 'authors', 'organisations', 'countries', 'source_diversity', 'cohesion', 'impact'];

export const useDelivery = (ws: string) => useApi<Schemas['AlertDelivery']>(`/w/${ws}/alerts/delivery`);
export const useRules = (ws: string) => useApi<{ items: Rule[]; total: number }>(`/w/${ws}/watch`, { limit: 200 });
export const useAlerts = (ws: string, state: string) => useApi<{ items: Alert[]; total: number }>(`/w/${ws}/alerts`, { state, limit: 200 });
