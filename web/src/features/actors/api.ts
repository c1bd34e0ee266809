import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
type Standing = Schemas['Standing'];
/** Over all topics: in how many a country leads. Of one topic: how strong it is there. The contract holds both in one shape. */
export type CountryRow = Standing & Required<Pick<Standing, 'lead' | 'par' | 'follow' | 'advantages'>>;
type TopicStanding = Standing & Required<Pick<Standing, 'documents' | 'share' | 'share_low' | 'share_high' | 'rta' | 'rta_low' | 'rta_high' | 'standing'>>;
type Standings<Row> = Omit<Schemas['StandingPage'], 'items'> & { items: Row[] };
export type ActorRow = Schemas['ActorRow'] & Required<Pick<Schemas['ActorRow'], 'id' | 'documents'>>;
export type ActorKind = 'organisations' | 'persons';

export const useCountries = (ws: string) => useApi<Standings<CountryRow>>(`/w/${ws}/countries`, { limit: 60 });
export const useStandings = (ws: string, unit: string) => useApi<Standings<TopicStanding>>(unit ? `/w/${ws}/countries` : null, { unit, limit: 40 });
export const useActors = (ws: string, kind: ActorKind, q: string, page: number, perPage: number) => useApi<Omit<Schemas['ActorPage'], 'items'> & { items: ActorRow[] }>(`/w/${ws}/${kind}`, { q, limit: perPage, cursor: page > 1 ? (page - 1) * perPage : undefined }, { steady: true });
export const useActor = (ws: string, kind: ActorKind, id: string) => useApi<Schemas['ActorDetail']>(id ? `/w/${ws}/${kind}/${encodeURIComponent(id)}` : null);
