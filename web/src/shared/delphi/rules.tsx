import { useTranslation } from 'react-i18next';
import { decimal, share } from '../format';
import './delphi.css';
import { inLanguage, type Protocol, type Question } from './model';

/** The rules of a study as sentences; the same ones a panellist reads and a moderator locks. */
export function ruleSentences(protocol: Protocol, questions: Question[], t: (key: string, values?: Record<string, unknown>) => string): { key: string; text: string }[] {
  const deciding = questions.find((question) => question.id === protocol.deciding_question);
  const zone = (from: number, to: number): string => {
    const names = (deciding?.options ?? []).slice(from - 1, to).map((option) => inLanguage(option.label));
    return names.length > 1 ? `${names[0]} – ${names.at(-1)}` : (names[0] ?? String(from));
  };
  const zones = { question: inLanguage(deciding?.label), agree: zone(protocol.agree_from, protocol.agree_to), disagree: zone(protocol.disagree_from, protocol.disagree_to) };
  const threshold = protocol.measure === 'agreement_share' ? share(protocol.threshold, 0) : decimal(protocol.threshold, 2);
  return [
    { key: 'consensus', text: t(`delphi.rule.consensus.${protocol.measure}`, { ...zones, threshold }) },
    protocol.most_rounds > 1 ? { key: 'stability', text: t('delphi.rule.stability', { share: share(protocol.least_unchanged, 0) }) } : null,
    { key: 'least', text: t('delphi.rule.least', { answers: protocol.least_answers, round: protocol.least_rounds }) },
    { key: 'rounds', text: t('delphi.rule.rounds', { n: protocol.most_rounds }) },
    { key: 'feedback', text: t('delphi.rule.feedback', { n: protocol.feedback_answers, cell: protocol.small_cell }) },
    { key: 'data', text: t(`delphi.rule.data.${protocol.data_cards}`, { share: share(protocol.control_share, 0) }) },
  ].filter((rule) => rule !== null);
}

export function Rules({ protocol, questions, hash }: { protocol: Protocol; questions: Question[]; hash?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      <ul className="dq-rules">
        {ruleSentences(protocol, questions, t).map((rule) => <li key={rule.key}>{rule.text}</li>)}
      </ul>
      {hash ? <p className="dq-hash">{t('delphi.rule.hash')} <code title={hash}>{hash.slice(0, 12)}…{hash.slice(-6)}</code></p> : null}
    </>
  );
}
