import { CheckCircleFilled, ClockCircleOutlined, LockOutlined, RightOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inLanguage } from '../../shared/delphi/model';
import { StateLamp } from '../../shared/delphi/lamp';
import { saveFile } from '../../shared/save_file';
import type { PanelCard, PanelStudy } from './api';
import { answeredCount, cardState, statementOf, type CardState } from './model';
import type { SeatView } from './use_seat';
import { Terms } from './welcome';

const marks: Record<CardState, React.ReactNode> = { done: <CheckCircleFilled />, begun: <ClockCircleOutlined />, open: <i className="pn-ring" />, settled: <LockOutlined /> };

/** All cards with their state. */
export function CardList({ view, study, cards, onOpen }: { view: SeatView; study: PanelStudy; cards: PanelCard[]; onOpen: (at: number) => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  return (
    <article className="pn-sheet">
      <h1>{t('panel.all_cards')}</h1>
      {cards.length > 12 ? <input className="pn-search" type="search" placeholder={t('panel.search')} aria-label={t('panel.search')} value={words} onChange={(event) => setWords(event.target.value)} /> : null}
      <ol className="pn-list">
        {cards.map((card, i) => {
          if (wanted && !`${card.zh} ${card.en} ${card.field}`.toLowerCase().includes(wanted)) return null;
          const answers = view.answersOf(card);
          const state = cardState(study.questions, card, answers);
          return (
            <li key={card.item}>
              <button type="button" onClick={() => onOpen(i)}>
                <span className={`pn-mark ${state}`}>{marks[state]}</span>
                <span className="pn-what">
                  <b>{statementOf(card)}</b>
                  <small>{card.settled ? <StateLamp state={card.state} /> : `${t(`panel.card.${state}`)} · ${t('panel.answered', { n: answeredCount(study.questions, answers), of: study.questions.length })}`}</small>
                </span>
                <RightOutlined />
              </button>
            </li>
          );
        })}
      </ol>
    </article>
  );
}

/** What is kept, and the way out: as many clicks as the way in. */
export function OwnData({ view, onLeft }: { view: SeatView; onLeft: (result: string) => void }) {
  const { t } = useTranslation();
  const [sure, setSure] = useState(false);
  const [problem, setProblem] = useState('');
  const attempt = async (act: () => Promise<void>) => {
    setProblem('');
    try {
      await act();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const save = () => attempt(async () => saveFile('my-answers.json', JSON.stringify(await view.seat.export(), null, 1), 'application/json'));
  const leave = () =>
    attempt(async () => {
      const { result } = await view.seat.withdraw();
      view.seat.forget();
      onLeft(result);
    });
  return (
    <section className="pn-own">
      <h2>{t('panel.own_data')}</h2>
      <p>{t('panel.own_data_text')}</p>
      {problem ? <p className="pn-note bad" role="alert">{problem}</p> : null}
      <div className="pn-buttons">
        <button type="button" className="pn-button" onClick={() => void save()}>{t('panel.export')}</button>
        {sure ? (
          <>
            <button type="button" className="pn-button danger" onClick={() => void leave()}>{t('panel.withdraw_sure')}</button>
            <button type="button" className="pn-button" onClick={() => setSure(false)}>{t('panel.withdraw_not')}</button>
          </>
        ) : (
          <button type="button" className="pn-button" onClick={() => setSure(true)}>{t('panel.withdraw')}</button>
        )}
      </div>
    </section>
  );
}

/** Where one stands at the end: what is missing, what comes next. */
export function Finish({ view, study, cards, onOpen, onLeft }: { view: SeatView; study: PanelStudy; cards: PanelCard[]; onOpen: (at: number) => void; onLeft: (result: string) => void }) {
  const { t } = useTranslation();
  const missing = cards.map((card, i) => ({ card, i, state: cardState(study.questions, card, view.answersOf(card)) })).filter(({ state }) => state === 'open' || state === 'begun');
  const asked = cards.filter((card) => !card.settled).length;
  const open = study.state === 'round_open';
  const status = !open ? t(`panel.state.${study.state}`) : view.waiting > 0 ? t('panel.finish_waiting', { n: view.waiting }) : missing.length === 0 ? t('panel.finish_all') : t('panel.finish_some', { n: asked - missing.length, of: asked });
  return (
    <article className="pn-sheet">
      <div className={missing.length === 0 && view.waiting === 0 ? 'pn-seal done' : 'pn-seal'} aria-hidden="true"><CheckCircleFilled /></div>
      <h1>{missing.length === 0 || !open ? t('panel.thanks') : t('panel.nearly')}</h1>
      <p className="pn-lead" role="status">{status}</p>
      {open && missing.length > 0 ? (
        <ol className="pn-list">
          {missing.slice(0, 8).map(({ card, i, state }) => (
            <li key={card.item}>
              <button type="button" onClick={() => onOpen(i)}>
                <span className={`pn-mark ${state}`}>{marks[state]}</span>
                <span className="pn-what"><b>{statementOf(card)}</b></span>
                <RightOutlined />
              </button>
            </li>
          ))}
        </ol>
      ) : null}
      {open ? <p className="pn-how">{t(study.mode === 'real_time' ? 'panel.next_real_time' : 'panel.next_rounds')}</p> : null}
      <OwnData view={view} onLeft={onLeft} />
    </article>
  );
}

export function About({ view, study, onLeft }: { view: SeatView; study: PanelStudy; onLeft: (result: string) => void }) {
  return (
    <article className="pn-sheet">
      <h1>{inLanguage(study.title)}</h1>
      {inLanguage(study.purpose) ? <p className="pn-lead">{inLanguage(study.purpose)}</p> : null}
      <Terms study={study} />
      <OwnData view={view} onLeft={onLeft} />
    </article>
  );
}
