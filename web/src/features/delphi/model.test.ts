import { describe, expect, it } from 'vitest';
import { isAnswered, isOutside, moved, sideOf, type Protocol, type Question } from '../../shared/delphi/model';
import { parseItems, statementsOf } from '../../shared/delphi/statements';
import { parseTable } from '../../shared/table_file';
import { light } from '../../shared/theme';
import { consensusMap } from './charts';
import type { ResultRow, StudyEvent } from './api';
import { consensusRow, nextSteps, openRequests, parseInvitees, station, stations, type ConsensusRow } from './model';

const protocol = { deciding_question: 'importance', agree_from: 4, agree_to: 5, disagree_from: 1, disagree_to: 2, most_rounds: 3 } as Protocol;
const question = (type: Question['type'], more: Partial<Question> = {}): Question => ({
  id: 'q', type, role: '', label: { zh: '', en: '' }, help: { zh: '', en: '' }, options: ['a', 'b', 'c'].map((id) => ({ id, label: { zh: id, en: id }, score: 0 })),
  first_year: 2026, last_year: 2056, allow_already: true, allow_never: true, allow_unknown: true, total: 100, most: 0, required: false, max_characters: 100, ...more,
});

describe('pasted tables', () => {
  it('reads tabs of a spreadsheet and quoted CSV alike', () => {
    expect(parseTable('a\tb\r\nc\td\r\n')).toEqual([['a', 'b'], ['c', 'd']]);
    expect(parseTable('\ufeff"Li, Wei","say ""hi"""\n\n x , y ')).toEqual([['Li, Wei', 'say "hi"'], ['x', 'y']]);
  });
  it('takes further columns of a header for attributes', () => {
    const { invitees, attributes, problems } = parseInvitees('姓名,邮箱,单位,sector\n李伟,li@x.cn,清华大学,academia\n王芳,wang@x.cn,,');
    expect(invitees[0]).toEqual({ name: '李伟', email: 'li@x.cn', organisation: '清华大学', attributes: { sector: 'academia' }, excluded_items: [] });
    expect([invitees.length, attributes, problems]).toEqual([2, ['sector'], []]);
  });
  it('reads the items a person must not judge', () => {
    const { invitees, attributes } = parseInvitees('name\texcluded\nA\titem-2; 5\nB\t');
    expect(invitees.map((i) => i.excluded_items)).toEqual([['item-2', 'item-5'], []]);
    expect(attributes).toEqual([]);
  });
  it('names the rows it leaves out', () => {
    const { invitees, problems } = parseInvitees('A,a@x\n,b@x\nC,nonsense\nA again,a@x');
    expect(invitees.map((i) => i.name)).toEqual(['A']);
    expect(problems).toEqual([{ row: 2, kind: 'no_name' }, { row: 3, kind: 'email' }, { row: 4, kind: 'twice' }]);
  });
  it('tells fields, languages and statements apart', () => {
    expect(parseItems('Soft robots, small and large\n机器人\t软体机器人投入使用\nrobots\t软体机器人\tSoft robots\n\n')).toEqual([
      { field: '', zh: '', en: 'Soft robots, small and large' },
      { field: '机器人', zh: '软体机器人投入使用', en: '' },
      { field: 'robots', zh: '软体机器人', en: 'Soft robots' },
    ]);
  });
  it('reads a table by its headings, whatever their order', () => {
    const rows = [['编号', 'English', '领域', '中文陈述'], ['1', 'Soft robots', '机器人', '软体机器人'], ['2', '', '', '']];
    expect(statementsOf(rows)).toEqual([{ field: '机器人', zh: '软体机器人', en: 'Soft robots' }]);
    expect(statementsOf([['title'], ['软体机器人投入使用']])).toEqual([{ field: '', zh: '软体机器人投入使用', en: '' }]);
    expect(statementsOf([['中文大模型得到应用'], ['Soft robots']])).toHaveLength(2);
  });
});

