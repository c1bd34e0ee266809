import { inLanguage, isAnswered, type Answers, type Question } from '../../shared/delphi/model';
import type { PanelCard } from './api';

export type CardState = 'settled' | 'open' | 'begun' | 'done';

/** A card is done when every question that needs an answer has one, and any question at all. */
export function cardState(questions: Question[], card: Pick<PanelCard, 'settled'>, answers: Answers): CardState {
  if (card.settled) return 'settled';
  const answered = questions.filter((question) => isAnswered(question, answers[question.id]));
  if (answered.length === 0) return 'open';
  return questions.every((question) => !question.required || answered.includes(question)) ? 'done' : 'begun';
}

export const answeredCount = (questions: Question[], answers: Answers): number => questions.filter((question) => isAnswered(question, answers[question.id])).length;

/** Cards to answer first; what is settled is read at the end. */
export const inOrder = (cards: PanelCard[]): PanelCard[] => [...cards.filter((card) => !card.settled), ...cards.filter((card) => card.settled)];

/** The next card that is not done, after this one and round the corner; null when all are. */
export function nextOpen(states: CardState[], after: number): number | null {
  for (let i = 1; i <= states.length; i += 1) {
    const at = (after + i) % states.length;
    if (states[at] === 'open' || states[at] === 'begun') return at;
  }
  return null;
}

export const statementOf = (card: Pick<PanelCard, 'zh' | 'en'>): string => inLanguage(card);

/** "12:03", whatever the language. */
export const clock = (at: Date): string => `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
