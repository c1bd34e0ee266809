import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inLanguage } from '../../shared/delphi/model';
import { Rules } from '../../shared/delphi/rules';
import type { PanelStudy } from './api';

/** What is read before anything is asked: what for, by which rules, who sees what, how to leave. */
export function Terms({ study }: { study: PanelStudy }) {
  const { t } = useTranslation();
  return (
    <>
      <section>
        <h2>{t('panel.rules')}</h2>
        <Rules protocol={study.protocol} questions={study.questions} hash={study.protocol_hash} />
        {study.protocol_changes.map((change) => <p className="pn-note warn" key={change.hash}>{t('panel.rules_changed', { at: change.at, reason: change.reason })}</p>)}
      </section>
      <section>
        <h2>{t('panel.who_sees')}</h2>
        <ul className="dq-rules">
          <li>{t('panel.sees.panel')}</li>
          <li>{t('panel.sees.moderator', { cell: study.protocol.small_cell })}</li>
          <li>{t('panel.sees.identity')}</li>
          <li>{t('panel.sees.quasi')}</li>
        </ul>
      </section>
      <section>
        <h2>{t('panel.leaving')}</h2>
        <p>{t('panel.leaving_text')}</p>
      </section>
    </>
  );
}

export function Welcome({ study, onConsent }: { study: PanelStudy; onConsent: () => Promise<void> }) {
  const { t } = useTranslation();
  const [agreed, setAgreed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const begin = async () => {
    setBusy(true);
    setProblem('');
    try {
      await onConsent();
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <article className="pn-sheet">
      <p className="pn-kicker">{t('panel.invited')}</p>
      <h1>{inLanguage(study.title)}</h1>
      {inLanguage(study.purpose) ? <p className="pn-lead">{inLanguage(study.purpose)}</p> : null}
      <p className="pn-how">{t(study.mode === 'real_time' ? 'panel.how_real_time' : 'panel.how_rounds', { n: study.protocol.most_rounds })}</p>
      <Terms study={study} />
      <div className="pn-consent">
        <label>
          <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} />
          <span>{t('panel.consent')}</span>
        </label>
        {problem ? <p className="pn-note bad" role="alert">{problem}</p> : null}
        <button type="button" className="pn-button primary" disabled={!agreed || busy} onClick={() => void begin()}>{t('panel.begin')}</button>
      </div>
    </article>
  );
}
