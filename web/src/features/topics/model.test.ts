import { describe, expect, it } from 'vitest';
import { relevantTerms } from './model';

const sheet = {
  in_topic_total: 100,
  overall_total: 1000,
  items: [
    { label: 'robot', in_topic: 20, overall: 500 },
    { label: 'exoskeleton', in_topic: 10, overall: 20 },
    { label: 'never here', in_topic: 0, overall: 40 },
  ],
};

describe('relevantTerms', () => {
  it('ranks by weight at λ = 1 and by lift at λ = 0', () => {
    expect(relevantTerms(sheet, 1).map((t) => t.label)).toEqual(['robot', 'exoskeleton']);
    expect(relevantTerms(sheet, 0).map((t) => t.label)).toEqual(['exoskeleton', 'robot']);
  });
  it('gives the lift against all occurrences', () => {
    expect(relevantTerms(sheet, 0)[0]?.lift).toBeCloseTo(0.1 / 0.02, 12);
  });
});
