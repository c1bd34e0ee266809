import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import en from './en.json';
import { oneOf, wordedPattern } from './one_of';
import zh from './zh.json';

const root = join(import.meta.dirname, '../..');
const files = (readdirSync(root, { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts') && !name.endsWith('.test.tsx'));
const sources = files.map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(root, name), 'utf8') }));
const has = (key: string) => key in en;

describe('a count of one', () => {
  it('is worded as one in English, and only a count of one is', () => {
    expect(oneOf('1 documents, 21 documents, 1,001 documents, 0.1 points')).toBe('1 document, 21 documents, 1,001 documents, 0.1 points');
    expect(oneOf('1 entries · 1 accepted entries · 1 countries · from 1 people')).toBe('1 entry · 1 accepted entry · 1 country · from 1 person');
    expect(oneOf('2016–1 documents')).toBe('2016–1 documents');
  });

  it('leaves the words alone that a sentence is filled with', () => {
    expect(wordedPattern('{{title}}: {{n}} documents', { title: 'Level 1 terms', n: 1 })).toBe('Level 1 terms: 1 document');
    expect(wordedPattern('{{title}}: {{n}} documents', { title: 'Top {{n}}', n: '1,001' })).toBe('Top {{n}}: 1,001 documents');
    expect(wordedPattern('{{n}} records{{more}}', { n: '1' })).toBe('1 record');
  });

  it('is worded by the translation itself', async () => {
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
    const { default: i18n, setLanguage } = await import('.');
    await setLanguage('en');
    expect(i18n.t('documents.count', { n: 1 })).toBe('1 document');
    expect(i18n.t('expert.added', { name: 'Level 1 terms' })).toBe('Level 1 terms is in the library');
    await setLanguage('zh');
    expect(i18n.t('documents.count', { n: 1 })).toBe(zh['documents.count'].replace('{{n}}', '1'));
    vi.unstubAllGlobals();
  });
});

describe('catalogues', () => {
  it('hold the same keys in both languages, none empty', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)]) expect(text.trim(), key).not.toBe('');
  });

  it('name the same values in both languages', () => {
    const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();
    for (const key of Object.keys(en) as (keyof typeof en)[]) expect(values(zh[key]), key).toEqual(values(en[key]));
  });

  it('know every key the code asks for', () => {
    const missing = sources.flatMap(({ name, text }) => [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map((m) => m[1] ?? '').filter((key) => !has(key)).map((key) => `${name}: ${key}`));
    expect(missing).toEqual([]);
  });

  it('know the family of every key that is put together', () => {
    const families = new Set(Object.keys(en).flatMap((key) => key.split('.').map((_, i, parts) => `${parts.slice(0, i + 1).join('.')}.`)));
    const unknown = sources.flatMap(({ name, text }) => [...text.matchAll(/\bt\(\s*`([a-z_.]+\.)\$\{/g)].map((m) => m[1] ?? '').filter((prefix) => !families.has(prefix)).map((prefix) => `${name}: ${prefix}`));
    expect(unknown).toEqual([]);
  });

  it('are the only place of Chinese text', () => {
    const allowed = /见微|['"]中['"]|中文/g;
    const spoken = sources.filter(({ text }) => /[\u4e00-\u9fff]/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').replace(allowed, ''))).map(({ name }) => name);
    expect(spoken).toEqual([]);
  });
});

describe('layers', () => {
  it('import one way: shared <- features <- app, and features not one another', () => {
    const wrong = sources.flatMap(({ name, text }) => {
      const [layer, feature] = name.split('/');
      return [...text.matchAll(/from '(\.[^']+)'/g)]
        .map((m) => join('/', name, '..', m[1] ?? '').slice(1).replaceAll('\\', '/'))
        .filter((target) => {
          const [to, other] = target.split('/');
          if (layer === 'shared') return to !== 'shared';
          if (layer === 'features') return to === 'app' || (to === 'features' && other !== feature);
          return false;
        })
        .map((target) => `${name} -> ${target}`);
    });
    expect(wrong).toEqual([]);
  });
});
