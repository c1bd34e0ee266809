import { describe, expect, it } from 'vitest';
import { comparisonMatrix, draftOf, emptyWeights, missingValues, pairs, weightsOf } from './model';

describe('weights', () => {
  it('make a reciprocal matrix of the answers; what is not answered is equal', () => {
    expect(pairs(3)).toEqual([[0, 1], [0, 2], [1, 2]]);
    expect(comparisonMatrix(3, { '0-1': 3, '1-2': 1 / 5 })).toEqual([1, 3, 1, 1 / 3, 1, 1 / 5, 1, 5, 1]);
  });
  it('come back from a kept selection as they were given', () => {
    const draft = { ...emptyWeights(), method: 'ahp' as const, ahp: { '0-1': 3, '0-2': 5, '1-2': 1 } };
    expect(draftOf(weightsOf(draft, 3), 3).ahp).toEqual(draft.ahp);
  });
  it('ask the best against the worst once', () => {
    const asked = weightsOf({ ...emptyWeights(), method: 'bwm', best: 1, worst: 2, best_to_others: [2, 9, 8], others_to_worst: [4, 3, 7] }, 3);
    expect(asked).toEqual({ method: 'bwm', best: 1, worst: 2, best_to_others: [2, 1, 8], others_to_worst: [4, 8, 1] });
  });
  it('name the criteria whose typed values are incomplete', () => {
    expect(missingValues([{ id: 'cost', source: 'given', values: { a: 1 } }, { id: 'growth', source: 'data:growth' }], ['a', 'b'])).toEqual(['cost']);
  });
});
