import { describe, expect, it } from 'vitest';
import { placeMarks, ringOf, roadmapOrder, type Position } from './model';

const one = (id: string, field: string, data: number | null, experts: number | null): Position => ({ id, name: id, field, data, experts });

describe('the radar', () => {
  it('gives every entry an angle of its own, both of its marks the same', () => {
    const layout = placeMarks([one('a', 'x', 1, 0), one('b', 'x', 0.5, null), one('c', '', 0.2, 0.9)], 'rest');
    const angle = (mark: { x: number; y: number }) => Math.atan2(mark.x, mark.y);
    expect(new Set(layout.data.map((mark) => angle(mark).toFixed(6))).size).toBe(3);
    for (const [data, experts] of layout.lines) expect(angle(data)).toBeCloseTo(angle(experts), 9);
    expect([layout.data.length, layout.experts.length, layout.lines.length]).toEqual([3, 2, 2]);
    expect(layout.sectors.map((sector) => sector.name)).toEqual(['x', 'rest']);
  });
  it('draws what is high near the middle, and at most six sectors', () => {
    const layout = placeMarks(Array.from({ length: 9 }, (_, i) => one(`e${i}`, `field ${i}`, i / 8, null)), 'rest');
    const far = layout.data.map((mark) => Math.hypot(mark.x, mark.y));
    expect(Math.max(...far)).toBeLessThanOrEqual(1);
    expect(far[8]).toBeLessThan(far[0] ?? 0);
    expect(layout.sectors).toHaveLength(6);
    expect([1, 0.8, 0.6, 0.3, 0].map(ringOf)).toEqual(['act', 'act', 'prepare', 'watch', 'hold']);
  });
  it('orders the roadmap by what experts expect, then by what the data saw', () => {
    const row = (id: string, seen: number | null, median: number | null) => ({ id, name: id, seen, lower: null, median, upper: null });
    expect(roadmapOrder([row('late', 2020, 2040), row('unknown', 2010, null), row('none', null, null), row('soon', null, 2030)]).map((r) => r.id)).toEqual(['soon', 'late', 'unknown', 'none']);
  });
});
