import type { RecordFields } from '../../shared/api/records';
import type { FileResult, ImportPreview } from './api';

/** A file on its way in. `fields` and `kind` are what somebody changed of the mapping, `format` what it shall be read as. */
export interface Entry {
  key: string;
  file: File;
  progress: number;
  upload: string;
  preview: ImportPreview | null;
  checking: boolean;
  error: string;
  format: string;
  kind: string;
  fields: Record<string, string>;
  counted: FileResult[] | null;
}

export const newEntry = (file: File): Entry => ({ key: `${file.name}|${file.size}|${file.lastModified}`, file, progress: 0, upload: '', preview: null, checking: false, error: '', format: '', kind: '', fields: {}, counted: null });

/** What a column can be taken for; '' leaves it in the raw record. */
export const fieldNames = [
  'title', 'title_translated', 'abstract', 'abstract_translated', 'full_text', 'year', 'date', 'end_date', 'persons', 'organisations', 'countries', 'keywords', 'classifications', 'references', 'funders', 'awards', 'funding', 'amount', 'venue',
  'volume', 'issue', 'pages', 'publisher', 'identifier', 'id', 'url', 'citations', 'language', 'type', 'kind',
];
export const kindNames = ['work', 'patent', 'project', 'event', 'post', 'policy'];

const quotedKey = /^\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*=/;

function keyOf(line: string): string | null {
  const text = quotedKey.exec(line)?.[1];
  if (text === undefined) return null;
  if (text.startsWith("'")) return text.slice(1, -1);
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}

/** A mapping file with some columns taken for something else. Lines nobody touched stay as they are, with their roles and separators. */
export function changeMapping(toml: string, fields: Record<string, string>, kind = ''): string {
  if (Object.keys(fields).length === 0 && kind === '') return '';
  const at = toml.indexOf('[columns]');
  const head = (at < 0 ? toml : toml.slice(0, at)).split('\n').filter((line) => line.trim() !== '' && !(kind !== '' && keyOf(line) === 'kind'));
  const columns = at < 0 ? [] : toml.slice(at + '[columns]'.length).split('\n').filter((line) => line.trim() !== '');
  const kept = columns.filter((line) => !((keyOf(line) ?? '') in fields));
  const changed = Object.entries(fields).filter(([, field]) => field !== '').map(([column, field]) => `${JSON.stringify(column)} = ${JSON.stringify(field)}`);
  return [...(kind ? [`kind = ${JSON.stringify(kind)}`] : []), ...head, '', '[columns]', ...kept, ...changed, ''].join('\n');
}

export const mappingOf = (entry: Entry): string => changeMapping(entry.preview?.mapping_toml ?? '', entry.fields, entry.kind);

/** A mapping belongs to one file's columns: files read in the same way go into one job, each other way into its own. */
export function jobsOf(entries: Entry[]): { uploads: string[]; format: string; mapping: string }[] {
  const jobs: { uploads: string[]; format: string; mapping: string }[] = [];
  for (const entry of entries) {
    const mapping = mappingOf(entry);
    const same = jobs.find((job) => job.format === entry.format && job.mapping === mapping);
    if (same) same.uploads.push(entry.upload);
    else jobs.push({ uploads: [entry.upload], format: entry.format, mapping });
  }
  return jobs;
}

export interface Totals {
  read: number;
  kept: number;
  updated: number;
  duplicates: number;
  rejected: number;
}

/** How many records a file would give; null while nobody has read it to its end. */
export function totalsOf(entry: Entry): Totals | null {
  if (entry.counted) return sum(entry.counted);
  const p = entry.preview;
  return p?.whole ? { read: p.read ?? 0, kept: p.kept ?? 0, updated: p.updated ?? 0, duplicates: p.duplicates ?? 0, rejected: p.rejected ?? 0 } : null;
}

export const sum = (rows: Totals[]): Totals =>
  rows.reduce((all, row) => ({ read: all.read + row.read, kept: all.kept + row.kept, updated: all.updated + row.updated, duplicates: all.duplicates + row.duplicates, rejected: all.rejected + row.rejected }), { read: 0, kept: 0, updated: 0, duplicates: 0, rejected: 0 });

const filledFields: (keyof RecordFields)[] = ['title', 'abstract', 'date', 'persons', 'organisations', 'keywords', 'venue', 'identifiers', 'funding', 'language', 'url'];

/** Share of the sample in which each field holds something. */
export function filled(records: RecordFields[]): { field: string; share: number }[] {
  if (records.length === 0) return [];
  const holds = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '' && value !== null);
  return filledFields.map((field) => ({ field, share: records.filter((record) => holds(record[field])).length / records.length }));
}
