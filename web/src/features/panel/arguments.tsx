import { LikeFilled, LikeOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../shared/format';
import { sideOf, type Argument, type Protocol } from '../../shared/delphi/model';

interface Props {
  items: Argument[];
  protocol: Protocol;
  open: boolean;
  /** The own answer lies outside the middle half: a reason would help most. */
  outside: boolean;
  onVote: (argument: Argument) => Promise<void>;
  onAdd: (text: string) => Promise<void>;
}

/** Reasons for and against, without names, best first; one's own can be added. */
export function Arguments({ items, protocol, open, outside, onVote, onAdd }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setProblem('');
    try {
      await act();
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="pn-arguments">
      <h2>{t('panel.arguments')}</h2>
      {(['agree', 'disagree', 'between'] as const).map((side) => {
        const own = items.filter((argument) => sideOf(protocol, argument.category) === side);
        return own.length === 0 ? null : (
          <div key={side} className={`pn-side ${side}`}>
            <h3>{t(`delphi.side.${side}`)}</h3>
            {own.map((argument) => (
              <div key={argument.number} className="pn-argument">
                <p>{argument.text}</p>
                {argument.own ? (
                  <span className="muted small">{t('panel.argument_own')} · {t('panel.votes', { n: count(argument.votes) })}</span>
                ) : (
                  <button type="button" className={argument.voted ? 'pn-vote on' : 'pn-vote'} aria-pressed={argument.voted} aria-label={t('panel.vote', { n: argument.votes })} disabled={!open || busy} onClick={() => void attempt(() => onVote(argument))}>
                    {argument.voted ? <LikeFilled /> : <LikeOutlined />} <span className="num">{count(argument.votes)}</span>
                  </button>
                )}
              </div>
            ))}
          </div>
        );
      })}
      {items.length === 0 ? <p className="muted">{t('panel.arguments_none')}</p> : null}
      {open ? (
        <div className={outside ? 'pn-add outside' : 'pn-add'}>
          <label htmlFor="pn-argument">{outside ? t('panel.outside') : t('panel.argument_add')}</label>
          <textarea id="pn-argument" className="dq-text" rows={3} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
          <p className="dq-hint">{t('delphi.answer.no_names')}</p>
          {problem ? <p className="pn-note bad" role="alert">{problem}</p> : null}
          <button
            type="button"
            className="pn-button"
            disabled={busy || text.trim() === ''}
            onClick={() =>
              void attempt(async () => {
                await onAdd(text.trim());
                setText('');
              })
            }
          >
            {t('panel.argument_send')}
          </button>
        </div>
      ) : null}
    </section>
  );
}
