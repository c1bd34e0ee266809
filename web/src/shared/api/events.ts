import { useEffect } from 'react';

export interface ServerEvent {
  topic: string;
  data: unknown;
}

type Listener = (event: ServerEvent) => void;

const topics = ['jobs', 'alerts', 'judgements'];
const listeners = new Set<Listener>();
let source: EventSource | null = null;

function open(): void {
  if (source || typeof EventSource === 'undefined') return;
  source = new EventSource(`/api/v1/events?topics=${topics.join(',')}`);
  const hear = (topic: string) => (message: MessageEvent<string>) => {
    let data: unknown;
    try {
      data = JSON.parse(message.data);
    } catch {
      return;
    }
    listeners.forEach((listener) => listener({ topic, data }));
  };
  for (const topic of topics) {
    source.addEventListener(topic, hear(topic));
    source.addEventListener(topic.slice(0, -1), hear(topic));
  }
}

/** Calls back on what the server says of its own accord: one stream a tab, opened by the first listener and closed after the last. */
export function useServerEvents(listener: Listener): void {
  useEffect(() => {
    listeners.add(listener);
    open();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) {
        source?.close();
        source = null;
      }
    };
  }, [listener]);
}
