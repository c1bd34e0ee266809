import { CheckOutlined, CloudSyncOutlined, DisconnectOutlined, InfoCircleOutlined, LeftOutlined, MoonOutlined, RightOutlined, SunOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ApiError } from '../../shared/api/client';
import '../../shared/delphi/delphi.css';
import { inLanguage } from '../../shared/delphi/model';
import { setLanguage } from '../../shared/i18n';
import { ThemeContext } from '../../shared/theme';
import { Mark } from '../../shared/ui/brand';
import { Waiting } from '../../shared/ui/page';
import { Answering } from './answering';
import { cardState, clock, nextOpen } from './model';
import './panel.css';
import { About, CardList, Finish } from './sheets';
import { useSeat, type SeatView } from './use_seat';
import { Welcome } from './welcome';

type Shown = 'card' | 'list' | 'finish' | 'about';

/** Whether everything said here has reached the server. */
function Saved({ view }: { view: SeatView }) {
  const { t } = useTranslation();
  const { offline, sending, savedAt } = view.queue;
  if (offline && view.waiting > 0) {
    return (
      <button type="button" className="pn-saved bad" onClick={view.retry}>
        <DisconnectOutlined /> {t('panel.offline', { n: view.waiting })}
      </button>
    );
  }
  if (sending && view.waiting > 0) return <span className="pn-saved"><CloudSyncOutlined /> {t('panel.saving')}</span>;
  return <span className="pn-saved" role="status">{savedAt ? <><CheckOutlined /> {t('panel.saved', { at: clock(savedAt) })}</> : null}</span>;
}

function TopBar({ view, shown, show }: { view: SeatView; shown: Shown; show: (to: Shown) => void }) {
  const { t, i18n } = useTranslation();
  const { mode, setMode } = useContext(ThemeContext);
  const tools = view.study?.consented ?? false;
  return (
    <header className="pn-top">
      <Mark className="brand-mark" />
      <span className="pn-title">{view.study ? inLanguage(view.study.title) : '见微 Jianwei'}</span>
      <Saved view={view} />
      {tools ? <button type="button" className="pn-icon" aria-label={t('panel.all_cards')} title={t('panel.all_cards')} aria-pressed={shown === 'list'} onClick={() => show(shown === 'list' ? 'card' : 'list')}><UnorderedListOutlined /></button> : null}
      {tools ? <button type="button" className="pn-icon" aria-label={t('panel.about')} title={t('panel.about')} aria-pressed={shown === 'about'} onClick={() => show(shown === 'about' ? 'card' : 'about')}><InfoCircleOutlined /></button> : null}
      <button type="button" className="pn-icon" aria-label={t(mode === 'dark' ? 'header.light' : 'header.dark')} onClick={() => setMode(mode === 'dark' ? 'light' : 'dark')}>{mode === 'dark' ? <SunOutlined /> : <MoonOutlined />}</button>
      <button type="button" className="pn-icon word" lang={i18n.language === 'zh' ? 'en' : 'zh'} aria-label={i18n.language === 'zh' ? 'English' : '中文'} onClick={() => void setLanguage(i18n.language === 'zh' ? 'en' : 'zh')}>{i18n.language === 'zh' ? 'EN' : '中'}</button>
    </header>
  );
}

function Message({ title, text, retry }: { title: string; text: string; retry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <article className="pn-sheet" role="alert">
      <h1>{title}</h1>
      <p className="pn-lead">{text}</p>
      {retry ? <button type="button" className="pn-button primary" onClick={retry}>{t('action.retry')}</button> : null}
    </article>
  );
}

