import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { inLanguage, type Words } from '../../shared/delphi/model';
import { useWorkspace } from '../../shared/workspace';
import type { Position } from './model';

type Positions = components['schemas']['TechnologyPositions'];
type Placed = Positions['entries'][number];

interface Entry extends Words {
  id: string;
  in_favour: number;
  against: number;
  origin: { records?: string[] };
  lineage: { action: string; reason: string; by: string; at: string }[];
}

/** One step of how an entry came to where it stands, as the server tells it. */
export type Step = { kind: 'study'; study: string; round: number; position: number | null; year: number | null; year_low: number | null; year_high: number | null } | { kind: 'selection'; id: string; data_position: number | null; expert_position: number | null } | { kind: 'version'; version: number; zh: string; en: string };

export interface RadarItem extends Position {
  expert: Placed['expert'];
  machine: Placed['machine'];
  movement: Placed['movement'];
  steps: Step[];
  /** No study has asked yet: the experts' mark is the share of votes in favour. */
  byVotes: boolean;
  in_favour: number;
  against: number;
  records: string[];
  lineage: Entry['lineage'];
}

const shown = new Set(['accepted', 'candidate']);

/** What radar and roadmap show: where experts and data see each entry of a list, now or in a kept selection. */
export function useRadar(wanted: string, selection: string) {
  const ws = useWorkspace();
  const lists = useApi<{ items: (Words & { id: string })[] }>(ws.api('/longlists'));
  const list = wanted || lists.data?.items.at(-1)?.id || '';
  const longlist = useApi<{ entries: Entry[] }>(list ? ws.api(`/longlists/${list}`) : null);
  const positions = useApi<Positions>(list ? ws.api(`/longlists/${list}/positions`) : null);
  const heads = useApi<{ items: { id: string; title: string; list: string }[] }>(ws.api('/selections'));
  const items: RadarItem[] = (positions.data?.entries ?? []).filter((entry) => shown.has(entry.state)).map((placed) => {
    const entry = longlist.data?.entries.find((one) => one.id === placed.id);
    const votes = (entry?.in_favour ?? 0) + (entry?.against ?? 0);
    const steps = placed.history as unknown as Step[];
    const then = selection ? steps.find((step) => step.kind === 'selection' && step.id === selection) : undefined;
    const asked = placed.expert?.position ?? null;
    const byVotes = !selection && asked === null && votes > 0;
    return {
      id: placed.id,
      name: inLanguage(placed),
      field: placed.field,
      data: selection ? (then?.kind === 'selection' ? then.data_position : null) : (placed.machine?.position ?? null),
      experts: selection ? (then?.kind === 'selection' ? then.expert_position : null) : byVotes ? (entry?.in_favour ?? 0) / votes : asked,
      expert: placed.expert,
      machine: placed.machine,
      movement: placed.movement,
      steps,
      byVotes,
      in_favour: entry?.in_favour ?? 0,
      against: entry?.against ?? 0,
      records: entry?.origin.records ?? [],
      lineage: entry?.lineage ?? [],
    };
  });
  const error = positions.error ?? longlist.error ?? lists.error;
  return { lists: lists.data?.items, list, year: positions.data?.year ?? new Date().getFullYear(), items: selection ? items.filter((item) => item.data !== null || item.experts !== null) : items, selections: (heads.data?.items ?? []).filter((one) => one.list === list), ready: positions.data !== undefined || (lists.data !== undefined && list === ''), error };
}
