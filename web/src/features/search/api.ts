import type { UseQueryResult } from '@tanstack/react-query';
import { useApi } from '../../shared/api/client';
import type { DocumentRow } from '../../shared/api/records';
import type { components } from '../../shared/api/schema';
import { filterPath } from './model';

type Schemas = components['schemas'];
export type Facets = Record<string, Schemas['NamedCount'][]>;

/** What a page shows, whether words were asked for (ranked) or conditions alone (by date). */
export interface Found {
  items: DocumentRow[];
  total: number;
  matches: number;
  all_words: boolean;
  facets: Facets;
}

/** Documents for words, conditions, or both; the last answer stays until the next is here. */
export function useFound(base: string, q: string, method: string, conditions: string[], page: number, perPage: number): Pick<UseQueryResult<Found, Error>, 'data' | 'error' | 'isPending' | 'isPlaceholderData' | 'failureReason' | 'refetch'> {
  const common = { facets: 'true', limit: String(perPage), cursor: page > 1 ? String((page - 1) * perPage) : '' };
  const path = q ? filterPath(`${base}/search`, { q, method, ...common }, conditions) : conditions.length > 0 ? filterPath(`${base}/records`, common, conditions) : null;
  const answer = useApi<Schemas['SearchPage'] | Schemas['DocumentPage']>(path, undefined, { steady: true });
  const data = answer.data;
  const found: Found | undefined = data && {
    items: data.items,
    total: data.total,
    matches: 'matches' in data ? data.matches : data.total,
    all_words: 'all_words' in data ? data.all_words : true,
    facets: Object.fromEntries(Object.entries(data.facets ?? {}).filter(([name]) => name !== 'years')) as Facets,
  };
  return { ...answer, data: found } as ReturnType<typeof useFound>;
}
