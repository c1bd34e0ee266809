import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** One value of the address bar: filters, order and selection live there, so that every view can be sent as a link. */
export function useUrlValue(name: string, fallback = ''): [string, (value: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string | null) => {
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          if (value === null || value === '' || value === fallback) next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      );
    },
    [name, fallback, setParams],
  );
  return [params.get(name) ?? fallback, set];
}

export function useUrlList(name: string): [string[], (values: string[]) => void] {
  const [text, set] = useUrlValue(name);
  const values = text === '' ? [] : text.split(',');
  return [values, (next) => set(next.length > 0 ? next.join(',') : null)];
}

/** "2015-2020" of the address bar; null when every year is wanted. */
export function useUrlYears(name = 'y'): [[number, number] | null, (years: [number, number] | null) => void] {
  const [text, set] = useUrlValue(name);
  const match = /^(\d{4})-(\d{4})$/.exec(text);
  const years: [number, number] | null = match ? [Number(match[1]), Number(match[2])] : null;
  return [years, (next) => set(next ? `${next[0]}-${next[1]}` : null)];
}
