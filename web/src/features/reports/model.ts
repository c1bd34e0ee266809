/** What somebody filled in to have a report made. */
export interface Wish {
  template: string;
  title?: string;
  language: 'zh' | 'en';
  formats: string[];
  top?: number | null;
  from?: number | null;
  to?: number | null;
  kinds?: string[];
  languages?: string[];
  query?: string;
  units?: string[];
  issue?: boolean;
  series?: string;
}

/** The parameters of the job: what was left empty is left out, so that the template and the workspace decide it. */
export function parametersOf(wish: Wish): Record<string, unknown> {
  const period = { ...(wish.from ? { from: wish.from } : {}), ...(wish.to ? { to: wish.to } : {}) };
  const filters = {
    ...(wish.kinds?.length ? { kinds: wish.kinds } : {}),
    ...(wish.languages?.length ? { languages: wish.languages } : {}),
    ...(wish.query?.trim() ? { query: wish.query.trim() } : {}),
    ...(wish.units?.length ? { units: wish.units } : {}),
  };
  return {
    template: wish.template,
    language: wish.language,
    formats: wish.formats,
    ...(wish.title?.trim() ? { title: wish.title.trim() } : {}),
    ...(wish.top ? { top: wish.top } : {}),
    ...(Object.keys(period).length > 0 ? { period } : {}),
    ...(Object.keys(filters).length > 0 ? { filters } : {}),
    ...(wish.issue ? { issue: true, ...(wish.series?.trim() ? { series: wish.series.trim() } : {}) } : {}),
  };
}

/** A period or a filter of records asks for a study of its own, which takes as long as a run. */
export const needsOwnStudy = (wish: Partial<Wish>): boolean => Boolean(wish.from ?? wish.to ?? wish.query?.trim()) || (wish.kinds?.length ?? 0) + (wish.languages?.length ?? 0) > 0;

/** The form of a schedule; `first` is what the date picker holds. */
export interface PlanValues {
  name: string;
  every: string;
  count: number;
  first?: { toISOString: () => string } | null;
  collect?: string;
  query?: string;
  max_records?: number | null;
  tasks: string[];
  reports: string[];
  formats: string[];
  language: 'zh' | 'en';
}

/** The plan as the server takes it: dates in UTC to the second, no collection where no source is named. */
export const planOf = (values: PlanValues): Record<string, unknown> => ({
  name: values.name.trim(),
  every: values.every,
  count: values.count,
  ...(values.first ? { first: values.first.toISOString().replace(/\.\d+Z$/, 'Z') } : {}),
  ...(values.collect ? { collect: values.collect, query: values.query?.trim() ?? '', max_records: values.max_records ?? 0 } : {}),
  run: values.tasks.includes('run'),
  check: values.tasks.includes('check'),
  deliver: values.tasks.includes('deliver'),
  reports: values.reports,
  formats: values.formats,
  language: values.language,
});
