import { describe, expect, it } from 'vitest';
import { changeMapping, filled, jobsOf, newEntry, totalsOf, type Entry } from './import_model';

const toml = 'kind = "work"\ndelimiter = ","\n\n[columns]\n"题名" = "title"\n\'the "odd" one\' = "abstract"\n"作者" = { field = "persons", role = "author", separator = "; " }\n';

const preview = (mapping_toml: string): Entry['preview'] => ({ format: 'csv', encoding: 'UTF-8', confidence: 0.5, records: [], columns: [], mapping_toml, rejects: [], warnings: [], whole: true, read: 9, kept: 6, updated: 1, rejected: 0, duplicates: 2, files: [] });
const entry = (name: string, change: Partial<Entry> = {}): Entry => ({ ...newEntry(new File(['x'], name, { lastModified: 1 })), upload: name, preview: preview(toml), ...change });

describe('changeMapping', () => {
  it('says nothing when nobody changed anything, so that the file is read as recognised', () => {
    expect(changeMapping(toml, {})).toBe('');
  });
  it('changes the columns named and keeps the lines of the others with their roles', () => {
    expect(changeMapping(toml, { 题名: 'title_translated', 'the "odd" one': '' })).toBe('kind = "work"\ndelimiter = ","\n\n[columns]\n"作者" = { field = "persons", role = "author", separator = "; " }\n"题名" = "title_translated"\n');
  });
  it('puts the kind somebody chose in the place of the recognised one', () => {
    expect(changeMapping(toml, {}, 'project').split('\n').filter((line) => line.startsWith('kind'))).toEqual(['kind = "project"']);
  });
});

describe('jobsOf', () => {
  it('imports files that are read alike together, and a file with a mapping of its own apart', () => {
    const jobs = jobsOf([entry('a'), entry('b', { fields: { 题名: 'venue' } }), entry('c')]);
    expect(jobs.map((job) => job.uploads)).toEqual([['a', 'c'], ['b']]);
    expect(jobs[0]?.mapping).toBe('');
    expect(jobs[1]?.mapping).toContain('"题名" = "venue"');
  });
});

describe('totalsOf', () => {
  it('is the preview of a file that was read whole, or the count of a large one, never a guess', () => {
    expect(totalsOf(entry('a'))).toEqual({ read: 9, kept: 6, updated: 1, duplicates: 2, rejected: 0 });
    const large = { ...(preview(toml) as NonNullable<Entry['preview']>), whole: false };
    expect(totalsOf(entry('a', { preview: large }))).toBeNull();
    const one = { path: 'x', format: 'csv', encoding: '', read: 5, kept: 4, updated: 0, duplicates: 1, rejected: 0, fields: {}, failed: false, rejects: [], warnings: [] };
    expect(totalsOf(entry('a', { preview: large, counted: [one, one] }))?.read).toBe(10);
  });
});

it('filled counts what holds something', () => {
  const shares = Object.fromEntries(filled([{ kind: 'work', title: 'A', persons: [] }, { kind: 'work', title: 'B', abstract: 'x' }]).map((row) => [row.field, row.share]));
  expect([shares['title'], shares['abstract'], shares['persons']]).toEqual([1, 0.5, 0]);
});
