import { describe, expect, it } from 'vitest';
import { light } from '../../shared/theme';
import type { Lag } from './api';
import { marks, rangeOf, toldPairs, uptakeChart } from './model';

const kinds: Lag['kinds'] = [{ kind: 'work', first_year: 2000, last_year: 2020, documents: 100 }, { kind: 'patent', first_year: 2004, last_year: 2020, documents: 40 }];
const units: Lag['units'] = [
  { id: 'term-1', label: 'drone', documents_href: '', kinds: [{ kind: 'work', state: 'observed', documents: 9, first_year: 2005, year: 2007, year_high: 2012 }, { kind: 'patent', state: 'not_yet', documents: 0 }] },
  { id: 'term-2', label: 'robot', documents_href: '', kinds: [{ kind: 'work', state: 'in_or_before', documents: 90, first_year: 2000 }, { kind: 'patent', state: 'observed', documents: 9, year: 2011 }] },
];
const pair = (from_first: number, to_first: number): Lag['pairs'][number] => ({ from: 'work', to: 'patent', lag: { units: 0 }, by_size: { units: 0 }, excess: { units: 0 }, from_first, to_first, same_year: 0, unknown: 3 });

describe('marks', () => {
  it('leaves out what never came up and puts what was there from the start at the edge of the data', () => {
    expect(marks(units, kinds)).toEqual([
      { unit: 0, kind: 'work', year: 2007, before: false },
      { unit: 1, kind: 'work', year: 2000, before: true },
      { unit: 1, kind: 'patent', year: 2011, before: false },
    ]);
  });
  it('are drawn one series a kind, with shapes of their own', () => {
    const option = uptakeChart(light, { run: '', snapshot: '', unit: 'term', until: 2020, support: 3, kinds, pairs: [], units }, { kind: (kind) => kind, before: '' });
    const scatter = (option.series as { type: string; symbol: string; name: string }[]).filter((series) => series.type === 'scatter');
    expect(scatter.map((series) => [series.name, series.symbol])).toEqual([['work', 'circle'], ['patent', 'diamond']]);
  });
});

it('toldPairs drops pairs of which nothing is known', () => {
  expect(toldPairs([pair(0, 0), pair(1, 0), pair(4, 2)]).map((one) => one.from_first)).toEqual([4, 1]);
});

it('rangeOf falls back to quartiles, and to nothing', () => {
  expect(rangeOf({ units: 9, median: 3, lower_quartile: 1, upper_quartile: 5, low: 2, high: 4 })).toEqual([2, 4]);
  expect(rangeOf({ units: 3, median: 3, lower_quartile: 1, upper_quartile: 5 })).toEqual([1, 5]);
  expect(rangeOf({ units: 0 })).toBeNull();
});
