import { useSend } from '../../shared/api/change';
import { useApi, type Query } from '../../shared/api/client';

export type Identity = 'none' | 'uncertain' | 'certain';

export interface Expert {
  id?: string;
  name: string;
  name_zh: string;
  name_en: string;
  pinyin: string;
  orcid: string;
  email?: string;
  organisation: string;
  sector: string;
  region: string;
  country: string;
  gender?: string;
  age_band?: string;
  seniority: string;
  title: string;
  away_until: string;
  fields: string[];
  languages: string[];
  projects: string[];
  patents: string[];
  panels: string[];
  persons: string[];
  apart: string[];
  identity: Identity;
  load: number;
  source: string;
  consent: string;
  consent_at: string;
}

export const facetNames = ['field', 'sector', 'region', 'country', 'language', 'seniority', 'organisation'] as const;
export type Facet = (typeof facetNames)[number];

export interface ExpertPage {
  total: number;
  items: Expert[];
  facets: Partial<Record<Facet, { value: string; count: number }[]>>;
}

interface Behind {
  records: string[];
}

export interface Profile {
  expert: Expert;
  works: { total: number; by_kind: Record<string, number>; by_year: { year: number; works: number }[]; records: { record: string; title: string; year: number; kind: string }[] };
  organisations: (Behind & { name: string; first_year: number; last_year: number })[];
  countries: { value: string; works: number }[];
  languages: { value: string; works: number }[];
  coauthors: (Behind & { id: string; name: string; works: number })[];
  topics: (Behind & { id: string; zh: string; en: string; share: number })[];
  orcids: string[];
  identity_candidates: { id: string; name: string; works: number }[];
  history: { at: string; by: string; kind: string; detail: Record<string, unknown> }[];
  ties: { id: string; with: string; name: string; reason: string }[];
  assigned: number;
}

export interface Conflict {
  kind: 'same_person' | 'coauthor' | 'organisation' | 'declared' | 'unresolved';
  with: string;
  organisation: string;
  reason: string;
  records: string[];
}

export interface Recommendation {
  id: string;
  in_library: boolean;
  expert: Expert;
  score: number;
  works_found: number;
  works: { record: string; title: string; year: number; part: number; sentence: string }[];
  assigned: number;
  load: number;
  away: boolean;
  eligible: boolean;
  conflicts: Conflict[];
}

export interface Panel {
  feasible: boolean;
  proved_best: boolean;
  score: number;
  candidates: number;
  left_out: number;
  members: Recommendation[];
  contradiction: { attribute: string; value: string; least: number; greatest: number }[];
}

export interface Assignment {
  feasible: boolean;
  sum: number;
  worst_item: number;
  items: { item: string; experts: { id: string; similarity: number }[] }[];
  certificate: { needed: number; available: number; items: string[]; experts: string[] } | null;
}

export interface Conflicts {
  now: number;
  window_years: number;
  items: { id: string; free: boolean; conflicts: Conflict[] }[];
}

/** What is to be judged, by what it says and who is behind it. */
export interface Thing {
  text?: string;
  record?: string;
  entry?: string;
  authors?: string[];
  organisations?: string[];
}

export const base = (ws: string) => `/w/${ws}/experts`;
export const expertPath = (ws: string, id: string) => `${base(ws)}/${encodeURIComponent(id)}`;
export const useExperts = (ws: string, query: Query) => useApi<ExpertPage>(base(ws), query);
export const useProfile = (ws: string, id: string) => useApi<Profile>(expertPath(ws, id));

export const useExpertChange = (ws: string) => useSend(base(ws));