export default function PanelPage() {
  const { t } = useTranslation();
  const { ws = '' } = useParams();
  const view = useSeat(ws);
  const { study, cards, problem } = view;
  const [shown, setShown] = useState<Shown>('card');
  const [at, setAt] = useState<number | null>(null);
  const [left, setLeft] = useState('');
  const open = (to: number) => {
    setAt(to);
    setShown('card');
  };
  const states = study && cards ? cards.map((card) => cardState(study.questions, card, view.answersOf(card))) : [];
  // Begins at the first card that is not done, and stays where one is.
  const begin = nextOpen(states, states.length - 1) ?? 0;
  useEffect(() => {
    if (cards && at === null) setAt(begin);
  }, [cards, at, begin]);
  const here = at ?? begin;
  const step = (by: number) => {
    const to = here + by;
    if (to < 0) return;
    if (to >= states.length) setShown('finish');
    else open(to);
  };

  useEffect(() => {
    document.title = study ? inLanguage(study.title) : '见微 Jianwei';
  }, [study]);
  useEffect(() => {
    window.scrollTo({ top: 0 });
  }, [shown]);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || shown !== 'card' || target.matches('textarea, input:not([type=radio]):not([type=checkbox])')) return;
      if (event.key === 'n') step(1);
      if (event.key === 'p') step(-1);
    };
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  });

  const body = (): React.ReactNode => {
    if (left) return <Message title={t('panel.left')} text={t(`panel.left.${left}`)} />;
    if (!view.secret) return <Message title={t('panel.no_link')} text={t('panel.no_link_text')} />;
    if (problem) return <Message title={t(problem instanceof ApiError ? 'panel.bad_link' : 'panel.unreached')} text={problem instanceof ApiError && problem.status === 403 ? t('panel.bad_link_text') : problem.message} retry={() => void view.load()} />;
    if (!study) return <article className="pn-sheet"><Waiting /></article>;
    if (!study.consented) return <Welcome study={study} onConsent={async () => { await view.seat.consent(); await view.load(); }} />;
    if (!cards) return <article className="pn-sheet"><Waiting /></article>;
    if (shown === 'about') return <About view={view} study={study} onLeft={setLeft} />;
    if (cards.length === 0) return <Message title={t('panel.no_cards')} text={t(`panel.state.${study.state}`)} />;
    if (shown === 'list') return <CardList view={view} study={study} cards={cards} onOpen={open} />;
    if (shown === 'finish') return <Finish view={view} study={study} cards={cards} onOpen={open} onLeft={setLeft} />;
    const card = cards[Math.min(here, cards.length - 1)];
    return card ? <Answering view={view} study={study} card={card} /> : null;
  };

  const answering = !left && !problem && study?.consented && cards && cards.length > 0;
  const asked = states.filter((state) => state !== 'settled').length;
  const done = states.filter((state) => state === 'done').length;
  return (
    <div className="pn">
      <TopBar view={view} shown={shown} show={setShown} />
      {answering && asked > 0 ? <div className="pn-progress" role="progressbar" aria-valuemin={0} aria-valuemax={asked} aria-valuenow={done} aria-label={t('panel.progress', { n: done, of: asked })}><i style={{ width: `${(100 * done) / asked}%` }} /></div> : null}
      <main className="pn-main">{body()}</main>
      {answering && shown === 'card' ? (
        <nav className="pn-nav" aria-label={t('panel.turn')}>
          <button type="button" className="pn-button" disabled={here === 0} aria-keyshortcuts="p" onClick={() => step(-1)}><LeftOutlined /> {t('panel.previous')}</button>
          <span className="num">{here + 1} / {states.length}</span>
          <button type="button" className={states[here] === 'done' || states[here] === 'settled' ? 'pn-button primary' : 'pn-button'} aria-keyshortcuts="n" onClick={() => step(1)}>{here + 1 < states.length ? t('panel.next') : t('panel.finish')} <RightOutlined /></button>
        </nav>
      ) : null}
      {answering && shown !== 'card' ? (
        <nav className="pn-nav" aria-label={t('panel.turn')}>
          <button type="button" className="pn-button primary" onClick={() => setShown('card')}><LeftOutlined /> {t('panel.back_to_card')}</button>
        </nav>
      ) : null}
    </div>
  );
}
