import { useTranslation } from 'react-i18next';
import { decimal, signed } from '../../shared/format';
import { componentName, type Component } from '../../shared/why';

/** What the score is made of: bars to the right raise it, to the left lower it. */
export function Decomposition({ components, score }: { components: Component[]; score: number }) {
  const { t } = useTranslation();
  const rows = [...components].filter((c) => c.contribution !== 0).sort((a, b) => b.contribution - a.contribution);
  const top = Math.max(1e-9, ...rows.map((c) => Math.abs(c.contribution)));
  return (
    <div style={{ padding: '6px 12px 10px 48px', maxWidth: 760 }}>
      <p className="muted small" style={{ margin: '0 0 6px' }}>{t('emergence.decomposition', { score: decimal(score, 3) })}</p>
      {rows.map((c) => (
        <div className="bar-row" key={c.name}>
          <span>{componentName(c.name)}</span>
          <svg height={14} width="100%" viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true">
            <line x1={100} x2={100} y1={0} y2={14} stroke="var(--line)" />
            <rect x={c.contribution >= 0 ? 100 : 100 - (96 * -c.contribution) / top} width={(96 * Math.abs(c.contribution)) / top} y={3} height={8} rx={2} fill={c.contribution >= 0 ? 'var(--seal)' : 'var(--muted)'} />
          </svg>
          <span className="num">{signed(c.contribution, 3)}</span>
        </div>
      ))}
    </div>
  );
}
