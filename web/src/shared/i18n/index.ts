import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import { wordedPattern } from './one_of';

export type Language = 'zh' | 'en';

const stored = (): Language => {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem('jianwei.language');
  if (kept === 'zh' || kept === 'en') return kept;
  return typeof navigator !== 'undefined' && navigator.language.startsWith('zh') ? 'zh' : 'en';
};

type Catalogue = Record<string, string>;
// Of the two catalogues only the one that is read is loaded.
const catalogue: Record<Language, () => Promise<{ default: Catalogue }>> = { zh: () => import('./zh.json'), en: () => import('./en.json') };
const first = stored();

/** English for a count of one, from the pattern and not from what it was filled with. */
function wordOne(filled: string, key: string | string[], values: Record<string, unknown>): string {
  const pattern: unknown = i18n.language === 'en' ? i18n.getResource('en', 'translation', typeof key === 'string' ? key : (key[0] ?? '')) : undefined;
  return typeof pattern === 'string' ? wordedPattern(pattern, values) : filled;
}

await i18n.use(initReactI18next).use({ type: 'postProcessor', name: 'one', process: wordOne }).init({
  postProcess: ['one'],
  lng: first,
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  resources: { [first]: { translation: (await catalogue[first]()).default } },
  interpolation: { escapeValue: false },
});

const mark = (): void => {
  if (typeof document !== 'undefined') document.documentElement.lang = i18n.language === 'zh' ? 'zh-CN' : 'en';
};
mark();

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem('jianwei.language', language);
  if (!i18n.hasResourceBundle(language, 'translation')) i18n.addResourceBundle(language, 'translation', (await catalogue[language]()).default);
  await i18n.changeLanguage(language);
  mark();
}

export default i18n;
