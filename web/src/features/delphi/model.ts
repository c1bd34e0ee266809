import { figure, inLanguage, type Protocol } from '../../shared/delphi/model';
import { parseTable } from '../../shared/table_file';
import type { Invitee, ResultRow, StudyEvent } from './api';

const columns: Record<'name' | 'email' | 'organisation' | 'excluded', RegExp> = {
  name: /^(name|expert|\u59d3\u540d|\u4e13\u5bb6)$/i,
  email: /^(e-?mail|\u90ae\u7bb1|\u7535\u5b50\u90ae\u4ef6|\u90ae\u4ef6)$/i,
  organisation: /^(organi[sz]ation|affiliation|institution|\u5355\u4f4d|\u673a\u6784|\u5de5\u4f5c\u5355\u4f4d)$/i,
  excluded: /^(excluded|excluded_items|excluded items|\u56de\u907f|\u56de\u907f\u6761\u76ee)$/i,
};
const kindOf = (title: string) => (Object.keys(columns) as (keyof typeof columns)[]).find((kind) => columns[kind].test(title));

/** Items as a moderator writes them: item-3, or only 3; several parted by spaces, commas or semicolons. */
export const itemIds = (text: string): string[] => (text.match(/(item-)?\d+/gi) ?? []).map((id) => `item-${/\d+/.exec(id)?.[0] ?? ''}`);

export interface ParsedInvitees {
  invitees: Invitee[];
  attributes: string[];
  problems: { row: number; kind: 'no_name' | 'email' | 'twice' }[];
}

/** People of a pasted table. Under a header every further column is an attribute by which results can be split; without one the columns are name, email, organisation, sector, field, region. */
export function parseInvitees(text: string): ParsedInvitees {
  const rows = parseTable(text);
  const headed = (rows[0] ?? []).some((cell) => kindOf(cell) === 'name' || kindOf(cell) === 'email');
  const header = headed ? (rows[0] ?? []) : ['name', 'email', 'organisation', 'sector', 'field', 'region'];
  const parsed: ParsedInvitees = { invitees: [], attributes: [], problems: [] };
  const seen = new Set<string>();
  const used = new Set<string>();
  rows.slice(headed ? 1 : 0).forEach((row, i) => {
    const invitee: Invitee = { name: '', email: '', organisation: '', attributes: {}, excluded_items: [] };
    row.forEach((cell, column) => {
      const title = header[column] ?? String(column + 1);
      const kind = kindOf(title);
      if (kind === 'excluded') invitee.excluded_items = itemIds(cell);
      else if (kind) invitee[kind] = cell;
      else if (cell !== '') invitee.attributes[title] = cell;
    });
    const key = (invitee.email || `${invitee.name} ${invitee.organisation}`).toLowerCase();
    const problem = invitee.name === '' ? 'no_name' : invitee.email !== '' && !/^\S+@\S+$/.test(invitee.email) ? 'email' : seen.has(key) ? 'twice' : null;
    if (problem) {
      parsed.problems.push({ row: i + (headed ? 2 : 1), kind: problem });
      return;
    }
    seen.add(key);
    for (const title of Object.keys(invitee.attributes)) used.add(title);
    parsed.invitees.push(invitee);
  });
  parsed.attributes = [...used];
  return parsed;
}

export interface ConsensusRow {
  key: string;
  row: ResultRow;
  name: string;
  cards: number;
  median: number | null;
  spread: number | null;
  agree: number | null;
  disagree: number | null;
  consensus: number | null;
  agreement: number | null;
  unchanged: number | null;
  kappa: number | null;
}

/** The consensus table: the deciding question of every item. */
export function consensusRow(row: ResultRow, protocol: Protocol): ConsensusRow {
  const deciding = row.result.questions[protocol.deciding_question];
  const counts = deciding?.counts ?? [];
  const all = counts.reduce((sum, n) => sum + n, 0);
  const part = (from: number, to: number) => (all > 0 ? counts.slice(from - 1, to).reduce((sum, n) => sum + n, 0) / all : null);
  return {
    key: row.item,
    row,
    name: inLanguage(row),
    cards: row.result.cards,
    median: figure(deciding?.median),
    spread: figure(deciding?.interquartile_range),
    agree: part(protocol.agree_from, protocol.agree_to),
    disagree: part(protocol.disagree_from, protocol.disagree_to),
    consensus: figure(deciding?.consensus),
    agreement: figure(deciding?.agreement),
    unchanged: figure(row.result.stability.unchanged),
    kappa: figure(row.result.stability.kappa),
  };
}

/** Requests for an identity that nobody has granted yet. */
export function openRequests(events: StudyEvent[]): StudyEvent[] {
  const granted = new Set(events.filter((event) => event.kind === 'identity_joined').map((event) => event.detail['request']));
  return events.filter((event) => event.kind === 'identity_asked' && !granted.has(event.detail['request']));
}

/** The way of a study, in six stations a moderator knows. */
export const stations = ['design', 'recruiting', 'round_open', 'analyzed', 'feedback_released', 'concluded'] as const;
const stationOf: Record<string, (typeof stations)[number]> = { protocol_locked: 'recruiting', round_closed: 'analyzed', reported: 'concluded', archived: 'concluded', aborted: 'concluded', paused: 'round_open' };
export const station = (state: string): number => stations.indexOf(stationOf[state] ?? (state as (typeof stations)[number]));

const follow: Record<string, string[]> = {
  design: ['lock_protocol'],
  protocol_locked: ['recruit'],
  recruiting: ['open_round'],
  round_open: ['close_round'],
  round_closed: ['analyze'],
  analyzed: ['release_feedback', 'conclude'],
  feedback_released: ['open_round', 'conclude'],
  concluded: ['report'],
  reported: ['archive'],
  paused: ['resume'],
};

/** The next steps, the most likely first: no further round when all is settled or the rounds are used up. */
export function nextSteps(state: string, round: number, protocol: Protocol, active: number): string[] {
  const steps = follow[state] ?? [];
  const over = round >= protocol.most_rounds || active === 0;
  if (!over || (state !== 'analyzed' && state !== 'feedback_released')) return steps;
  return steps.filter((step) => step !== 'open_round').sort((a, b) => Number(b === 'conclude') - Number(a === 'conclude'));
}

export const isOver = (state: string): boolean => ['concluded', 'reported', 'archived', 'aborted'].includes(state);
