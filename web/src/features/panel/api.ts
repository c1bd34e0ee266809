import i18n from 'i18next';
import { ApiError, type Problem } from '../../shared/api/client';
import type { Answers, Argument, DataCard, ItemResult, Protocol, Question, Words } from '../../shared/delphi/model';
import { AnswerQueue } from './queue';

export interface PanelStudy {
  id: string;
  title: Words;
  purpose: Words;
  mode: 'rounds' | 'real_time';
  state: string;
  round: number;
  consented: boolean;
  data_cards: boolean;
  protocol: Protocol;
  protocol_hash: string;
  protocol_changes: { reason: string; at: string; hash: string }[];
  questions: Question[];
}

export interface PanelCard {
  item: string;
  field: string;
  zh: string;
  en: string;
  state: string;
  settled: boolean;
  data: boolean;
  own: Answers | null;
  earlier: Answers | null;
  feedback: { round: number; result: ItemResult } | null;
  arguments: Argument[];
}

const storageName = (ws: string) => `jianwei.seat.${ws}`;

/** The secret of a link: after the # of the address, which a browser sends to no server; kept as long as the tab lives. */
export function readSecret(ws: string): string {
  const given = window.location.hash.slice(1);
  if (given) sessionStorage.setItem(storageName(ws), given);
  return given || sessionStorage.getItem(storageName(ws)) || '';
}

/** A name for what is kept of a seat in this browser, from which the secret does not follow. */
export function seatKey(secret: string): string {
  let h = 0x811c9dc5;
  for (const c of secret) h = Math.imul(h ^ c.charCodeAt(0), 0x01000193) >>> 0;
  return h.toString(16);
}

/** What a seat may ask. No cookie goes with it: whoever is signed in on this machine has nothing to do with the answers. */
export class Seat {
  constructor(
    private readonly ws: string,
    private readonly secret: string,
  ) {}

  private async call<T>(method: string, path: string, json?: unknown): Promise<T> {
    const headers: Record<string, string> = { 'X-Seat': this.secret, 'Accept-Language': i18n.language };
    if (json !== undefined) headers['Content-Type'] = 'application/json';
    const response = await fetch(`/api/v1/w/${encodeURIComponent(this.ws)}/panel${path}`, { method, headers, credentials: 'omit', referrerPolicy: 'no-referrer', ...(json === undefined ? {} : { body: JSON.stringify(json) }) });
    if (!response.ok) throw new ApiError(response.status, (await response.json().catch(() => ({}))) as Problem);
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as T;
  }

  study = () => this.call<PanelStudy>('GET', '');
  cards = async () => (await this.call<{ items: PanelCard[] }>('GET', '/cards')).items;
  data = (item: string) => this.call<DataCard>('GET', `/cards/${item}/data`);
  save = (item: string, answers: Answers) => this.call<PanelCard>('PUT', `/cards/${item}`, answers);
  consent = () => this.call<undefined>('POST', '/consent', { text_version: '1' });
  argue = (item: string, text: string) => this.call<{ number: number }>('POST', `/cards/${item}/arguments`, { text });
  vote = (argument: number, on: boolean) => this.call<undefined>('PUT', '/votes', { argument, on });
  withdraw = () => this.call<{ result: 'answers_deleted' | 'link_cut' }>('POST', '/withdraw');
  export = () => this.call<unknown>('GET', '/export');

  /** The queue of this seat's answers; each saved card is handed to `saved`. */
  queue(saved: (card: PanelCard) => void): AnswerQueue {
    return new AnswerQueue(localStorage, `jianwei.answers.${seatKey(this.secret)}`, async (item, answers) => {
      try {
        saved(await this.save(item, answers));
        return { kind: 'kept' };
      } catch (error) {
        if (error instanceof ApiError && error.status < 500 && error.status !== 429 && error.status !== 408) return { kind: 'refused', status: error.status, reason: error.message };
        return { kind: 'unreached' };
      }
    });
  }

  forget(): void {
    sessionStorage.removeItem(storageName(this.ws));
    localStorage.removeItem(`jianwei.answers.${seatKey(this.secret)}`);
  }
}
