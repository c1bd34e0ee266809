import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { isSendable, type Answer, type Answers, type Question } from '../../shared/delphi/model';
import { readSecret, Seat, type PanelCard, type PanelStudy } from './api';
import { inOrder } from './model';

/** A seat as the page sees it: study, cards, the answers given here that the server may not have yet. */
export function useSeat(ws: string) {
  const [secret] = useState(() => readSecret(ws));
  const seat = useMemo(() => new Seat(ws, secret), [ws, secret]);
  const [study, setStudy] = useState<PanelStudy | null>(null);
  const [cards, setCards] = useState<PanelCard[] | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const [drafts, setDrafts] = useState<Record<string, Answers>>({});
  const typing = useRef<Record<string, ReturnType<typeof setTimeout>>>({});
  const typed = useRef(new Map<string, () => void>());

  const replace = useCallback((card: PanelCard) => setCards((old) => (old ? old.map((one) => (one.item === card.item ? card : one)) : old)), []);
  const queue = useMemo(() => seat.queue(replace), [seat, replace]);
  const state = useSyncExternalStore(queue.subscribe, queue.snapshot);

  const load = useCallback(async () => {
    try {
      const read = await seat.study();
      setStudy(read);
      if (read.consented) {
        setCards(inOrder(await seat.cards()));
        void queue.flush();
      }
      setProblem(null);
    } catch (error) {
      setProblem(error as Error);
    }
  }, [seat, queue]);

  useEffect(() => {
    void load();
    const retry = () => void queue.flush();
    const hasty = () => typed.current.forEach((send) => send());
    window.addEventListener('online', retry);
    window.addEventListener('pagehide', hasty);
    return () => {
      window.removeEventListener('online', retry);
      window.removeEventListener('pagehide', hasty);
      queue.close();
    };
  }, [load, queue]);

  // Refused: the study has moved on, or the rules have; what is shown must be what the server holds.
  const refusals = Object.keys(state.refused).length;
  useEffect(() => {
    if (refusals > 0) void load();
  }, [refusals, load]);

  /** What is shown as answered: what the server has, over it what waits, over it what is being typed. */
  const answersOf = (card: PanelCard): Answers => (study?.state === 'round_open' && !card.settled ? { ...(card.own ?? {}), ...(state.waiting[card.item] ?? {}), ...(drafts[card.item] ?? {}) } : (card.own ?? card.earlier ?? {}));

  const answer = (card: PanelCard, question: Question, given: Answer) => {
    setDrafts((old) => ({ ...old, [card.item]: { ...old[card.item], [question.id]: given } }));
    if (!isSendable(question, given)) return;
    const key = `${card.item} ${question.id}`;
    clearTimeout(typing.current[key]);
    const send = () => {
      clearTimeout(typing.current[key]);
      typed.current.delete(key);
      queue.put(card.item, question.id, given);
    };
    if (question.type !== 'text' && question.type !== 'year' && question.type !== 'probability') return send();
    typed.current.set(key, send);
    typing.current[key] = setTimeout(send, question.type === 'text' ? 900 : 350);
  };

  const refreshCards = async () => setCards(inOrder(await seat.cards()));
  return { secret, seat, study, cards, problem, queue: state, waiting: queue.size, answersOf, answer, load, refreshCards, retry: () => void queue.flush() };
}

export type SeatView = ReturnType<typeof useSeat>;
