import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type Iteration = Schemas['Iteration'];
export type View = Schemas['TopicView'];

export interface Chain {
  id: string;
  what: Schemas['TopicDifference']['what'];
  machine: View | undefined;
  revised: View | undefined;
  /** What the machine said in the run after the revision; undefined where the topic is not there, or nothing was run yet (hasNext). */
  next: View | undefined;
  hasNext: boolean;
  judgements: Iteration['judgements'];
}

/** Whether nothing that is shown of a topic changed between two views of it. */
export function standsAsIs(a: View | undefined, b: View | undefined): boolean {
  if (!a || !b) return a === b;
  return a.documents === b.documents && a.label?.zh === b.label?.zh && a.label?.en === b.label?.en;
}

/** Ids a judgement speaks of: its object and, in a merge, those taken in. */
function objectsOf(event: Iteration['judgements'][number]): string[] {
  const given = event.arguments as { others?: unknown; to?: unknown } | undefined;
  const others = Array.isArray(given?.others) ? given.others.map(String) : [];
  return [event.object.id, ...others, ...(typeof given?.to === 'string' ? [given.to] : [])];
}

/** Each topic of a turn with what the machine said, what experts made of it, and what the machine said next. */
export function chains(all: Iteration[], turn: Iteration): Chain[] {
  const next = all.find((one) => one.iteration === turn.iteration + 1);
  const then = new Map((next?.topics ?? []).map((topic) => [topic.id, topic.before ?? undefined]));
  return turn.topics
    .map((topic) => ({
      id: topic.id,
      what: topic.what,
      machine: topic.before ?? undefined,
      revised: topic.after ?? undefined,
      next: then.get(topic.id),
      hasNext: next !== undefined,
      judgements: turn.judgements.filter((event) => objectsOf(event).includes(topic.id)),
    }))
    .sort((a, b) => b.judgements.length - a.judgements.length);
}
