import { useApi } from '../../shared/api/client';
import type { DocumentPage } from '../../shared/api/records';
import type { TermSheet } from './model';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type TopicDetail = Schemas['TopicDetail'];
export type TopicSeries = Schemas['UnitSeries'];
export type ActorRow = Schemas['ActorCount'];
export type TopicActors = Schemas['UnitActors'];
export type Generation = Schemas['Generation'];
export type Neighbours = Schemas['TopicNeighbours'];

export const actorGroups = { country: 'countries', organisation: 'organisations', person: 'persons', funder: 'funders', venue: 'venues', source: 'sources' } as const;
export type ActorKind = keyof typeof actorGroups;

const path = (ws: string, id: string) => `/w/${ws}/topics/${encodeURIComponent(id)}`;

export const useTopic = (ws: string, id: string) => useApi<TopicDetail>(path(ws, id));
export const useTopicDocuments = (ws: string, id: string, cursor: string, year: string) => useApi<DocumentPage>(`${path(ws, id)}/documents`, { limit: 25, cursor, from: year, to: year });
export const useTopicTerms = (ws: string, id: string) => useApi<TermSheet>(`${path(ws, id)}/terms`, { limit: 60 });
export const useTopicSeries = (ws: string, id: string) => useApi<TopicSeries>(`${path(ws, id)}/series`);
export const useTopicActors = (ws: string, id: string) => useApi<TopicActors>(`${path(ws, id)}/actors`);
export const useTopicNeighbours = (ws: string, id: string) => useApi<Neighbours>(`${path(ws, id)}/neighbours`, { limit: 12 });
export const useTopicHistory = (ws: string, id: string) => useApi<{ items: Generation[] }>(`${path(ws, id)}/history`);
