import { describe, expect, it } from 'vitest';
import { relevantTerms } from './model';

const terms = [
  { label: 'robot', weight: 0.2, documents: 500 },
  { label: 'exoskeleton', weight: 0.1, documents: 20 },
];

describe('relevantTerms', () => {
  it('ranks by weight at λ = 1 and by lift at λ = 0', () => {
    expect(relevantTerms(terms, 1, 1000).map((t) => t.label)).toEqual(['robot', 'exoskeleton']);
    expect(relevantTerms(terms, 0, 1000).map((t) => t.label)).toEqual(['exoskeleton', 'robot']);
    expect(relevantTerms(terms, 0, 1000)[0]?.lift).toBeCloseTo(5, 12);
  });
  it('falls back to the weight where the corpus count is unknown', () => {
    expect(relevantTerms([{ label: 'a', weight: 0.1 }, { label: 'b', weight: 0.3 }], 0, 1000).map((t) => t.label)).toEqual(['b', 'a']);
  });
});
