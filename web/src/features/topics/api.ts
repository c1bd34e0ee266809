import { useApi } from '../../shared/api/client';
import type { DocumentPage } from '../../shared/api/records';
import type { Topic } from '../../shared/api/topics';
import type { Labelled } from '../../shared/labels';
import type { TopicTerm } from './model';

export interface Forecast {
  level: number;
  coverage: number;
  tested: number;
  years: { year: number; share: number; low: number; high: number; documents: number }[];
}

export interface SCurve {
  fitted: boolean;
  kind?: string;
  ceiling_known?: boolean;
  inflection_year?: number;
}

export interface TopicDetail extends Topic {
  outlook?: { forecast?: Forecast; s_curve?: SCurve };
  forecast?: Forecast;
  s_curve?: SCurve;
  emergence?: { score: number; rank: number; of?: number };
  machine_label?: Labelled['label'];
  previous?: { id: string; event?: string }[];
}

export interface ActorRow {
  id?: string;
  name: string;
  documents: number;
  documents_fractional?: number;
  share?: number;
  share_low?: number;
  share_high?: number;
  rta?: number;
  rta_low?: number;
  rta_high?: number;
  standing?: string;
}

export interface Generation {
  generation: number;
  created: string;
  records: number;
  started_from_last_model?: boolean;
  topics: (Labelled & { id: string; documents: number })[];
  events: { event: string; from: string[]; to: string[]; overlap: number; documents_shared: number }[];
}

export interface Neighbour extends Labelled {
  id: string;
  documents?: number;
  similarity?: number;
  shared_documents?: number;
  relation?: string;
}

const path = (ws: string, id: string) => `/w/${ws}/topics/${encodeURIComponent(id)}`;

export const useTopic = (ws: string, id: string) => useApi<TopicDetail>(path(ws, id));
export const useTopicDocuments = (ws: string, id: string, cursor: string, year: string) => useApi<DocumentPage>(`${path(ws, id)}/documents`, { limit: 25, cursor, year });
export const useTopicTerms = (ws: string, id: string) => useApi<{ items?: TopicTerm[]; terms?: TopicTerm[] }>(`${path(ws, id)}/terms`, { limit: 60 });
export const useTopicActors = (ws: string, id: string) => useApi<{ countries?: ActorRow[]; organisations?: ActorRow[]; persons?: ActorRow[] }>(`${path(ws, id)}/actors`);
export const useTopicNeighbours = (ws: string, id: string) => useApi<{ items?: Neighbour[]; neighbours?: Neighbour[] }>(`${path(ws, id)}/neighbours`);
export const useTopicHistory = (ws: string, id: string) => useApi<Generation[] | { items: Generation[] }>(`${path(ws, id)}/history`);
