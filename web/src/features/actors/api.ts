import { useApi } from '../../shared/api/client';

export interface CountryRow {
  name: string;
  documents_fractional: number;
  documents?: number;
  lead: number;
  par: number;
  follow: number;
  advantages: { id: string; label: string; rta_low: number }[];
}

export interface Standing {
  name: string;
  documents_fractional: number;
  documents: number;
  share: number;
  share_low: number;
  share_high: number;
  rta: number;
  rta_low: number;
  rta_high: number;
  ratio_to_strongest: number | null;
  standing: 'lead' | 'par' | 'follow' | 'few';
}

export interface Standings<Row> {
  items: Row[];
  total: number;
  first_year: number;
  last_year: number;
  margin: number;
}

export interface ActorRow {
  id: string;
  name: string;
  documents: number;
  first_year: number;
  last_year: number;
  organisations: { name: string; documents: number }[];
  persons: { name: string; documents: number }[];
}

export interface ActorPage extends Omit<ActorRow, 'organisations' | 'persons'> {
  years?: { year: number; documents: number }[];
  topics?: { id: string; label: string; documents: number; share: number; overall: number }[];
  terms?: { id: string; label: string; documents: number; share: number; overall: number }[];
  partners?: Record<string, { total: number; items: { name: string; documents: number }[] }>;
}

export type ActorKind = 'organisations' | 'persons';

export const useCountries = (ws: string) => useApi<Standings<CountryRow>>(`/w/${ws}/countries`, { limit: 60 });
export const useStandings = (ws: string, unit: string) => useApi<Standings<Standing>>(unit ? `/w/${ws}/countries` : null, { unit, limit: 40 });
export const useActors = (ws: string, kind: ActorKind, q: string, page: number, perPage: number) => useApi<{ items: ActorRow[]; total: number }>(`/w/${ws}/${kind}`, { q, limit: perPage, cursor: page > 1 ? (page - 1) * perPage : undefined });
export const useActor = (ws: string, kind: ActorKind, id: string) => useApi<ActorPage>(id ? `/w/${ws}/${kind}/${encodeURIComponent(id)}` : null);
