import { useQueryClient } from '@tanstack/react-query';
import { send, useApi } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type RecordSet = Schemas['RecordSet'];
export type SetRequest = Schemas['RecordSetRequest'];
export type SetComparison = Schemas['SetComparison'];
export type ComparedTerm = Schemas['ComparedTerm'];
export type SavedView = Schemas['SavedView'];

const base = (ws: string, what: 'sets' | 'views') => `/w/${encodeURIComponent(ws)}/${what}`;

export const useSets = (ws: string) => useApi<{ items: RecordSet[]; total: number }>(base(ws, 'sets'), { limit: 500 });
export const useViews = (ws: string) => useApi<{ items: SavedView[]; total: number }>(base(ws, 'views'), { limit: 500 });
export const useComparison = (ws: string, a: string, b: string) => useApi<SetComparison>(a && b ? `${base(ws, 'sets')}/compare` : null, { a, b });

/** Keeps, renames and removes one's own sets or views; lists that show them follow. */
export function useKept(ws: string, what: 'sets' | 'views') {
  const client = useQueryClient();
  const path = base(ws, what);
  const then = async <T>(answer: Promise<T>): Promise<T> => {
    const value = await answer;
    await client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(path) });
    return value;
  };
  return {
    keep: <T>(body: unknown) => then(send<T>('POST', path, body)),
    rename: (id: string, name: string) => then(send('PATCH', `${path}/${encodeURIComponent(id)}`, { name })),
    remove: (id: string) => then(send('DELETE', `${path}/${encodeURIComponent(id)}`)),
  };
}
