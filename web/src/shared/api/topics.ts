import { useApi } from './client';
import type { Labelled } from '../labels';

export interface Growth {
  log_slope: number;
  low: number;
  high: number;
  count?: number;
  diversity?: number;
  change?: number;
}

export interface Topic extends Labelled {
  id: string;
  documents: number;
  terms: [string, number][];
  series: Record<string, number>;
  quality?: { npmi: number; exclusivity: number; weight: number };
  area?: Labelled & { id: string; documents?: number };
  domain?: Labelled & { id: string; documents?: number };
  growth: Growth;
  judged?: unknown;
}

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
