import { useApi, type Query } from './client';

export interface DocumentRow {
  id: string;
  title: string;
  year?: number;
  url?: string;
  kind?: string;
  venue?: string;
  language?: string;
  snippet?: string;
  score?: number;
  weight?: number;
  why?: { term: string; contribution: number }[];
  terms?: { term: string; contribution: number }[];
  persons?: string[];
}

export interface DocumentPage {
  items?: DocumentRow[];
  documents?: DocumentRow[];
  total?: number;
  document_count?: number;
  next_cursor?: string | null;
  title?: string;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total: number;
}

export const documentsOf = (page: DocumentPage): DocumentRow[] => page.items ?? page.documents ?? [];
export const totalOf = (page: DocumentPage): number => page.total ?? page.document_count ?? documentsOf(page).length;

/** Where the documents behind a result are asked for: "topic-12", "term-…", either with a year behind a dot, or conditions as in "country=CN&topic=topic-12&from=2020&to=2020". */
export function documentsPath(docs: string): { path: string; query: Query } {
  const unit = /^(topic|term)(-[^.]+)(?:\.(\d{4}))?$/.exec(docs);
  if (unit) return { path: `/${unit[1]}s/${encodeURIComponent(`${unit[1]}${unit[2]}`)}/documents`, query: { from: unit[3], to: unit[3], limit: 200 } };
  const query: Query = { limit: 200 };
  for (const part of docs.split('&')) {
    const at = part.indexOf('=');
    if (at > 0) query[part.slice(0, at)] = part.slice(at + 1);
  }
  return { path: '/records', query };
}

/** What a number counts when it counts records known by name; see namedRecords. */
export const recordsNamed = (ids: string[]): string => `ids=${ids.join(',')}`;
export const namedRecords = (docs: string): string[] => (docs.startsWith('ids=') ? docs.slice(4).split(',').filter(Boolean) : []);

export interface RecordPerson {
  name: string;
  orcid?: string;
  organisations?: number[];
}

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
