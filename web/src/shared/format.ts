import i18n from 'i18next';

/** The one place where numbers, dates, shares and uncertainty become text. */
const locale = (): string => (i18n.language === 'en' ? 'en-US' : 'zh-CN');
const dash = '–';

export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

export function count(value: number | null | undefined): string {
  return isNumber(value) ? new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }).format(value) : dash;
}

export function decimal(value: number | null | undefined, digits = 2): string {
  // Nothing is minus nothing.
  return isNumber(value) ? new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'negative' }).format(value) : dash;
}

export function share(value: number | null | undefined, digits = 1): string {
  return isNumber(value) ? `${decimal(100 * value, digits)}%` : dash;
}

export function signed(value: number | null | undefined, digits = 0): string {
  if (!isNumber(value)) return dash;
  return (value > 0 ? '+' : value < 0 ? '−' : '') + decimal(Math.abs(value), digits);
}

/** Yearly growth of a share from a log slope; growth after nothing has no rate. */
export function yearlyGrowth(logSlope: number | null | undefined): string {
  if (!isNumber(logSlope)) return dash;
  const rate = Math.expm1(logSlope);
  return rate > 9 ? '>+900%' : `${signed(100 * rate)}%`;
}

export function growthInterval(low: number | null | undefined, high: number | null | undefined): string {
  if (!isNumber(low) || !isNumber(high)) return dash;
  return `${yearlyGrowth(low)} … ${yearlyGrowth(high)}`;
}

export function probability(p: number | null | undefined): string {
  if (!isNumber(p)) return dash;
  return p < 0.001 ? '<0.001' : decimal(p, 3);
}

export function date(value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === '') return dash;
  const text = typeof value === 'number' ? new Date(value * (value < 1e12 ? 1000 : 1)).toISOString() : value;
  return text.slice(0, 10);
}

export function moment(value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === '') return dash;
  const at = new Date(typeof value === 'number' && value < 1e12 ? value * 1000 : value);
  if (Number.isNaN(at.getTime())) return String(value);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function bytes(value: number | null | undefined): string {
  if (!isNumber(value)) return dash;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${decimal(size, unit === 0 ? 0 : 1)} ${units[unit]}`;
}

export function duration(seconds: number | null | undefined): string {
  if (!isNumber(seconds)) return dash;
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return i18n.t('time.seconds', { n: s });
  if (s < 3600) return i18n.t('time.minutes', { n: Math.round(s / 60) });
  return i18n.t('time.hours', { n: decimal(s / 3600, 1) });
}

/** Years from the first to the last; one year stands alone. */
export const yearSpan = (first: number | null | undefined, last: number | null | undefined): string => (first ? (last && last !== first ? `${first}–${last}` : String(first)) : dash);

/** Names in the order a Chinese reader expects (pinyin), which also sorts Latin letters. */
export const byName = new Intl.Collator('zh-u-co-pinyin').compare;