it('the consensus table gives shares of both zones and no number where there is none', () => {
  const row = (counts: number[]): ResultRow =>
    ({ item: 'item-1', field: '', zh: '', en: 'x', state: 'active', result: { cards: 10, questions: { importance: { answered: 10, abstained: 0, counts, median: 4, interquartile_range: { undefined: 'few' } } }, stability: { unchanged: 0.9, kappa: { undefined: 'no pairs' } } } }) as unknown as ResultRow;
  const read = consensusRow(row([1, 0, 1, 5, 3]), protocol);
  expect([read.agree, read.disagree, read.median, read.spread, read.unchanged, read.kappa]).toEqual([0.8, 0.1, 4, null, 0.9, null]);
  expect(consensusRow(row([]), protocol).agree).toBeNull();
});

it('consensusMap places what has both figures, by the larger zone, with both thresholds', () => {
  const row = (key: string, state: string, agree: number, disagree: number, unchanged: number | null) => ({ key, name: key, agree, disagree, unchanged, row: { state } }) as unknown as ConsensusRow;
  const option = consensusMap(light, [row('a', 'consensus_out', 0.1, 0.9, 0.8), row('b', 'active', 0.5, 0.2, 0.6), row('c', 'active', 0.5, 0.2, null)], { consensus: 0.75, stability: 0.7 }, { consensus: '', stability: '', state: (s) => s, percent: String });
  const series = option.series as { name: string; data: { name: string; value: number[] }[]; markLine?: { data: unknown[] } }[];
  expect(series.map((s) => [s.name, s.data.map((d) => d.value)])).toEqual([['consensus_out', [[0.9, 0.8]]], ['active', [[0.5, 0.6]]]]);
  expect(series[0]?.markLine?.data).toEqual([{ xAxis: 0.75 }, { yAxis: 0.7 }]);
});

it('offers no further round when rounds are used up or all is settled', () => {
  expect(nextSteps('analyzed', 1, protocol, 4)).toEqual(['release_feedback', 'conclude']);
  expect(nextSteps('analyzed', 3, protocol, 4)[0]).toBe('conclude');
  expect(nextSteps('feedback_released', 1, protocol, 0)).toEqual(['conclude']);
  expect(nextSteps('archived', 3, protocol, 0)).toEqual([]);
});

it('every state has its station', () => {
  for (const state of ['design', 'protocol_locked', 'recruiting', 'round_open', 'round_closed', 'analyzed', 'feedback_released', 'concluded', 'reported', 'archived', 'paused', 'aborted']) expect(stations[station(state)], state).toBeDefined();
});

it('openRequests: what was asked and not granted', () => {
  const event = (kind: string, request: number) => ({ kind, detail: { request } }) as unknown as StudyEvent;
  expect(openRequests([event('identity_asked', 1), event('identity_asked', 2), event('identity_joined', 1)]).map((e) => e.detail['request'])).toEqual([2]);
});

describe('answers', () => {
  it('are whole only when the server would take them', () => {
    expect(isAnswered(question('allocation'), { points: [50, 30, 10] })).toBe(false);
    expect(isAnswered(question('allocation'), { points: [50, 30, 20] })).toBe(true);
    expect(isAnswered(question('ranking'), { options: ['b', 'a'] })).toBe(false);
    expect(isAnswered(question('year'), { year: 2070 })).toBe(false);
    expect(isAnswered(question('year'), { realized: 'never' })).toBe(true);
    expect(isAnswered(question('scale', { required: true }), { abstained: true })).toBe(false);
  });
  it('outside the middle half ask for a reason', () => {
    const group = { answered: 9, abstained: 0, lower_quartile: 2, upper_quartile: 3 };
    expect(isOutside(question('scale'), { option: 'a' }, group)).toBe(true);
    expect(isOutside(question('scale'), { option: 'b' }, group)).toBe(false);
    expect(isOutside(question('scale'), undefined, group)).toBe(false);
  });
  it('stand for or against by the locked zones', () => {
    expect([1, 3, 5].map((category) => sideOf(protocol, category))).toEqual(['disagree', 'between', 'agree']);
  });
  it('of a ranking move by steps', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  });
});
