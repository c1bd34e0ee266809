import type { Ranked } from './api';

export type Weights = Record<string, number>;

export interface Reranked extends Ranked {
  newScore: number;
  newRank: number;
  moved: number;
}

/** Names of the components that stand in any row, those that matter most first. */
export function componentNames(rows: Ranked[]): string[] {
  const size = new Map<string, number>();
  for (const row of rows) for (const c of row.components) size.set(c.name, (size.get(c.name) ?? 0) + Math.abs(c.contribution));
  return [...size].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

const logit = (p: number): number => Math.log(p / (1 - p));

/**
 * The score when each component counts `weights[name]` times as much (1 = as trained). A score is a probability whose logit is the sum of the
 * contributions and a constant, so the change is made on that scale; a score that is no probability is a plain sum.
 */
function reweighted(row: Ranked, weights: Weights): number {
  const change = row.components.reduce((sum, c) => sum + ((weights[c.name] ?? 1) - 1) * c.contribution, 0);
  if (change === 0) return row.score;
  return row.score > 0 && row.score < 1 ? 1 / (1 + Math.exp(-(logit(row.score) + change))) : row.score + change;
}

/** The ranking under these weights. With all weights 1 nothing moves. */
export function rerank(rows: Ranked[], weights: Weights): Reranked[] {
  const places = new Map([...rows].sort((a, b) => a.rank - b.rank).map((row, i) => [row.id, i + 1]));
  return rows
    .map((row) => ({ row, score: reweighted(row, weights) }))
    .sort((a, b) => b.score - a.score || a.row.rank - b.row.rank)
    .map(({ row, score }, i) => ({ ...row, newScore: score, newRank: i + 1, moved: (places.get(row.id) ?? i + 1) - (i + 1) }));
}

/** "growth:1.5,novelty:0" of the address bar. */
export function readWeights(text: string): Weights {
  const weights: Weights = {};
  for (const part of text.split(',')) {
    const [name, value] = part.split(':');
    const number = Number(value);
    if (name && value !== undefined && Number.isFinite(number) && number >= 0 && number <= 3) weights[name] = number;
  }
  return weights;
}

export const writeWeights = (weights: Weights): string =>
  Object.entries(weights)
    .filter(([, value]) => value !== 1)
    .map(([name, value]) => `${name}:${value}`)
    .join(',');
