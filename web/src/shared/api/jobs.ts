import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { send, useApi } from './client';
import { useServerEvents, type ServerEvent } from './events';
import type { Page } from './records';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Job {
  id: string | number;
  kind: string;
  workspace?: string;
  state: JobState;
  stage?: string;
  progress?: number;
  eta_seconds?: number | null;
  message?: string;
  error?: string;
  created_by?: string;
  created_at?: string;
  started_at?: string | null;
  finished_at?: string | null;
}

export const isOpen = (job: Job): boolean => job.state === 'queued' || job.state === 'running';

const normalState = (state: string): JobState => (state === 'finished' || state === 'succeeded' || state === 'success' ? 'done' : state === 'canceled' ? 'cancelled' : state === 'waiting' || state === 'pending' ? 'queued' : (state as JobState));

/** The jobs the server knows, kept fresh by its event stream (and by asking now and then while something runs). */
export function useJobs(): Job[] | undefined {
  const client = useQueryClient();
  const hear = useCallback(
    (event: ServerEvent) => {
      if (event.topic !== 'jobs') return;
      void client.invalidateQueries({ queryKey: ['/jobs'] });
      const job = event.data as Partial<Job> | null;
      if (job && (job.state as string | undefined) && normalState(job.state as string) === 'done') void client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith('/w/') });
    },
    [client],
  );
  useServerEvents(hear);
  const jobs = useApi<Page<Job>>('/jobs', { limit: 50 });
  return jobs.data?.items.map((job) => ({ ...job, state: normalState(job.state) }));
}

export async function startJob(ws: string, kind: string, parameters: Record<string, unknown> = {}): Promise<Job> {
  return send<Job>('POST', `/w/${encodeURIComponent(ws)}/jobs`, { kind, parameters });
}
export const cancelJob = (id: string | number): Promise<unknown> => send('POST', `/jobs/${id}/cancel`);
export const retryJob = (id: string | number): Promise<unknown> => send('POST', `/jobs/${id}/retry`);
