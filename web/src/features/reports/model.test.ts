import { describe, expect, it } from 'vitest';
import { needsOwnStudy, parametersOf, planOf } from './model';

describe('parametersOf', () => {
  it('leaves out what nobody filled in', () => {
    expect(parametersOf({ template: 'monthly', language: 'zh', formats: ['html'], title: '  ', top: null, from: null, kinds: [], query: '' })).toEqual({ template: 'monthly', language: 'zh', formats: ['html'] });
  });
  it('groups the period and the filters, and gives a series to issues only', () => {
    const wish = { template: 'special', language: 'en' as const, formats: ['pdf'], from: 2018, kinds: ['patent'], query: ' battery ', series: 'b' };
    expect(parametersOf(wish)).toEqual({ template: 'special', language: 'en', formats: ['pdf'], period: { from: 2018 }, filters: { kinds: ['patent'], query: 'battery' } });
    expect(parametersOf({ ...wish, issue: true })).toMatchObject({ issue: true, series: 'b' });
  });
});

it('needsOwnStudy tells a report of the newest run from one that is computed anew', () => {
  expect(needsOwnStudy({ units: ['topic-1'] })).toBe(false);
  expect(needsOwnStudy({ to: 2020 })).toBe(true);
  expect(needsOwnStudy({ languages: ['zh'] })).toBe(true);
});

it('planOf says dates in UTC to the second and collects only where a source is named', () => {
  const plan = planOf({ name: ' monthly ', every: 'month', count: 1, first: new Date('2026-12-01T02:00:00.123Z'), query: 'x', tasks: ['run'], reports: ['monthly'], formats: ['html'], language: 'zh' });
  expect(plan).toEqual({ name: 'monthly', every: 'month', count: 1, first: '2026-12-01T02:00:00Z', run: true, check: false, deliver: false, reports: ['monthly'], formats: ['html'], language: 'zh' });
});
