import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import i18n from 'i18next';

/** The body of an error as the server sends it (RFC 9457). */
export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  field?: string;
}

export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

export type Query = Record<string, string | number | boolean | undefined | null>;

let csrf = '';
export const setCsrf = (token: string): void => {
  csrf = token;
};

export function withQuery(path: string, query?: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

async function failure(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  return new ApiError(response.status, problem);
}

async function call(method: string, path: string, init: { json?: unknown; body?: BodyInit; signal?: AbortSignal } = {}): Promise<Response> {
  const headers: Record<string, string> = { 'Accept-Language': i18n.language || 'zh' };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  if (method === 'POST') headers['Idempotency-Key'] = crypto.getRandomValues(new Uint32Array(4)).join('-');
  if (init.json !== undefined) headers['Content-Type'] = 'application/json';
  if (init.body !== undefined) headers['Content-Type'] = 'application/octet-stream';
  const request: RequestInit = { method, headers, credentials: 'same-origin' };
  if (init.json !== undefined) request.body = JSON.stringify(init.json);
  if (init.body !== undefined) request.body = init.body;
  if (init.signal) request.signal = init.signal;
  const response = await fetch(`/api/v1${path}`, request);
  if (!response.ok) throw await failure(response);
  return response;
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const response = await call('GET', withQuery(path, query), signal ? { signal } : {});
  return (await response.json()) as T;
}

export async function getBytes(path: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await call('GET', path, signal ? { signal } : {});
  return response.arrayBuffer();
}

export async function send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, json?: unknown): Promise<T> {
  const response = await call(method, path, json === undefined ? {} : { json });
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export async function sendBytes<T>(path: string, body: Blob, method: 'PUT' | 'POST' = 'PUT'): Promise<T> {
  const response = await call(method, path, { body });
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/**
 * The one way a component reads from the server; `path` null waits. Labels depend on the language, so it is part of the key. `again` says after how many milliseconds it asks once more. With `steady` what was last shown
 * stays until the answer to the next question is here (isPlaceholderData says so): a list does not go blank while a filter is applied.
 */
export function useApi<T>(path: string | null, query?: Query, { steady = false, again }: { steady?: boolean; again?: (data: T | undefined) => number | false } = {}): UseQueryResult<T, Error> {
  return useQuery<T, Error>({
    ...(again ? { refetchInterval: (asked) => again(asked.state.data) } : {}),
    queryKey: [path, query ?? {}, i18n.language],
    queryFn: ({ signal }) => get<T>(path ?? '', query, signal),
    enabled: path !== null,
    ...(steady ? { placeholderData: keepPreviousData } : {}),
  });
}

/** True where the server does not (yet) hold what was asked for: an empty state, not an error. */
export const isAbsent = (error: unknown): boolean => error instanceof ApiError && (error.status === 404 || error.status === 501);
