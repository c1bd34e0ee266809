import type { MapInfo, MapPoints } from '../../shared/api/map';
import type { Palette } from '../../shared/theme';
import { faded, chosen as chosenLook, hidden, shown } from './point_layer';

export type ColorBy = 'topic' | 'year' | 'growth' | 'source' | 'language' | 'kind';
export const colorings: ColorBy[] = ['topic', 'year', 'growth', 'source', 'language', 'kind'];
export const noTopic = 65535;

export interface Filter {
  years: [number, number] | null;
  off: { by: 'topic' | 'source' | 'language' | 'kind'; values: Set<number> };
}

export const rgb = (hex: string): [number, number, number] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255) as [number, number, number];

/** Colours between three stops, `n` of them. */
export function ramp(stops: [string, string, string], n: number): [number, number, number][] {
  const [a, b, c] = stops.map(rgb) as [[number, number, number], [number, number, number], [number, number, number]];
  return Array.from({ length: n }, (_, i) => {
    const t = n < 2 ? 0 : i / (n - 1);
    const [from, to, u] = t < 0.5 ? [a, b, 2 * t] : [b, c, 2 * t - 1];
    return from.map((v, k) => v + ((to[k] ?? 0) - v) * u) as [number, number, number];
  });
}

const steps = 24;

/** Colour of each point as an index into the palette, the palette, and what a category index means. */
export function colorsOf(points: MapPoints, info: MapInfo, by: ColorBy, p: Palette): { index: Uint8Array; palette: [number, number, number][] } {
  const index = new Uint8Array(points.n);
  const grey = rgb(p.muted);
  if (by === 'year') {
    const years = points.year.filter((y) => y > 0);
    const sorted = Float64Array.from(years).sort();
    const first = sorted[Math.floor(sorted.length * 0.02)] ?? 0;
    const last = sorted[sorted.length - 1] ?? 1;
    for (let i = 0; i < points.n; i += 1) index[i] = (points.year[i] ?? 0) > 0 ? 1 + Math.round(((steps - 1) * Math.max(0, (points.year[i] ?? 0) - first)) / Math.max(1, last - first)) : 0;
    return { index, palette: [grey, ...ramp([p.ramp[1], p.series[1] ?? p.primary, p.seal], steps)] };
  }
  if (by === 'growth') {
    const of = info.topics.map((topic) => Math.max(-0.25, Math.min(0.25, topic.log_slope ?? 0)));
    for (let i = 0; i < points.n; i += 1) {
      const growth = of[points.topic[i] ?? noTopic];
      index[i] = growth === undefined ? 0 : 1 + Math.round(((steps - 1) * (growth + 0.25)) / 0.5);
    }
    return { index, palette: [grey, ...ramp(p.dark ? ['#5fb0d3', '#6f7a84', '#e5735f'] : ['#1f6f94', '#b9b6ac', '#b23a2c'], steps)] };
  }
  const column = { topic: points.topic, source: points.source, language: points.language, kind: points.kind }[by];
  const colors = p.series.map(rgb);
  for (let i = 0; i < points.n; i += 1) {
    const value = column[i] ?? 0;
    index[i] = by === 'topic' && value === noTopic ? 0 : 1 + (value % colors.length);
  }
  return { index, palette: [grey, ...colors] };
}

/** Which points pass the filter. */
export function passing(points: MapPoints, filter: Filter): Uint8Array {
  const pass = new Uint8Array(points.n);
  const [first, last] = filter.years ?? [-32768, 32767];
  const off = filter.off.values;
  const column = { topic: points.topic, source: points.source, language: points.language, kind: points.kind }[filter.off.by];
  for (let i = 0; i < points.n; i += 1) {
    const year = points.year[i] ?? 0;
    pass[i] = year >= first && year <= last && (off.size === 0 || !off.has(column[i] ?? 0)) ? 1 : 0;
  }
  return pass;
}

/** Two bytes a point for the layer: its colour, and whether it is hidden, faded, shown or chosen. */
export function looks(index: Uint8Array, pass: Uint8Array, selected: Uint8Array | null): Uint8Array {
  const look = new Uint8Array(2 * index.length);
  for (let i = 0; i < index.length; i += 1) {
    look[2 * i] = index[i] ?? 0;
    look[2 * i + 1] = !pass[i] ? hidden : selected === null ? shown : selected[i] ? chosenLook : faded;
  }
  return look;
}

/** Points of a polygon (even-odd), among those that pass. */
export function lasso(points: MapPoints, polygon: [number, number][], pass: Uint8Array): Uint8Array {
  const inside = new Uint8Array(points.n);
  if (polygon.length < 3) return inside;
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  for (let i = 0; i < points.n; i += 1) {
    const x = points.x[i] ?? 0;
    const y = points.y[i] ?? 0;
    if (!pass[i] || x < x0 || x > x1 || y < y0 || y > y1) continue;
    let within = false;
    for (let a = 0, b = polygon.length - 1; a < polygon.length; b = a, a += 1) {
      const [ax, ay] = polygon[a] ?? [0, 0];
      const [bx, by] = polygon[b] ?? [0, 0];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
    }
    inside[i] = within ? 1 : 0;
  }
  return inside;
}

