interface YearRow {
  year: number;
  count: number;
  by_source?: Record<string, number>;
}

/** Counts a year by the largest sources; the rest is one group. Without sources there is one group. */
export function bySource(years: YearRow[], other: string, limit = 6): { name: string; values: number[] }[] {
  const totals = new Map<string, number>();
  for (const year of years) for (const [source, n] of Object.entries(year.by_source ?? {})) totals.set(source, (totals.get(source) ?? 0) + n);
  if (totals.size === 0) return [{ name: other, values: years.map((y) => y.count) }];
  const names = [...totals].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const kept = names.slice(0, names.length > limit ? limit - 1 : limit);
  const groups = kept.map((name) => ({ name, values: years.map((y) => y.by_source?.[name] ?? 0) }));
  if (names.length > kept.length) groups.push({ name: other, values: years.map((y) => names.slice(kept.length).reduce((sum, name) => sum + (y.by_source?.[name] ?? 0), 0)) });
  return groups;
}
