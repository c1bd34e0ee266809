import { describe, expect, it } from 'vitest';
import { readMapPoints, type MapInfo } from '../../shared/api/map';
import { light } from '../../shared/theme';
import { colorsOf, countMarked, lasso, looks, noTopic, passing, PointGrid } from './model';
import { toPlane, toScreen } from './point_layer';

// Four points as the server sends them: the columns one after the other, little endian.
function bytes(): ArrayBuffer {
  const n = 4;
  const buffer = new ArrayBuffer(8 + 15 * n);
  const view = new DataView(buffer);
  [0x4a, 0x57, 0x4d, 0x31].forEach((c, i) => view.setUint8(i, c));
  view.setUint32(4, n, true);
  const columns = [[0, 1, 2, 9], [0, 1, 0, 9], [0, 1, 1, noTopic], [2018, 2020, 2021, 0], [0, 0, 0, 0], [0, 1, 0, 1], [0, 0, 1, 1]];
  let at = 8;
  for (const [c, width] of [4, 4, 2, 2, 1, 1, 1].entries()) {
    for (const value of columns[c] ?? []) {
      if (width === 4) view.setFloat32(at, value, true);
      else if (width === 2) view.setUint16(at, value, true);
      else view.setUint8(at, value);
      at += width;
    }
  }
  return buffer;
}

const points = readMapPoints(bytes());
const info = { n: 4, topics: [{ id: 'topic-1', x: 0, y: 0, log_slope: -0.3 }, { id: 'topic-2', x: 1, y: 1, log_slope: 0.3 }] } as MapInfo;
const everything = { years: null, off: { by: 'topic' as const, values: new Set<number>() } };

describe('readMapPoints', () => {
  it('reads the columns where they lie', () => {
    expect([...points.x]).toEqual([0, 1, 2, 9]);
    expect([...points.topic]).toEqual([0, 1, 1, noTopic]);
    expect([...points.year]).toEqual([2018, 2020, 2021, 0]);
    expect([...points.source]).toEqual([0, 0, 1, 1]);
  });
  it('refuses what is cut or something else', () => {
    expect(() => readMapPoints(bytes().slice(0, 40))).toThrow(/needs 68 bytes/);
    expect(() => readMapPoints(new ArrayBuffer(16))).toThrow(/not a map/);
  });
});

describe('filters', () => {
  it('pass by year and category together', () => {
    expect([...passing(points, { years: [2019, 2021], off: { by: 'source', values: new Set([1]) } })]).toEqual([0, 1, 0, 0]);
  });
  it('hide, fade, show and choose', () => {
    const look = looks(new Uint8Array([1, 2, 3, 4]), new Uint8Array([1, 1, 0, 1]), new Uint8Array([1, 0, 0, 0]));
    expect([...look]).toEqual([1, 3, 2, 1, 3, 0, 4, 1]);
  });
  it('count years and topics of what is marked', () => {
    expect(countMarked(points, passing(points, everything))).toEqual({ n: 4, years: [{ year: 2018, count: 1 }, { year: 2020, count: 1 }, { year: 2021, count: 1 }], topics: [{ index: 1, count: 2 }, { index: 0, count: 1 }] });
  });
});

describe('choosing', () => {
  it('a lasso holds what lies inside it and passes', () => {
    const square: [number, number][] = [[-0.5, -0.5], [2.5, -0.5], [2.5, 0.5], [-0.5, 0.5]];
    expect([...lasso(points, square, passing(points, everything))]).toEqual([1, 0, 1, 0]);
    expect([...lasso(points, square, new Uint8Array([0, 1, 1, 1]))]).toEqual([0, 0, 1, 0]);
  });
  it('the nearest point is found within reach only', () => {
    const grid = new PointGrid(points);
    const pass = passing(points, everything);
    expect(grid.nearest(1.1, 0.9, 0.5, pass)).toBe(1);
    expect(grid.nearest(5, 5, 0.5, pass)).toBe(-1);
    expect(grid.nearest(9, 9.1, 0.5, pass)).toBe(3);
  });
});

it('growth is coloured from losing to gaining, and nothing for no topic', () => {
  const { index, palette } = colorsOf(points, info, 'growth', light);
  expect([index[0], index[1], index[3]]).toEqual([1, palette.length - 1, 0]);
});

it('screen and plane are each other\'s inverse', () => {
  const view = { x: 3, y: -2, scale: 40 };
  const size = { width: 800, height: 600 };
  const [x, y] = toPlane(view, size, ...toScreen(view, size, 1.25, 7.5));
  expect(x).toBeCloseTo(1.25, 9);
  expect(y).toBeCloseTo(7.5, 9);
});
