import { useQueries } from '@tanstack/react-query';
import { get, isAbsent, useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { seriesRows, useTopics } from '../../shared/api/topics';
import { figure, inLanguage, type Figure, type Question, type Words } from '../../shared/delphi/model';
import { useWorkspace } from '../../shared/workspace';
import { percentiles, type Position } from './model';

type Ranked = components['schemas']['Emerging'];

interface Entry extends Words {
  id: string;
  field: string;
  state: string;
  in_favour: number;
  against: number;
  origin: { topic?: string; term?: string; records?: string[] };
  lineage: { action: string; reason: string; by: string; at: string }[];
}

interface Selection {
  items: { id: string; rank: number; selected: boolean; data_position: number | null; expert_position: number | null }[];
}

interface Study {
  id: string;
  title: Words;
  round: number;
  questions: Question[];
  items: { id: string; origin: { entry?: string } }[];
}

interface Results {
  items: { item: string; state: string; result: { questions: Record<string, { median?: Figure; lower_quartile?: Figure; upper_quartile?: Figure }> } }[];
}

export interface RadarItem extends Position {
  unit: string;
  records: string[];
  documents: number | null;
  growth: number | null;
  in_favour: number;
  against: number;
  lineage: Entry['lineage'];
  seen: number | null;
  lower: number | null;
  median: number | null;
  upper: number | null;
  rounds: { study: string; title: string; round: number; state: string; lower: number | null; median: number | null; upper: number | null }[];
  selections: { id: string; title: string; rank: number; of: number; selected: boolean }[];
}

const enough = 5;

/** What radar and roadmap show: entries of the list; the data's view (place in the emergence ranking, or a selection's criterion), the experts' view (votes, or a selection's criterion), years of linked Delphi studies. */
export function useRadar(wanted: string, selectionId: string) {
  const ws = useWorkspace();
  const lists = useApi<{ items: (Words & { id: string })[] }>(ws.api('/longlists'));
  const list = wanted || lists.data?.items.at(-1)?.id || '';
  const longlist = useApi<{ entries: Entry[] }>(list ? ws.api(`/longlists/${list}`) : null);
  const topics = useTopics(ws.id);
  const topicRanks = useApi<{ items: Ranked[] }>(ws.api('/emerging'), { unit: 'topic', all: true, limit: 500 });
  const termRanks = useApi<{ items: Ranked[] }>(ws.api('/emerging'), { unit: 'term', all: true, limit: 500 });
  const heads = useApi<{ items: { id: string; title: string; list: string; entries: number }[] }>(ws.api('/selections'));
  const studies = useApi<{ items: { id: string; round: number }[] }>(ws.api('/delphi/studies'));
  const kept = (heads.data?.items ?? []).filter((one) => one.list === list);
  const selections = useQueries({ queries: kept.map((one) => { const path = ws.api(`/selections/${one.id}`); return { queryKey: [path, 'radar'], queryFn: () => get<Selection>(path) }; }) });
  const asked = (studies.data?.items ?? []).filter((one) => one.round > 0);
  const details = useQueries({ queries: asked.map((one) => { const path = ws.api(`/delphi/studies/${one.id}`); return { queryKey: [path, 'radar'], queryFn: () => get<Study>(path) }; }) });
  const rounds = asked.flatMap((one) => Array.from({ length: one.round }, (_, i) => ({ study: one.id, round: i + 1 })));
  const results = useQueries({ queries: rounds.map((one) => { const path = ws.api(`/delphi/studies/${one.study}/results`); return { queryKey: [path, one.round, 'radar'], retry: false, queryFn: () => get<Results>(path, { round: one.round }).catch((error: unknown): Results => { if (isAbsent(error)) return { items: [] }; throw error; }) }; }) });

  const entries = (longlist.data?.entries ?? []).filter((entry) => entry.state === 'accepted' || entry.state === 'candidate');
  const unitOf = (entry: Entry) => entry.origin.topic || entry.origin.term || '';
  const ranked = new Map([...(topicRanks.data?.items ?? []), ...(termRanks.data?.items ?? [])].map((one) => [one.id, one]));
  const known = new Map(entries.flatMap((entry) => { const one = ranked.get(unitOf(entry)); return one ? [[entry.id, one.score] as const] : []; }));
  const data = percentiles(known);
  const chosen = selections[kept.findIndex((one) => one.id === selectionId)]?.data;
  const items: RadarItem[] = entries.map((entry) => {
    const unit = unitOf(entry);
    const one = ranked.get(unit);
    const votes = entry.in_favour + entry.against;
    const placed = chosen?.items.find((item) => item.id === entry.id);
    const told = details.flatMap((study) => {
      const item = study.data?.items.find((row) => row.origin.entry === entry.id);
      const year = study.data?.questions.find((question) => question.type === 'year')?.id;
      if (!study.data || !item) return [];
      return rounds.flatMap((round, i) => {
        const row = round.study === study.data.id ? results[i]?.data?.items.find((result) => result.item === item.id) : undefined;
        const answer = row && year ? row.result.questions[year] : undefined;
        return row ? [{ study: round.study, title: inLanguage(study.data.title), round: round.round, state: row.state, lower: figure(answer?.lower_quartile), median: figure(answer?.median), upper: figure(answer?.upper_quartile) }] : [];
      });
    });
    const last = told.filter((round) => round.median !== null).at(-1);
    const topic = topics.data?.items.find((candidate) => candidate.id === unit);
    return {
      id: entry.id,
      name: inLanguage(entry),
      field: entry.field || (topic?.area ? inLanguage(topic.area.label) : ''),
      data: selectionId ? (placed?.data_position ?? null) : (data.get(entry.id) ?? null),
      experts: selectionId ? (placed?.expert_position ?? null) : votes > 0 ? entry.in_favour / votes : null,
      unit,
      records: entry.origin.records ?? [],
      documents: one?.documents ?? topic?.documents ?? null,
      growth: one?.growth.log_slope ?? null,
      in_favour: entry.in_favour,
      against: entry.against,
      lineage: entry.lineage,
      seen: seriesRows(topic?.series).find((row) => row.count >= enough)?.year ?? null,
      lower: last?.lower ?? null,
      median: last?.median ?? null,
      upper: last?.upper ?? null,
      rounds: told,
      selections: kept.flatMap((head, i) => { const item = selections[i]?.data?.items.find((row) => row.id === entry.id); return item ? [{ id: head.id, title: head.title, rank: item.rank, of: head.entries, selected: item.selected }] : []; }),
    };
  });
  const shown = selectionId ? items.filter((item) => item.data !== null || item.experts !== null) : items;
  return { lists: lists.data?.items, list, items: shown, selections: kept, ready: longlist.data !== undefined || (lists.data !== undefined && list === ''), error: longlist.error ?? lists.error };
}
