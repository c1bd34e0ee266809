import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import zh from './zh.json';

export type Language = 'zh' | 'en';

const stored = (): Language => {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem('jianwei.language');
  if (kept === 'zh' || kept === 'en') return kept;
  return typeof navigator !== 'undefined' && navigator.language.startsWith('zh') ? 'zh' : 'en';
};

void i18n.use(initReactI18next).init({
  lng: stored(),
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  resources: { zh: { translation: zh }, en: { translation: en } },
  interpolation: { escapeValue: false },
});

const mark = (): void => {
  if (typeof document !== 'undefined') document.documentElement.lang = i18n.language === 'zh' ? 'zh-CN' : 'en';
};
mark();

export function setLanguage(language: Language): void {
  localStorage.setItem('jianwei.language', language);
  void i18n.changeLanguage(language).then(mark);
}

export default i18n;
