/** An entry of a technology list with where the data and the experts see it, both 0 to 1; null where nobody says. */
export interface Position {
  id: string;
  name: string;
  field: string;
  data: number | null;
  experts: number | null;
}

export interface Mark {
  id: string;
  name: string;
  x: number;
  y: number;
}

export interface RadarLayout {
  sectors: { name: string; from: number; to: number }[];
  data: Mark[];
  experts: Mark[];
  lines: [Mark, Mark][];
}

const most = 6;

/** Rings from the middle outwards: act, prepare, watch, hold. */
export const rings = ['act', 'prepare', 'watch', 'hold'] as const;
export const ringOf = (position: number): (typeof rings)[number] => rings[Math.min(3, Math.floor((1 - position) * 4))] ?? 'hold';

/** Places marks: a sector a field, the nearer to the middle the higher the position; every entry has an angle of its own, so that marks of different entries never lie on one another. */
export function placeMarks(positions: Position[], rest: string): RadarLayout {
  const fields = new Map<string, Position[]>();
  for (const one of positions) fields.set(one.field || rest, [...(fields.get(one.field || rest) ?? []), one]);
  const ordered = [...fields.entries()].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]));
  const shown = ordered.length <= most ? ordered : [...ordered.slice(0, most - 1), [rest, ordered.slice(most - 1).flatMap(([, list]) => list)] as [string, Position[]]];
  const layout: RadarLayout = { sectors: [], data: [], experts: [], lines: [] };
  const total = shown.reduce((sum, [, list]) => sum + Math.max(1, list.length), 0);
  let at = 0;
  for (const [name, list] of shown) {
    const from = (2 * Math.PI * at) / total;
    at += Math.max(1, list.length);
    const to = (2 * Math.PI * at) / total;
    layout.sectors.push({ name, from, to });
    list.forEach((one, i) => {
      const angle = from + ((to - from) * (i + 0.5)) / list.length;
      const mark = (position: number | null): Mark | null => (position === null ? null : { id: one.id, name: one.name, x: (0.06 + 0.94 * (1 - position)) * Math.sin(angle), y: (0.06 + 0.94 * (1 - position)) * Math.cos(angle) });
      const data = mark(one.data);
      const experts = mark(one.experts);
      if (data) layout.data.push(data);
      if (experts) layout.experts.push(experts);
      if (data && experts) layout.lines.push([data, experts]);
    });
  }
  return layout;
}

export interface RoadmapRow {
  id: string;
  name: string;
  /** Turning point of the S-curve of the entry's topic or term. */
  seen: number | null;
  lower: number | null;
  median: number | null;
  upper: number | null;
}

export const roadmapOrder = (rows: RoadmapRow[]): RoadmapRow[] => [...rows].sort((a, b) => (a.median ?? Infinity) - (b.median ?? Infinity) || (a.seen ?? Infinity) - (b.seen ?? Infinity));
