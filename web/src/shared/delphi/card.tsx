import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './delphi.css';
import { GroupAnswer } from './group';
import { QuestionInput } from './inputs';
import { answerText, inLanguage, isAnswered, type Answer, type Answers, type ItemResult, type Question } from './model';

interface Props {
  questions: Question[];
  statement: string;
  field: string;
  answers: Answers;
  earlier?: Answers | null;
  result?: ItemResult | undefined;
  readOnly?: boolean;
  head?: ReactNode;
  onAnswer: (question: Question, answer: Answer) => void;
}

function Asked({ question, answer, earlier, result, readOnly, onAnswer }: { question: Question; answer: Answer | undefined; earlier: Answer | undefined; result: ItemResult | undefined; readOnly?: boolean | undefined; onAnswer: Props['onAnswer'] }) {
  const { t } = useTranslation();
  const id = useId();
  const group = isAnswered(question, answer ?? earlier) ? result?.questions[question.id] : undefined;
  const help = inLanguage(question.help);
  const spoken = answerText(question, earlier, (key) => t(`delphi.realized.${key}`));
  const inPlace = question.type === 'scale' || question.type === 'choice' || question.type === 'choices';
  return (
    <fieldset className={isAnswered(question, answer) ? 'dq done' : 'dq'}>
      <legend id={id}>
        {inLanguage(question.label)}
        {question.required ? <span className="dq-must"> {t('delphi.answer.required')}</span> : null}
      </legend>
      {help ? <p className="dq-hint">{help}</p> : null}
      {earlier && spoken && !inPlace ? <p className="dq-ghost">{t('delphi.answer.earlier_was', { answer: spoken })}</p> : null}
      <QuestionInput question={question} answer={answer} earlier={earlier} group={group} readOnly={readOnly ?? false} labelledBy={id} onChange={(next) => onAnswer(question, next)} />
      {!question.required && !readOnly && inPlace && question.type !== 'choices' ? (
        <button type="button" className={answer?.abstained ? 'dq-link on' : 'dq-link'} aria-pressed={answer?.abstained ?? false} onClick={() => onAnswer(question, { abstained: true })}>
          {t('delphi.answer.abstain')}
        </button>
      ) : null}
      <GroupAnswer question={question} result={group} own={answer} />
    </fieldset>
  );
}

/** One statement with its questions: what a panellist answers and what a moderator previews. */
export function StatementCard({ questions, statement, field, answers, earlier, result, readOnly, head, onAnswer }: Props) {
  return (
    <article className="dq-card">
      <div className="dq-field">{field}</div>
      <h1 tabIndex={-1}>{statement}</h1>
      {head}
      {questions.map((question) => (
        <Asked key={question.id} question={question} answer={answers[question.id]} earlier={earlier?.[question.id]} result={result} readOnly={readOnly} onAnswer={onAnswer} />
      ))}
    </article>
  );
}
