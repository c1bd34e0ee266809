import { describe, expect, it } from 'vitest';
import { light } from '../../shared/theme';
import { codesOf, countryMap } from './country_map';

const map = { features: [{ properties: { name: '中国' } }, { properties: { name: 'France' } }, { properties: { name: 'Deutschland', ISO_A2: 'DE' } }, { properties: { name: 'Atlantis' } }, { properties: null }] };

describe('codesOf', () => {
  it('knows places by code, else by their Chinese or English name', () => {
    expect(Object.fromEntries(codesOf(map, ['CN', 'FR', 'DE', 'unknown']))).toEqual({ 中国: 'CN', France: 'FR', Deutschland: 'DE' });
  });
});

it('the approval number is part of the picture', () => {
  const option = countryMap(light, [{ name: '中国', text: 'China', value: 4 }], 'GS(2024)0650号');
  expect((option.title as { text: string }).text).toBe('GS(2024)0650号');
});
