import { describe, expect, it } from 'vitest';
import type { Ranked } from './api';
import { componentNames, readWeights, rerank, writeWeights } from './model';

const row = (id: string, rank: number, score: number, growth: number, novelty: number) =>
  ({ id, rank, score, components: [{ name: 'growth', value: 1, contribution: growth }, { name: 'novelty', value: 1, contribution: novelty }] }) as Ranked;
const rows = [row('a', 3, 0.6, 1, -0.2), row('b', 7, 0.5, 0.2, 0.9), row('c', 9, 0.2, 0.05, 0.1)];

describe('rerank', () => {
  it('moves nothing under the trained weights', () => {
    expect(rerank(rows, {}).map((r) => [r.id, r.newRank, r.moved, r.newScore])).toEqual([['a', 1, 0, 0.6], ['b', 2, 0, 0.5], ['c', 3, 0, 0.2]]);
  });
  it('adds on the scale of the logit, where the contributions add up', () => {
    const b = rerank(rows, { novelty: 2 }).find((r) => r.id === 'b');
    expect(b?.newScore).toBeCloseTo(1 / (1 + Math.exp(-0.9)), 12);
  });
  it('counts places won and lost', () => {
    expect(rerank(rows, { growth: 0 }).map((r) => [r.id, r.moved])).toEqual([['b', 1], ['a', -1], ['c', 0]]);
  });
});

describe('weights in the address', () => {
  it('come back as they went, without those that are default', () => {
    expect(writeWeights({ growth: 1.5, novelty: 1 })).toBe('growth:1.5');
    expect(readWeights(writeWeights({ growth: 1.5, size: 0 }))).toEqual({ growth: 1.5, size: 0 });
  });
  it('ignore what cannot be a weight', () => {
    expect(readWeights('growth:-1,size:x,novelty:99,peak')).toEqual({});
  });
});

it('component names: those that matter most first', () => {
  expect(componentNames(rows)).toEqual(['growth', 'novelty']);
});
