import i18n from 'i18next';

/** A label as the server may send it: one text, or one for each language. */
export interface Labelled {
  id?: string;
  label?: string | { zh?: string; en?: string };
  label_zh?: string;
  label_en?: string;
}

export function labelOf(thing: Labelled | null | undefined, language: string = i18n.language): string {
  if (!thing) return '';
  const both = typeof thing.label === 'object' ? thing.label : { zh: thing.label_zh ?? '', en: thing.label_en ?? '' };
  const first = language === 'en' ? both.en : both.zh;
  const second = language === 'en' ? both.zh : both.en;
  return first || (typeof thing.label === 'string' ? thing.label : '') || second || thing.id || '';
}

/** A sentence of the server in the language of the page: `message` is English, `message_zh` Chinese. */
export function said<K extends string>(thing: { [key in K | `${K}_zh`]?: string }, key: K, language: string = i18n.language): string {
  const chinese = thing[`${key}_zh` as const];
  return (language !== 'en' && chinese) || thing[key] || '';
}
