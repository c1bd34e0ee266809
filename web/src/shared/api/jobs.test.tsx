// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, it, vi } from 'vitest';
import { useJobs } from './jobs';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

class Stream {
  static last: Stream;
  heard = new Map<string, (message: { data: string }) => void>();
  constructor() {
    Stream.last = this;
  }
  addEventListener(topic: string, hear: (message: { data: string }) => void) {
    this.heard.set(topic, hear);
  }
  close() {}
}

function States() {
  return <output>{useJobs()?.map((job) => job.state).join(' ')}</output>;
}

it('an answer that is older than an event has not the last word', async () => {
  const job = (state: string) => ({ id: 'j', workspace: 'w', kind: 'import', state });
  const answers: ((state: string) => void)[] = [];
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('fetch', () => new Promise((resolve) => answers.push((state) => resolve(new Response(JSON.stringify({ items: [job(state)] }), { headers: { 'Content-Type': 'application/json' } })))));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  render(<QueryClientProvider client={client}><States /></QueryClientProvider>);
  await act(async () => answers[0]?.('running'));
  await screen.findByText('running');
  await act(async () => void client.invalidateQueries({ queryKey: ['/jobs'] }));
  // The question is out; the job ends; only then the old answer arrives.
  await act(async () => Stream.last.heard.get('jobs')?.({ data: JSON.stringify(job('done')) }));
  await act(async () => answers[1]?.('running'));
  await act(async () => answers[2]?.('done'));
  await screen.findByText('done');
});
