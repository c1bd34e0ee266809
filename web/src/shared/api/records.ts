import { useApi, type Query } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
type Document = Schemas['Document'];

/** A document in a list: of a unit (with what ties it), of a search (with where the words stand), of a set. */
export type DocumentRow = Pick<Document, 'id' | 'title'> & Partial<Omit<Document, 'id' | 'title'>> & Partial<Pick<Schemas['SearchHit'], 'score' | 'terms' | 'snippet'>>;
export type DocumentPage = Schemas['DocumentPage'];

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total: number;
}

/** Where the documents behind a result are asked for: "topic-12", "term-…", either with a year behind a dot, "set:ID", or conditions as in "country=CN&topic=topic-12&from=2020&to=2020". */
export function documentsPath(docs: string): { path: string; query: Query } {
  if (docs.startsWith('set:')) return { path: `/sets/${encodeURIComponent(docs.slice(4))}`, query: { limit: 200 } };
  const unit = unitOf(docs);
  if (unit) return { path: `/${unit.kind}s/${encodeURIComponent(unit.id)}/documents`, query: { from: unit.year, to: unit.year, limit: 200 } };
  return { path: '/records', query: { ...conditionsOf(docs), limit: 200 } };
}

/** The same as the filter of a set that is asked anew each time; '' where records are named one by one, or a set is shown. */
export function documentsFilter(docs: string): string {
  if (docs.startsWith('set:') || namedRecords(docs).length > 0) return '';
  const unit = unitOf(docs);
  return new URLSearchParams(unit ? { [unit.kind]: unit.id, ...(unit.year ? { from: unit.year, to: unit.year } : {}) } : conditionsOf(docs)).toString();
}

function unitOf(docs: string): { kind: string; id: string; year: string | undefined } | null {
  const found = /^((topic|term)-[^.]+)(?:\.(\d{4}))?$/.exec(docs);
  return found ? { kind: found[2] ?? '', id: found[1] ?? '', year: found[3] } : null;
}

function conditionsOf(docs: string): Record<string, string> {
  const conditions: Record<string, string> = {};
  for (const part of docs.split('&')) {
    const at = part.indexOf('=');
    if (at > 0) conditions[part.slice(0, at)] = part.slice(at + 1);
  }
  return conditions;
}

/** What a number counts when it counts records known by name; see namedRecords. */
export const recordsNamed = (ids: string[]): string => `ids=${ids.join(',')}`;
export const namedRecords = (docs: string): string[] => (docs.startsWith('ids=') ? docs.slice(4).split(',').filter(Boolean) : []);

export interface RecordPerson {
  name: string;
  orcid?: string;
  organisations?: number[];
}

/** What a record says; the contract leaves it open because every source fills other fields. */
export interface RecordFields {
  kind: string;
  type?: string;
  title?: string;
  title_translated?: string;
  abstract?: string;
  abstract_translated?: string;
  language?: string;
  date?: string;
  persons?: RecordPerson[];
  organisations?: { name: string; country?: string; ror?: string }[];
  keywords?: string[];
  identifiers?: { scheme: string; value: string }[];
  funding?: { funder?: string; award?: string }[];
  venue?: string;
  publisher?: string;
  url?: string;
  citation_count?: number;
  source?: string;
}

export interface ShownRecord {
  id: string;
  record: RecordFields;
  sources?: (RecordFields & { id?: string })[];
  versions?: { id: string; live: boolean; file: string; line?: number }[];
  fields?: { field: string; from: string; rule: string }[];
  topics?: { id: string; label_zh?: string; label_en?: string; weight?: number }[];
}

export const useRecord = (ws: string, id: string | null) => useApi<ShownRecord>(id ? `/w/${ws}/records/${encodeURIComponent(id)}` : null);

export function rowOf(shown: ShownRecord): DocumentRow {
  const { record } = shown;
  const year = Number(record.date?.slice(0, 4));
  return { id: shown.id, title: record.title ?? '', kind: record.kind, ...(year > 0 ? { year } : {}), ...(record.venue ? { venue: record.venue } : {}), ...(record.url ? { url: record.url } : {}) };
}
