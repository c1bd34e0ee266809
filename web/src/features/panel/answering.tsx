import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StatementCard } from '../../shared/delphi/card';
import { DataEvidence } from '../../shared/delphi/data_card';
import { StateLamp } from '../../shared/delphi/lamp';
import { isAnswered, isOutside, type DataCard } from '../../shared/delphi/model';
import type { PanelCard, PanelStudy } from './api';
import { Arguments } from './arguments';
import { statementOf } from './model';
import type { SeatView } from './use_seat';

function Evidence({ view, card }: { view: SeatView; card: PanelCard }) {
  const { t } = useTranslation();
  const [data, setData] = useState<DataCard | null>(null);
  const [problem, setProblem] = useState('');
  const load = () => {
    if (!data) view.seat.data(card.item).then(setData, (error: Error) => setProblem(error.message));
  };
  return (
    <details className="pn-data" onToggle={(event) => (event.currentTarget.open ? load() : undefined)}>
      <summary>{t('delphi.data.title')}</summary>
      {data ? <DataEvidence data={data} /> : <p className="dq-hint">{problem || t('state.loading')}</p>}
    </details>
  );
}

/** One statement, its questions, and after the own answer what the group thinks. */
export function Answering({ view, study, card }: { view: SeatView; study: PanelStudy; card: PanelCard }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const answers = view.answersOf(card);
  const open = study.state === 'round_open' && !card.settled;
  const deciding = study.questions.find((question) => question.id === study.protocol.deciding_question);
  const own = deciding ? answers[deciding.id] : undefined;
  const decided = deciding !== undefined && isAnswered(deciding, own);
  const outside = deciding !== undefined && isOutside(deciding, own, card.feedback?.result.questions[deciding.id]);
  const repeatable = open && card.earlier && study.questions.some((question) => isAnswered(question, card.earlier?.[question.id]) && !answers[question.id]);

  useEffect(() => {
    place.current?.querySelector('h1')?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [card.item]);

  const repeat = () => {
    for (const question of study.questions) {
      const before = card.earlier?.[question.id];
      if (before && !answers[question.id]) view.answer(card, question, before);
    }
  };
  const refused = view.queue.refused[card.item];
  return (
    <div ref={place}>
      <StatementCard
        questions={study.questions}
        statement={statementOf(card)}
        field={card.field}
        answers={answers}
        earlier={card.earlier}
        result={card.feedback?.result}
        readOnly={!open}
        onAnswer={(question, answer) => view.answer(card, question, answer)}
        head={
          <>
            {card.settled ? <p className="pn-note"><StateLamp state={card.state} /> {t('panel.settled')}</p> : null}
            {!card.settled && !open ? <p className="pn-note">{t(`panel.state.${study.state}`)}</p> : null}
            {refused ? <p className="pn-note bad" role="alert">{t('panel.refused', { reason: refused })}</p> : null}
            {card.data ? <Evidence key={card.item} view={view} card={card} /> : null}
            {repeatable ? <button type="button" className="pn-button wide" onClick={repeat}>{t('panel.repeat')}</button> : null}
            {card.feedback ? <p className="dq-hint">{t('panel.group_of', { n: card.feedback.round })}</p> : null}
          </>
        }
      />
      {decided || card.earlier ? (
        <Arguments
          key={card.item}
          items={card.arguments}
          protocol={study.protocol}
          open={open && decided}
          outside={outside}
          onVote={async (argument) => {
            await view.seat.vote(argument.number, !argument.voted);
            await view.refreshCards();
          }}
          onAdd={async (text) => {
            await view.seat.argue(card.item, text);
            await view.refreshCards();
          }}
        />
      ) : null}
    </div>
  );
}
