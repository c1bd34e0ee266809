// The words the catalogue counts with. One of them is one of them: "1 documents" becomes "1 document".
const plurals = /(^|[^\d.,/–-])1 ((?:accepted |source |new |false |such )?)(documents|entries|forecasts|answers|records|statements|candidates|times|points|questions|items|votes|files|years|groups|rounds|experts|works|topics|outcomes|countries|minutes|rows|steps|judgements|ties|members|conflicts|repeats|events|neighbours|signals|features|alerts|alarms|terms|sources|organisations|people|hours|days|seconds)\b/g;

/** English for a count of one; other counts and languages stay as they are. */
export const oneOf = (text: string): string =>
  text.replace(plurals, (_, before: string, kind: string, noun: string) => `${before}1 ${kind}${noun === 'people' ? 'person' : noun.endsWith('ies') ? `${noun.slice(0, -3)}y` : noun.slice(0, -1)}`);

/**
 * A pattern with its values, worded for a count of one: only the pattern's own words are; what people wrote, or what was worded before ("Level 1 terms"), stays.
 */
export function wordedPattern(pattern: string, values: Record<string, unknown>): string {
  const fill = (text: string, which: (value: unknown) => boolean) => text.replace(/\{\{(\w+)\}\}/g, (hole, name: string) => (which(values[name]) ? String(values[name] ?? '') : hole));
  return fill(oneOf(fill(pattern, isCount)), () => true);
}

const isCount = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && /^[\d.,]+$/.test(value));