export interface Counts {
  n: number;
  years: { year: number; count: number }[];
  topics: { index: number; count: number }[];
}

/** How many of the marked points fall in each year and topic. */
export function countMarked(points: MapPoints, mark: Uint8Array): Counts {
  // Counted in flat arrays: a map of a million points is counted anew at every step of a filter.
  const years = new Uint32Array(1 << 15);
  const topics = new Uint32Array(1 << 16);
  let n = 0;
  for (let i = 0; i < points.n; i += 1) {
    if (!mark[i]) continue;
    n += 1;
    const year = points.year[i] ?? 0;
    if (year > 0) years[year] = (years[year] ?? 0) + 1;
    const topic = points.topic[i] ?? noTopic;
    topics[topic] = (topics[topic] ?? 0) + 1;
  }
  const counted = (counts: Uint32Array): { at: number; count: number }[] => [...counts.entries()].filter(([, count]) => count > 0).map(([at, count]) => ({ at, count }));
  return {
    n,
    years: counted(years).map(({ at, count }) => ({ year: at, count })),
    topics: counted(topics.subarray(0, noTopic)).map(({ at, count }) => ({ index: at, count })).sort((x, y) => y.count - x.count),
  };
}

/** Where the points lie, without the farthest half percent on each side. */
export function extent(points: MapPoints): { x0: number; x1: number; y0: number; y1: number } {
  const bounds = (values: Float32Array): [number, number] => {
    const stride = Math.max(1, Math.floor(values.length / 20_000));
    const sample = Float32Array.from({ length: Math.ceil(values.length / stride) }, (_, i) => values[i * stride] ?? 0).sort();
    const at = (q: number) => sample[Math.min(sample.length - 1, Math.floor(q * sample.length))] ?? 0;
    return [at(0.005), at(0.995)];
  };
  const [x0, x1] = bounds(points.x);
  const [y0, y1] = bounds(points.y);
  return { x0, x1, y0, y1 };
}

/** A grid over the plane that finds the point nearest to the pointer. */
export class PointGrid {
  private readonly side: number;
  private readonly start: Uint32Array;
  private readonly order: Uint32Array;
  private readonly box: { x0: number; x1: number; y0: number; y1: number };

  constructor(private readonly points: MapPoints) {
    this.box = extent(points);
    this.side = Math.max(8, Math.min(512, Math.round(Math.sqrt(points.n / 4))));
    const cells = this.side * this.side;
    this.start = new Uint32Array(cells + 1);
    const own = Uint32Array.from({ length: points.n }, (_, i) => this.cell(points.x[i] ?? 0, points.y[i] ?? 0));
    for (const c of own) this.start[c + 1] = (this.start[c + 1] ?? 0) + 1;
    for (let c = 0; c < cells; c += 1) this.start[c + 1] = (this.start[c + 1] ?? 0) + (this.start[c] ?? 0);
    const next = this.start.slice();
    this.order = new Uint32Array(points.n);
    for (let i = 0; i < points.n; i += 1) {
      const c = own[i] ?? 0;
      const at = next[c] ?? 0;
      this.order[at] = i;
      next[c] = at + 1;
    }
  }

  private column(x: number): number {
    return Math.max(0, Math.min(this.side - 1, Math.floor((this.side * (x - this.box.x0)) / Math.max(1e-9, this.box.x1 - this.box.x0))));
  }
  private row(y: number): number {
    return Math.max(0, Math.min(this.side - 1, Math.floor((this.side * (y - this.box.y0)) / Math.max(1e-9, this.box.y1 - this.box.y0))));
  }
  private cell(x: number, y: number): number {
    return this.row(y) * this.side + this.column(x);
  }

  /** The nearest passing point within `radius`, or -1. */
  nearest(x: number, y: number, radius: number, pass: Uint8Array): number {
    let best = radius * radius;
    let found = -1;
    for (let r = this.row(y - radius); r <= this.row(y + radius); r += 1) {
      for (let c = this.column(x - radius); c <= this.column(x + radius); c += 1) {
        const cell = r * this.side + c;
        for (let k = this.start[cell] ?? 0; k < (this.start[cell + 1] ?? 0); k += 1) {
          const i = this.order[k] ?? 0;
          if (!pass[i]) continue;
          const d = ((this.points.x[i] ?? 0) - x) ** 2 + ((this.points.y[i] ?? 0) - y) ** 2;
          if (d < best) {
            best = d;
            found = i;
          }
        }
      }
    }
    return found;
  }
}
