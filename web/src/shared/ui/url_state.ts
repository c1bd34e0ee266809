import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

type Next<T> = T | ((old: T) => T);
const resolve = <T>(next: Next<T>, old: T): T => (typeof next === 'function' ? (next as (old: T) => T)(old) : next);

// The router draws a new address some time after it was asked for, and its own updater starts from the address last drawn: of two quick changes
// the first would be lost. So a change starts from what was asked for last, until the browser shows it.
let asked: URLSearchParams | null = null;

function change(edit: (params: URLSearchParams) => void): URLSearchParams {
  const params = new URLSearchParams(asked ?? window.location.search);
  edit(params);
  asked = params;
  setTimeout(() => {
    if (asked === params) asked = null;
  }, 0);
  return params;
}

/** One value of the address bar: filters, order and selection live there, so that every view can be sent as a link. */
export function useUrlValue(name: string, fallback = ''): [string, (next: Next<string> | null) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (next: Next<string> | null) => {
      const changed = change((params) => {
        const value = next === null ? '' : resolve(next, params.get(name) ?? fallback);
        if (value === '' || value === fallback) params.delete(name);
        else params.set(name, value);
      });
      setParams(changed, { replace: true });
    },
    [name, fallback, setParams],
  );
  return [params.get(name) ?? fallback, set];
}

const listOf = (text: string): string[] => (text === '' ? [] : text.split(','));

export function useUrlList(name: string): [string[], (next: Next<string[]>) => void] {
  const [text, set] = useUrlValue(name);
  return [listOf(text), (next) => set((old) => resolve(next, listOf(old)).join(','))];
}

/** The list with the value added, or taken out when it was there. */
export const toggled = (value: string) => (list: string[]): string[] => (list.includes(value) ? list.filter((other) => other !== value) : [...list, value]);

/** "2015-2020" of the address bar; null when every year is wanted. */
export function useUrlYears(name = 'y'): [[number, number] | null, (years: [number, number] | null) => void] {
  const [text, set] = useUrlValue(name);
  const match = /^(\d{4})-(\d{4})$/.exec(text);
  const years: [number, number] | null = match ? [Number(match[1]), Number(match[2])] : null;
  return [years, (next) => set(next ? `${next[0]}-${next[1]}` : null)];
}
