import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useApi } from './client';
import { useServerEvents, type ServerEvent } from './events';
import type { Page } from './records';
import type { components } from './schema';

export type Job = components['schemas']['Job'];

export const isOpen = (job: Job): boolean => job.state === 'queued' || job.state === 'running';

/** The jobs the server knows, kept fresh by its event stream (and by asking now and then while something runs). */
export function useJobs(): Job[] | undefined {
  const client = useQueryClient();
  const hear = useCallback(
    (event: ServerEvent) => {
      if (event.topic !== 'jobs') return;
      const job = event.data as Job;
      // An answer on its way may be older than the event: it must not have the last word.
      const asked = client.isFetching({ queryKey: ['/jobs'] }) > 0;
      let known = false;
      client.setQueriesData<Page<Job>>({ queryKey: ['/jobs'] }, (page) => {
        known = page?.items.some((one) => one.id === job.id) ?? false;
        return page && known ? { ...page, items: page.items.map((one) => (one.id === job.id ? job : one)) } : page;
      });
      if (!known || asked) void client.invalidateQueries({ queryKey: ['/jobs'] });
      if (job.state === 'done') void client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(`/w/${job.workspace}`) });
    },
    [client],
  );
  useServerEvents(hear);
  const jobs = useApi<Page<Job>>('/jobs', { limit: 50 }, { again: (page) => (page?.items.some(isOpen) ? 5000 : false) });
  return jobs.data?.items ?? (jobs.error ? [] : undefined);
}

export async function startJob(ws: string, kind: string, parameters: Record<string, unknown> = {}): Promise<Job> {
  return send<Job>('POST', `/w/${encodeURIComponent(ws)}/jobs`, { kind, parameters });
}
/** Starts a job that needs no parameters, and says so. */
export function useStartJob(ws: string): (kind: string) => Promise<void> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  return async (kind) => {
    try {
      await startJob(ws, kind);
      await client.invalidateQueries({ queryKey: ['/jobs'] });
      void message.success(t('jobs.started'));
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
}
export const cancelJob = (id: string): Promise<unknown> => send('POST', `/jobs/${id}/cancel`);
export const retryJob = (id: string): Promise<unknown> => send('POST', `/jobs/${id}/retry`);
