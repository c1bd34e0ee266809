import { useSend } from '../../shared/api/change';
import { useApi } from '../../shared/api/client';
import type { Words } from '../../shared/delphi/model';

export interface Origin {
  kind: 'topic' | 'signal' | 'cluster' | 'import' | 'proposal' | 'merge';
  topic?: string;
  term?: string;
  run?: string;
  q?: number;
  file?: string;
  line?: number;
  label?: string;
  by?: string;
  authors?: string[];
  records?: string[];
  items?: string[];
  sources?: { entry: string; origin: Origin }[];
}

export interface LineageStep {
  action: string;
  zh: string;
  en: string;
  state: string;
  reason: string;
  by: string;
  at: string;
  entries: string[];
}

export interface Entry extends Words {
  id: string;
  list: string;
  field: string;
  state: 'candidate' | 'accepted' | 'rejected' | 'merged' | 'split';
  in_favour: number;
  against: number;
  origin: Origin;
  lineage: LineageStep[];
}

export interface ListHead extends Words {
  id: string;
  version: number;
}

export interface Longlist extends ListHead {
  entries: Entry[];
}

export interface Coverage {
  run: string;
  topics: { id: string; zh: string; en: string; covered: boolean; entry: string; cosine: number; own_cosine: number }[];
  entries: { id: string; topic: string; cosine: number }[];
  overlaps: { a: string; b: string; cosine: number }[];
}

export const root = (ws: string) => `/w/${ws}/longlists`;
export const listPath = (ws: string, id: string) => `${root(ws)}/${encodeURIComponent(id)}`;
export const useLists = (ws: string) => useApi<{ items: ListHead[] }>(root(ws));
export const useLonglist = (ws: string, id: string, version = 0) => useApi<Longlist>(listPath(ws, id), version > 0 ? { version } : {});
export const useCoverage = (ws: string, id: string, overlap: number) => useApi<Coverage>(`${listPath(ws, id)}/coverage`, { overlap });
export const useListChange = (ws: string) => useSend(root(ws), `/w/${ws}/delphi`);

export const isOpen = (entry: Entry): boolean => entry.state !== 'merged' && entry.state !== 'split';
