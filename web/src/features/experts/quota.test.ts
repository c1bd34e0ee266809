import { expect, it } from 'vitest';
import { quotaText, readQuota } from './quota';

it('quotas stand in the address as the server reads them', () => {
  for (const text of ['sector=industry:3-5', 'field=a: b:2', 'gender=female:0-4']) expect(quotaText(readQuota(text))).toBe(text);
  expect(quotaText({ attribute: 'region', value: 'A, B', least: 1, greatest: -1 })).toBe('region=A  B:1');
});
