import type { Method, RequestCriterion, SelectedItem, Weights } from './api';

/** Saaty's scale from "b is extremely more important" to "a is extremely more important". */
export const saaty = [1 / 9, 1 / 7, 1 / 5, 1 / 3, 1, 3, 5, 7, 9];

/** Pairs a < b of n criteria, in the order in which they are asked. */
export const pairs = (n: number): [number, number][] => Array.from({ length: n }, (_, a) => Array.from({ length: n - a - 1 }, (__, k): [number, number] => [a, a + 1 + k])).flat();

/** The matrix of comparisons from the answers of the pairs; what is not answered yet is "equal". */
export function comparisonMatrix(n: number, answers: Record<string, number>): number[] {
  const matrix = new Array<number>(n * n).fill(1);
  for (const [a, b] of pairs(n)) {
    const value = answers[`${a}-${b}`] ?? 1;
    matrix[a * n + b] = value;
    matrix[b * n + a] = 1 / value;
  }
  return matrix;
}

export function answersOf(n: number, matrix: number[]): Record<string, number> {
  return Object.fromEntries(pairs(n).map(([a, b]) => [`${a}-${b}`, matrix[a * n + b] ?? 1]));
}

export interface WeightDraft {
  method: Method;
  direct: number[];
  ahp: Record<string, number>;
  best: number;
  worst: number;
  best_to_others: number[];
  others_to_worst: number[];
}

export const emptyWeights = (): WeightDraft => ({ method: 'direct', direct: [], ahp: {}, best: 0, worst: 1, best_to_others: [], others_to_worst: [] });

const filled = (values: number[], n: number, otherwise: number, fixed = -1): number[] => Array.from({ length: n }, (_, i) => (i === fixed ? 1 : (values[i] ?? otherwise)));

/** What the server is asked, of what the form holds. */
export function weightsOf(draft: WeightDraft, n: number): Weights {
  const last = Math.max(0, n - 1);
  if (draft.method === 'direct') return { method: 'direct', values: filled(draft.direct, n, 1) };
  if (draft.method === 'ahp') return { method: 'ahp', comparisons: comparisonMatrix(n, draft.ahp) };
  if (draft.method === 'entropy') return { method: 'entropy' };
  const best = Math.min(draft.best, last);
  const worst = Math.min(draft.worst, last);
  const toOthers = filled(draft.best_to_others, n, 3, best);
  // The best against the worst is one comparison, asked once.
  return { method: 'bwm', best, worst, best_to_others: toOthers, others_to_worst: filled(draft.others_to_worst, n, 3, worst).map((value, i) => (i === best ? (toOthers[worst] ?? value) : value)) };
}

export function draftOf(weights: Weights, n: number): WeightDraft {
  const draft = { ...emptyWeights(), method: weights.method };
  if (weights.method === 'direct') return { ...draft, direct: weights.values };
  if (weights.method === 'ahp') return { ...draft, ahp: answersOf(n, weights.comparisons) };
  if (weights.method === 'bwm') return { ...draft, best: weights.best, worst: weights.worst, best_to_others: weights.best_to_others, others_to_worst: weights.others_to_worst };
  return draft;
}

/** Criteria that still lack a value for an entry. */
export const missingValues = (criteria: RequestCriterion[], entries: string[]): string[] =>
  criteria.filter((one) => one.source === 'given' && entries.some((entry) => typeof one.values?.[entry] !== 'number')).map((one) => one.id);

export const byRank = (items: SelectedItem[]): SelectedItem[] => [...items].sort((a, b) => a.rank - b.rank);
