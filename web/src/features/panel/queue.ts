import type { Answer, Answers } from '../../shared/delphi/model';

/** What the queue needs of a browser's storage. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export type Sent = { kind: 'kept' } | { kind: 'refused'; status: number; reason: string } | { kind: 'unreached' };

export interface QueueState {
  waiting: Record<string, Answers>;
  refused: Record<string, string>;
  sending: boolean;
  offline: boolean;
  savedAt: Date | null;
}

/**
 * Answers on their way to the server. Every answer is written to the browser's storage before it is sent and leaves it only when the server has confirmed it, so that
 * neither a lost connection nor a closed tab loses one. A refusal of the server (the round has closed, say) is not tried again: it is told.
 */
export class AnswerQueue {
  private state: QueueState = { waiting: {}, refused: {}, sending: false, offline: false, savedAt: null };
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly keep: Keep,
    private readonly key: string,
    private readonly send: (item: string, answers: Answers) => Promise<Sent>,
    private readonly wait: (tries: number) => number = (tries) => Math.min(30_000, 1000 * 2 ** Math.min(tries, 5)),
  ) {
    this.set({ waiting: readWaiting(keep.getItem(key)) });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): QueueState => this.state;

  get size(): number {
    return Object.values(this.state.waiting).reduce((sum, answers) => sum + Object.keys(answers).length, 0);
  }

  put(item: string, question: string, answer: Answer): void {
    const { [item]: _, ...refused } = this.state.refused;
    this.set({ waiting: { ...this.state.waiting, [item]: { ...this.state.waiting[item], [question]: answer } }, refused });
    void this.flush();
  }

  /** Sends what waits, one card after another; returns when nothing waits any more or the server cannot be reached. */
  async flush(): Promise<void> {
    if (this.state.sending) return;
    clearTimeout(this.timer);
    this.set({ sending: true });
    for (;;) {
      const item = Object.keys(this.state.waiting)[0];
      if (item === undefined) break;
      const answers = this.state.waiting[item] ?? {};
      const sent = await this.send(item, answers);
      if (sent.kind === 'unreached') {
        this.set({ sending: false, offline: true });
        this.timer = setTimeout(() => void this.flush(), this.wait(this.tries));
        this.tries += 1;
        return;
      }
      this.tries = 0;
      // An answer changed while it was under way stays: only what was sent is done.
      const left = Object.fromEntries(Object.entries(this.state.waiting[item] ?? {}).filter(([question, answer]) => answers[question] !== answer));
      const { [item]: _, ...others } = this.state.waiting;
      const waiting = Object.keys(left).length > 0 ? { ...others, [item]: left } : others;
      this.set(sent.kind === 'kept' ? { waiting, offline: false, savedAt: new Date() } : { waiting, offline: false, refused: { ...this.state.refused, [item]: sent.reason } });
    }
    this.set({ sending: false });
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private set(change: Partial<QueueState>): void {
    this.state = { ...this.state, ...change };
    if (change.waiting) {
      if (Object.keys(change.waiting).length === 0) this.keep.removeItem(this.key);
      else this.keep.setItem(this.key, JSON.stringify(change.waiting));
    }
    for (const listener of this.listeners) listener();
  }
}

function readWaiting(text: string | null): Record<string, Answers> {
  try {
    const read: unknown = JSON.parse(text ?? '{}');
    return read !== null && typeof read === 'object' ? (read as Record<string, Answers>) : {};
  } catch {
    return {};
  }
}
