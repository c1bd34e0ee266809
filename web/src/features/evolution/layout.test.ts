import { describe, expect, it } from 'vitest';
import type { Evolution } from './api';
import { isNew, layOut } from './layout';

const node = (period: number, id: string, documents: number, event = 'continuation', isolated = false) => ({ period, id, label: id, documents, line: Number(id.slice(1)), event, isolated });
const data = {
  periods: [{ first: 2010, last: 2014, documents: 100 }, { first: 2015, last: 2019, documents: 100 }],
  nodes: [node(0, 't1', 60, 'birth'), node(0, 't2', 40, 'birth'), node(1, 't1', 50), node(1, 't2', 45), node(1, 't9', 3, 'birth', true)],
  flows: [{ period: 0, from: 't1', to: 't1', similarity: 0.8, documents: 40 }, { period: 0, from: 't2', to: 't2', similarity: 0.7, documents: 28 }],
} as Evolution;

describe('layOut', () => {
  it('keeps a small isolated new topic that the limit would drop', () => {
    const { blocks } = layOut(data, 900, 2);
    expect(blocks.map((b) => `${b.period}${b.id}`)).toContain('1t9');
  });
  it('lets no two blocks of a period cover each other', () => {
    const { blocks } = layOut(data, 900, 10);
    for (const a of blocks) for (const b of blocks) if (a !== b && a.period === b.period) expect(a.y >= b.y + b.height || b.y >= a.y + a.height).toBe(true);
  });
  it('ties what continues, within the blocks', () => {
    const { ribbons } = layOut(data, 900, 10);
    expect(ribbons.length).toBe(2);
    for (const r of ribbons) expect(r.y0 + r.h0 <= r.from.y + r.from.height + 1e-9 && r.y1 + r.h1 <= r.to.y + r.to.height + 1e-9).toBe(true);
  });
  it('marks nothing as new in the first period', () => {
    expect(data.nodes.filter((n) => isNew(n, n.period)).map((n) => n.id)).toEqual(['t9']);
  });
});
