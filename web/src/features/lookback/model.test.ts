import { expect, it } from 'vitest';
import { readForecasts } from './model';

it('reads forecasts under Chinese and English headings and without any, and names the rows that say none', () => {
  expect(readForecasts([['概率', '编号', '专家'], ['70%', 't1', '王'], ['', 't2', '李'], ['0.4', 't3', '']])).toEqual({
    forecasts: [{ thing: 't1', member: '王', kind: 'expert', probability: 0.7, made_at: '' }, { thing: 't3', member: 'expert', kind: 'expert', probability: 0.4, made_at: '' }],
    rejects: [3],
  });
  const bare = readForecasts([['t1', '0.9', 'm', 'machine', '2026-01-01'], ['t2', '1.2'], ['t3', '0.5', 'x', 'oracle']]);
  expect(bare.forecasts).toEqual([{ thing: 't1', member: 'm', kind: 'machine', probability: 0.9, made_at: '2026-01-01' }]);
  expect(bare.rejects).toEqual([2, 3]);
});
