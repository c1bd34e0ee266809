import { useApi } from '../../shared/api/client';
import type { DocumentPage } from '../../shared/api/records';
import type { Topic } from '../../shared/api/topics';
import type { Labelled } from '../../shared/labels';
import type { Component } from '../../shared/why';
import type { TermSheet } from './model';

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

export interface Emergence {
  score: number;
  rank: number;
  rising: boolean;
  components: Component[];
  model?: string;
}

export interface TopicDetail extends Topic {
  emergence?: Emergence;
  newest_year?: number;
}

export interface TopicSeries {
  years: { year: number; documents: number; corpus: number; share: number | null; complete: boolean }[];
  forecast?: Forecast;
  s_curve?: SCurve;
  backtest?: { level: number; coverage: number; tested: number; horizon: number };
}

export interface ActorRow {
  name: string;
  documents: number;
  recent: number;
  share: number;
  overall: number;
}

export interface ActorGroup {
  total: number;
  items: ActorRow[];
}

export type ActorKind = 'country' | 'organisation' | 'person' | 'funder' | 'venue' | 'source' | 'language' | 'kind';
export type TopicActors = Partial<Record<ActorKind, ActorGroup>> & { documents: number; recent_from: number; recent_to: number };

export interface Generation {
  generation: number;
  created: string;
  records: number;
  started_from_last_model?: boolean;
  topics: (Labelled & { id: string; documents: number })[];
  events: { event: string; from: string[]; to: string[]; overlap: number; documents_shared: number }[];
}

export interface Neighbours {
  nodes: (Labelled & { id: string; documents: number; log_slope?: number })[];
  links: { source: string; target: string; cosine: number; shared_documents: number }[];
}

const path = (ws: string, id: string) => `/w/${ws}/topics/${encodeURIComponent(id)}`;

export const useTopic = (ws: string, id: string) => useApi<TopicDetail>(path(ws, id));
export const useTopicDocuments = (ws: string, id: string, cursor: string, year: string) => useApi<DocumentPage>(`${path(ws, id)}/documents`, { limit: 25, cursor, from: year, to: year });
export const useTopicTerms = (ws: string, id: string) => useApi<TermSheet>(`${path(ws, id)}/terms`, { limit: 60 });
export const useTopicSeries = (ws: string, id: string) => useApi<TopicSeries>(`${path(ws, id)}/series`);
export const useTopicActors = (ws: string, id: string) => useApi<TopicActors>(`${path(ws, id)}/actors`);
export const useTopicNeighbours = (ws: string, id: string) => useApi<Neighbours>(`${path(ws, id)}/neighbours`, { limit: 12 });
export const useTopicHistory = (ws: string, id: string) => useApi<{ items: Generation[] }>(`${path(ws, id)}/history`);
