import { useApi } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Growth = Schemas['Growth'];
export type Topic = Schemas['Topic'];

export const useTopics = (ws: string) => useApi<{ items: Topic[]; total: number }>(`/w/${ws}/topics`, { limit: 500 });

export const seriesRows = (series: Record<string, number> | { year: number; count: number }[] | undefined): { year: number; count: number }[] =>
  Array.isArray(series)
    ? series.map((row) => ({ year: row.year, count: row.count }))
    : Object.entries(series ?? {})
        .map(([year, count]) => ({ year: Number(year), count }))
        .sort((a, b) => a.year - b.year);

/** The years a word-sized line shows: from the first that has documents, at most the last twelve. */
export function sparkValues(series: Parameters<typeof seriesRows>[0], limit = 12): number[] {
  const rows = seriesRows(series);
  const first = rows.findIndex((row) => row.count > 0);
  return first < 0 ? [] : rows.slice(Math.max(first, rows.length - limit)).map((row) => row.count);
}
