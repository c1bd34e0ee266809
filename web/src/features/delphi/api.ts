import { useSend } from '../../shared/api/change';
import { useApi } from '../../shared/api/client';
import type { Argument, DataCard, ItemResult, Protocol, Question, Words } from '../../shared/delphi/model';

export interface StudyHead {
  id: string;
  title: Words;
  purpose: Words;
  mode: 'rounds' | 'real_time';
  state: string;
  round: number;
  protocol_hash: string;
  created_at: string;
  created_by: string;
}

export interface Origin {
  topic?: string;
  documents?: string[];
  card?: DataCard;
}

export interface StudyItem {
  id: string;
  field: string;
  zh: string;
  en: string;
  state: string;
  origin: Origin;
}

export interface Funnel {
  round: number;
  items: number;
  invited: number;
  consented: number;
  started: number;
  finished: number;
  by: Record<string, { value: string; invited: number; finished: number | null }[]>;
}

export interface Study extends StudyHead {
  protocol: Protocol;
  protocol_versions: { version: number; text: string; hash: string; reason: string; at: string; by: string }[];
  questions: Question[];
  items: StudyItem[];
  rounds: { round: number; opened_at: string; closed_at: string }[];
  funnel: Funnel;
}

export interface Template {
  id: string;
  name: Words;
  questions: Question[];
  protocol: Protocol;
}

export interface ResultRow {
  item: string;
  field: string;
  zh: string;
  en: string;
  state: string;
  result: ItemResult;
}

export interface DissentRow extends ResultRow {
  arguments: Argument[];
}

export interface ModeratedArgument extends Argument {
  item: string;
  round: number;
  hidden: boolean;
  redacted: boolean;
}

export interface StudyEvent {
  seq: number;
  at: string;
  actor: string;
  kind: string;
  detail: Record<string, unknown>;
  hash: string;
}

export interface NewItem {
  field: string;
  zh: string;
  en: string;
  origin?: Origin;
}

export interface Invitee {
  name: string;
  email: string;
  organisation: string;
  attributes: Record<string, string>;
  /** Own items and conflicts of interest: never shown to this seat. */
  excluded_items: string[];
}

export interface Link {
  name: string;
  email: string;
  link: string;
}

export const root = (ws: string) => `/w/${ws}/delphi`;
export const studyPath = (ws: string, id: string) => `${root(ws)}/studies/${encodeURIComponent(id)}`;

export const useStudies = (ws: string) => useApi<{ items: StudyHead[] }>(`${root(ws)}/studies`);
export const useTemplates = (ws: string) => useApi<{ items: Template[] }>(`${root(ws)}/templates`);
export const useStudy = (ws: string, id: string) => useApi<Study>(studyPath(ws, id));
export const useResults = (ws: string, id: string, round: number) => useApi<{ live: boolean; withheld: number; pending: number; items: ResultRow[] }>(round > 0 ? `${studyPath(ws, id)}/results` : null, { round });
export const useDissent = (ws: string, id: string, round: number) => useApi<{ items: DissentRow[] }>(round > 0 ? `${studyPath(ws, id)}/dissent` : null, { round });
export const useArguments = (ws: string, id: string) => useApi<{ items: ModeratedArgument[] }>(`${studyPath(ws, id)}/arguments`);
export const useStudyEvents = (ws: string, id: string) => useApi<{ whole: boolean; broken_at: number | null; items: StudyEvent[] }>(`${studyPath(ws, id)}/events`);

/** Changes a study and reads anew what shows it. */
export const useChange = (ws: string) => useSend(root(ws));
