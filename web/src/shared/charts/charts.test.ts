import { describe, expect, it } from 'vitest';
import { placeLabels } from '../ui/topic_clouds';
import { light } from '../theme';
import { seriesWithForecast, stackedYears } from './options';
import { crc32, toCsv, toXlsx } from './xlsx';

interface Line { name: string; data: (number | null)[] }

describe('seriesWithForecast', () => {
  const names = { seen: 'seen', partial: 'partial', expected: 'expected', band: (level: number) => `band ${level}` };
  const option = seriesWithForecast(light, [{ year: 2020, count: 4 }, { year: 2021, count: 6 }, { year: 2022, count: 1, partial: true }], [{ year: 2022, value: 7 }], [{ level: 0.5, rows: [{ year: 2022, low: 6, high: 8 }] }, { level: 0.95, rows: [{ year: 2022, low: 5, high: 10 }] }], names);
  const lines = option.series as Line[];
  const line = (name: string) => lines.find((l) => l.name === name)?.data;

  it('keeps what was seen, what is incomplete and what is expected apart', () => {
    expect(line('seen')).toEqual([4, 6, null]);
    expect(line('partial')).toEqual([null, null, 1]);
    expect(line('expected')).toEqual([null, 6, 7]);
  });
  it('draws each band from the last complete year on, the widest underneath', () => {
    expect(line('band 0.95-low')).toEqual([null, 6, 5]);
    expect(line('band 0.95')).toEqual([null, 0, 5]);
    expect(line('band 0.5')).toEqual([null, 0, 2]);
    expect(lines.findIndex((l) => l.name === 'band 0.95')).toBeLessThan(lines.findIndex((l) => l.name === 'band 0.5'));
  });
});

it('stackedYears stacks every group and names them when there are several', () => {
  const option = stackedYears(light, [2020, 2021], [{ name: 'a', values: [1, 2] }, { name: 'b', values: [3, 4] }]);
  expect((option.series as { stack: string }[]).every((s) => s.stack === 'all')).toBe(true);
  expect(option.legend).toBeDefined();
});

describe('tables that leave the house', () => {
  it('CSV: a mark for Excel, quotes where needed, no formula', () => {
    expect(toCsv([['name', 'n'], ['a,"b"', 1], ['=1+1', -2]])).toBe('\ufeffname,n\r\n"a,""b""",1\r\n\'=1+1,-2\r\n');
  });
  it('XLSX: a ZIP whose checksums hold', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    const bytes = toXlsx([['年份', 'n'], [2020, 1.5]]);
    const text = new TextDecoder().decode(bytes);
    expect([bytes[0], bytes[1]]).toEqual([0x50, 0x4b]);
    expect(text).toContain('<c r="A1" t="inlineStr"><is><t xml:space="preserve">年份</t></is></c>');
    expect(text).toContain('<c r="B2"><v>1.5</v></c>');
  });
});

it('placeLabels keeps the first of two that would cover each other', () => {
  expect(placeLabels([{ x: 0, y: 0, w: 10, h: 4 }, { x: 6, y: 1, w: 10, h: 4 }, { x: 0, y: 9, w: 10, h: 4 }])).toEqual([true, false, true]);
});
