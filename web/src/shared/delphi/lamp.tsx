import { useTranslation } from 'react-i18next';
import './delphi.css';

const shapes: Record<string, string> = { active: '◌', consensus_in: '●', consensus_out: '○', stable_dissent: '◐', unresolved: '△' };

/** The state of an item: a shape and a word, so that it is not told by colour alone. */
export function StateLamp({ state }: { state: string }) {
  const { t } = useTranslation();
  return (
    <span className={`dlamp ${state}`}>
      <i aria-hidden="true">{shapes[state] ?? '·'}</i>
      {t(`delphi.item.${state}`)}
    </span>
  );
}
