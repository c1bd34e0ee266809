import i18n from 'i18next';
import { isNumber } from '../format';

/** Words as the server sends them, in two languages. */
export interface Words {
  zh: string;
  en: string;
}

export type QuestionType = 'scale' | 'choice' | 'choices' | 'year' | 'probability' | 'ranking' | 'allocation' | 'text';

export interface Option {
  id: string;
  label: Words;
  score: number;
}

export interface Question {
  id: string;
  type: QuestionType;
  role: string;
  label: Words;
  help: Words;
  options: Option[];
  first_year: number;
  last_year: number;
  allow_already: boolean;
  allow_never: boolean;
  allow_unknown: boolean;
  total: number;
  most: number;
  required: boolean;
  max_characters: number;
}

export type Realized = 'already' | 'never' | 'unknown';

export interface Answer {
  abstained?: boolean;
  option?: string;
  options?: string[];
  points?: number[];
  year?: number;
  realized?: Realized;
  number?: number;
  text?: string;
}

export type Answers = Record<string, Answer>;

export interface Protocol {
  deciding_question: string;
  measure: 'agreement_share' | 'interquartile_range' | 'tastle_wierman';
  threshold: number;
  agree_from: number;
  agree_to: number;
  disagree_from: number;
  disagree_to: number;
  quantiles: number;
  least_unchanged: number;
  least_answers: number;
  least_rounds: number;
  most_rounds: number;
  reopening_arguments: number;
  small_cell: number;
  feedback_answers: number;
  data_cards: 'shown' | 'held' | 'split';
  control_share: number;
}

/** A figure, or why there is none. */
export type Figure = number | { undefined: string } | null | undefined;
export const figure = (value: Figure): number | null => (isNumber(value) ? value : null);

export interface QuestionResult {
  answered: number;
  abstained: number;
  counts?: number[];
  mean?: Figure;
  median?: Figure;
  lower_quartile?: Figure;
  upper_quartile?: Figure;
  interquartile_range?: Figure;
  bimodality?: Figure;
  consensus?: Figure;
  agreement?: Figure;
  index?: Figure;
  weighted_index?: Figure;
  already?: Figure;
  never?: Figure;
  unknown?: Figure;
  years?: number;
  mean_rank?: number[];
  mean_points?: number[];
}

export interface Camp {
  side: 'agree' | 'between' | 'disagree';
  hidden: boolean;
  experts?: number;
  share?: Figure;
  knowing_share?: Figure;
  arguments: number[];
}

export interface ItemResult {
  item: string;
  round: number;
  cards: number;
  state: string;
  enough_answers: boolean;
  is_consensus: boolean;
  is_stable: boolean;
  measured: Figure;
  stability: { pairs: number; unchanged: Figure; net_change: Figure; kappa: Figure; kappa_low: number; kappa_high: number; cv_change: Figure; toward_median: Figure };
  questions: Record<string, QuestionResult>;
  dissent: { two_camps: boolean; knowing_minority: boolean; polarization: Figure; bimodality: Figure; camps: Camp[] };
}

export interface Argument {
  number: number;
  category: number;
  votes: number;
  text: string;
  own?: boolean;
  voted?: boolean;
}

/** What the data said of an item when it was made: frozen with the item, the same for everybody. */
export interface DataCard {
  topic: string;
  label: Words;
  taken: string;
  series: [number, number][];
  forecast?: { level: number; years: { year: number; value: number; low: number; high: number }[] };
  documents: { id: string; title: string; year: number | null; source: string }[];
}

export const inLanguage = (words: Partial<Words> | undefined, language: string = i18n.language): string => {
  const [first, second] = language === 'en' ? [words?.en, words?.zh] : [words?.zh, words?.en];
  return first || second || '';
};

/** Where a category 1..K of the deciding scale stands. */
export const sideOf = (protocol: Pick<Protocol, 'agree_from' | 'agree_to' | 'disagree_from' | 'disagree_to'>, category: number): Camp['side'] => {
  if (category >= protocol.agree_from && category <= protocol.agree_to) return 'agree';
  return category >= protocol.disagree_from && category <= protocol.disagree_to ? 'disagree' : 'between';
};

/** Whether an answer is whole, so that the server takes it. */
export function isAnswered(question: Question, answer: Answer | undefined): boolean {
  if (!answer) return false;
  if (answer.abstained) return !question.required;
  switch (question.type) {
    case 'scale':
    case 'choice':
      return question.options.some((option) => option.id === answer.option);
    case 'choices':
      return (answer.options ?? []).length > 0;
    case 'ranking':
      return (answer.options ?? []).length === question.options.length;
    case 'allocation':
      return remaining(question, answer) === 0 && answer.points?.length === question.options.length;
    case 'year':
      return answer.realized !== undefined || (isNumber(answer.year) && answer.year >= question.first_year && answer.year <= question.last_year);
    case 'probability':
      return isNumber(answer.number);
    case 'text':
      return (answer.text ?? '').trim() !== '';
  }
}

/** Whether the server would take it: whole, or emptied again where that is allowed. */
export const isSendable = (question: Question, answer: Answer): boolean => isAnswered(question, answer) || (question.type === 'text' && answer.text === '') || (question.type === 'choices' && !question.required && answer.options?.length === 0);

export const remaining = (question: Question, answer: Answer | undefined): number => question.total - (answer?.points ?? []).reduce((sum, n) => sum + n, 0);

/** Moves the option at a place of a ranking by some steps. */
export function moved(order: string[], from: number, to: number): string[] {
  const next = [...order];
  const [taken] = next.splice(from, 1);
  if (taken !== undefined) next.splice(Math.max(0, Math.min(next.length, to)), 0, taken);
  return next;
}

/** An answer in words. */
export function answerText(question: Question, answer: Answer | undefined, word: (key: string) => string): string {
  if (!answer) return '';
  if (answer.abstained) return word('abstained');
  const label = (id: string | undefined) => inLanguage(question.options.find((option) => option.id === id)?.label);
  switch (question.type) {
    case 'scale':
    case 'choice':
      return label(answer.option);
    case 'choices':
      return (answer.options ?? []).map(label).join(' · ');
    case 'ranking':
      return (answer.options ?? []).map((id, i) => `${i + 1} ${label(id)}`).join(' · ');
    case 'allocation':
      return question.options.map((option, i) => `${inLanguage(option.label)} ${answer.points?.[i] ?? 0}`).join(' · ');
    case 'year':
      return answer.realized ? word(answer.realized) : String(answer.year ?? '');
    case 'probability':
      return isNumber(answer.number) ? `${answer.number}%` : '';
    case 'text':
      return answer.text ?? '';
  }
}

/** The place 1..K of the answer on its scale; null where it has none. */
export function placeOf(question: Question, answer: Answer | undefined): number | null {
  const place = question.options.findIndex((option) => option.id === answer?.option);
  return place < 0 ? null : place + 1;
}

/** Whether the own answer lies outside the middle half of the group. */
export function isOutside(question: Question, answer: Answer | undefined, result: QuestionResult | undefined): boolean {
  const low = figure(result?.lower_quartile);
  const high = figure(result?.upper_quartile);
  const own = question.type === 'year' ? (answer?.year ?? null) : question.type === 'probability' ? (answer?.number ?? null) : placeOf(question, answer);
  return low !== null && high !== null && own !== null && (own < low || own > high);
}
