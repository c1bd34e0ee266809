import { get } from '../../shared/api/client';
import type { DocumentPage } from '../../shared/api/records';
import { seriesRows, type Topic } from '../../shared/api/topics';
import type { DataCard, Protocol, Question, Words } from '../../shared/delphi/model';
import { labelOf } from '../../shared/labels';
import type { NewItem, Template } from './api';

/** A study on its way: kept in this browser until it is made. */
export interface Draft {
  step: number;
  title: Words;
  purpose: Words;
  horizon: number;
  mode: 'rounds' | 'real_time';
  template: string;
  questions: Question[];
  protocol: Protocol | null;
  items: NewItem[];
}

const name = (ws: string) => `jianwei.delphi.draft.${ws}`;
const empty = (): Draft => ({ step: 0, title: { zh: '', en: '' }, purpose: { zh: '', en: '' }, horizon: new Date().getFullYear() + 15, mode: 'rounds', template: '', questions: [], protocol: null, items: [] });

export function readDraft(ws: string): Draft {
  try {
    return { ...empty(), ...(JSON.parse(localStorage.getItem(name(ws)) ?? '{}') as Partial<Draft>) };
  } catch {
    return empty();
  }
}

export const keepDraft = (ws: string, draft: Draft): void => localStorage.setItem(name(ws), JSON.stringify(draft));
export const dropDraft = (ws: string): void => localStorage.removeItem(name(ws));

/** The questionnaire of a template, with years up to the horizon (and some beyond, so that nobody is cut off by it). */
export function withTemplate(draft: Draft, form: Template): Draft {
  return { ...draft, template: form.id, questions: toHorizon(form.questions, draft.horizon), protocol: draft.protocol ?? form.protocol };
}

export const toHorizon = (questions: Question[], horizon: number): Question[] => questions.map((question) => (question.type === 'year' ? { ...question, last_year: Math.max(horizon + 15, question.first_year + 1) } : question));

interface Series {
  years: { year: number; documents: number; complete: boolean }[];
  forecast?: { level: number; years: { year: number; share: number; low: number; high: number; documents: number }[] };
}

/** The evidence of a topic, as it is now: frozen into the item, so that everybody judges by the same. */
export async function itemOfTopic(ws: string, topic: Topic): Promise<NewItem> {
  const path = `/w/${ws}/topics/${encodeURIComponent(topic.id)}`;
  const [series, page] = await Promise.all([get<Series>(`${path}/series`).catch((): Series => ({ years: seriesRows(topic.series).map((row) => ({ year: row.year, documents: row.count, complete: true })) })), get<DocumentPage>(`${path}/documents`, { limit: 5 }).catch((): Pick<DocumentPage, 'items'> => ({ items: [] }))]);
  const documents = page.items.slice(0, 5);
  const words = { zh: labelOf(topic, 'zh'), en: labelOf(topic, 'en') };
  const card: DataCard = {
    topic: topic.id,
    label: words,
    taken: new Date().toISOString().slice(0, 10),
    series: series.years.filter((row) => row.complete).map((row) => [row.year, row.documents]),
    documents: documents.map((row) => ({ id: row.id, title: row.title, year: row.year ?? null, source: row.venue ?? '' })),
  };
  if (series.forecast && series.forecast.years.length > 0) {
    const at = (bound: number, row: { share: number; documents: number }) => (row.share > 0 ? (bound / row.share) * row.documents : 0);
    card.forecast = { level: series.forecast.level, years: series.forecast.years.map((row) => ({ year: row.year, value: row.documents, low: at(row.low, row), high: at(row.high, row) })) };
  }
  return { field: labelOf(topic.area) || labelOf(topic.domain), ...words, origin: { topic: topic.id, documents: documents.map((row) => row.id), card } };
}
