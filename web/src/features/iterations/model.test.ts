import { expect, it } from 'vitest';
import { chains, type Iteration } from './model';

it('a topic is followed from the machine over the experts to the next machine', () => {
  const view = (documents: number) => ({ label: { zh: '', en: `${documents}` }, documents });
  const turn = (iteration: number, topics: unknown[], judgements: unknown[] = []) => ({ iteration, topics, judgements }) as unknown as Iteration;
  const merge = { sequence: 1, kind: 'merge', object: { type: 'topic', id: 'topic-1' }, arguments: { others: ['topic-2'] } };
  const first = turn(1, [{ id: 'topic-1', what: 'changed', before: view(5), after: view(8) }, { id: 'topic-2', what: 'gone', before: view(3), after: null }, { id: 'topic-3', what: 'same', before: view(1), after: view(1) }], [merge]);
  const second = turn(2, [{ id: 'topic-1', what: 'same', before: view(9), after: view(9) }]);
  const all = chains([first, second], first);
  expect(all.map((chain) => [chain.id, chain.judgements.length, chain.hasNext])).toEqual([['topic-1', 1, true], ['topic-2', 1, true], ['topic-3', 0, true]]);
  expect(all[0]).toMatchObject({ machine: view(5), revised: view(8), next: view(9) });
  expect(all[1]?.revised).toBeUndefined();
  expect(chains([first, second], second)[0]?.hasNext).toBe(false);
});
