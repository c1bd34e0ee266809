import { describe, expect, it, vi } from 'vitest';
import type { Answers } from '../../shared/delphi/model';
import { AnswerQueue, type Sent } from './queue';

function memory(start: Record<string, string> = {}) {
  const kept = new Map(Object.entries(start));
  return { kept, getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
}

/** A server that answers as told, and remembers. */
function server(...replies: (Sent | Promise<Sent>)[]) {
  const got: [string, Answers][] = [];
  return {
    got,
    send: async (item: string, answers: Answers): Promise<Sent> => {
      got.push([item, answers]);
      return replies.length > 0 ? (replies.shift() as Sent | Promise<Sent>) : { kind: 'kept' };
    },
  };
}

const settled = async () => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

describe('AnswerQueue', () => {
  it('keeps an answer in storage until the server has it', async () => {
    const keep = memory();
    let done: (sent: Sent) => void = () => undefined;
    const remote = server(new Promise<Sent>((resolve) => (done = resolve)));
    const queue = new AnswerQueue(keep, 'q', remote.send);
    queue.put('item-1', 'importance', { option: 'top' });
    await settled();
    expect(JSON.parse(keep.kept.get('q') ?? '')).toEqual({ 'item-1': { importance: { option: 'top' } } });
    done({ kind: 'kept' });
    await settled();
    expect(keep.kept.has('q')).toBe(false);
    expect(queue.snapshot().savedAt).not.toBeNull();
  });

  it('tries again when the server was not reached, and a new tab sends what an old one could not', async () => {
    vi.useFakeTimers();
    const keep = memory();
    const remote = server({ kind: 'unreached' }, { kind: 'unreached' });
    const queue = new AnswerQueue(keep, 'q', remote.send, () => 1000);
    queue.put('item-1', 'importance', { option: 'top' });
    await vi.advanceTimersByTimeAsync(0);
    expect(queue.snapshot().offline).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(remote.got).toHaveLength(2);
    queue.close();
    const later = server();
    const second = new AnswerQueue(memory(Object.fromEntries(keep.kept)), 'q', later.send);
    await second.flush();
    expect(later.got).toEqual([['item-1', { importance: { option: 'top' } }]]);
    expect(second.size).toBe(0);
    vi.useRealTimers();
  });

  it('does not take an answer that changed under way for saved', async () => {
    let done: (sent: Sent) => void = () => undefined;
    const remote = server(new Promise<Sent>((resolve) => (done = resolve)));
    const queue = new AnswerQueue(memory(), 'q', remote.send);
    queue.put('item-1', 'importance', { option: 'low' });
    queue.put('item-1', 'importance', { option: 'top' });
    queue.put('item-2', 'importance', { option: 'none' });
    done({ kind: 'kept' });
    await settled();
    expect(remote.got).toEqual([
      ['item-1', { importance: { option: 'low' } }],
      ['item-2', { importance: { option: 'none' } }],
      ['item-1', { importance: { option: 'top' } }],
    ]);
    expect(queue.size).toBe(0);
  });

  it('tells a refusal, does not repeat it, and forgets it with the next answer', async () => {
    const remote = server({ kind: 'refused', status: 409, reason: 'closed' });
    const queue = new AnswerQueue(memory(), 'q', remote.send);
    queue.put('item-1', 'importance', { option: 'low' });
    await settled();
    expect(queue.snapshot().refused).toEqual({ 'item-1': 'closed' });
    expect(queue.size).toBe(0);
    queue.put('item-1', 'importance', { option: 'top' });
    await settled();
    expect(queue.snapshot().refused).toEqual({});
    expect(remote.got).toHaveLength(2);
  });

  it('starts empty on storage it cannot read', () => {
    expect(new AnswerQueue(memory({ q: '{broken' }), 'q', server().send).size).toBe(0);
  });
});
