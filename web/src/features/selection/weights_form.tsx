import { InputNumber, Segmented, Select, Slider } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Method } from './api';
import { pairs, saaty, type WeightDraft } from './model';

interface Props {
  names: string[];
  draft: WeightDraft;
  edit: (part: Partial<WeightDraft>) => void;
}

const set = (list: number[], n: number, i: number, value: number, otherwise: number): number[] => Array.from({ length: n }, (_, j) => (j === i ? value : (list[j] ?? otherwise)));

function Direct({ names, draft, edit }: Props) {
  const sum = names.reduce((total, _, i) => total + (draft.direct[i] ?? 1), 0);
  return (
    <>
      {names.map((name, i) => (
        <div className="sl-weight" key={i}>
          <span>{name}</span>
          <Slider min={0} max={10} step={0.5} value={draft.direct[i] ?? 1} onChange={(value) => edit({ direct: set(draft.direct, names.length, i, value, 1) })} ariaLabelForHandle={name} />
          <span className="num">{sum > 0 ? `${Math.round((100 * (draft.direct[i] ?? 1)) / sum)}%` : '–'}</span>
        </div>
      ))}
    </>
  );
}

function Pairwise({ names, draft, edit }: Props) {
  const { t } = useTranslation();
  const step = (value: number) => saaty.reduce((best, one, i) => (Math.abs(Math.log(one / value)) < Math.abs(Math.log((saaty[best] ?? 1) / value)) ? i : best), 4);
  return (
    <>
      {pairs(names.length).map(([a, b]) => {
        const value = draft.ahp[`${a}-${b}`] ?? 1;
        return (
          <div className="sl-pair" key={`${a}-${b}`}>
            <span style={{ fontWeight: value > 1 ? 600 : 400 }}>{names[a]}</span>
            <Slider min={0} max={8} step={1} included={false} value={8 - step(value)} onChange={(at) => edit({ ahp: { ...draft.ahp, [`${a}-${b}`]: saaty[8 - at] ?? 1 } })} tooltip={{ formatter: (at) => { const s = saaty[8 - (at ?? 4)] ?? 1; return s === 1 ? t('select.equal') : s > 1 ? `${names[a]} ×${Math.round(s)}` : `${names[b]} ×${Math.round(1 / s)}`; } }} ariaLabelForHandle={`${names[a]} / ${names[b]}`} />
            <span style={{ fontWeight: value < 1 ? 600 : 400 }}>{names[b]} <span className="muted num small">{value === 1 ? '=' : value > 1 ? `1:${Math.round(value)}` : `${Math.round(1 / value)}:1`}</span></span>
          </div>
        );
      })}
    </>
  );
}

function BestWorst({ names, draft, edit }: Props) {
  const { t } = useTranslation();
  const n = names.length;
  const options = names.map((label, value) => ({ value, label }));
  return (
    <>
      <div className="filters">
        <label>{t('select.best')} <Select value={Math.min(draft.best, n - 1)} onChange={(best) => edit({ best })} options={options} style={{ minWidth: 150 }} aria-label={t('select.best')} /></label>
        <label>{t('select.worst')} <Select value={Math.min(draft.worst, n - 1)} onChange={(worst) => edit({ worst })} options={options} style={{ minWidth: 150 }} aria-label={t('select.worst')} /></label>
      </div>
      {names.map((name, i) => (
        <div className="sl-weight" key={i}>
          <span>{name}</span>
          <span className="filters" style={{ margin: 0 }}>
            {i === draft.best ? null : <InputNumber min={1} max={9} value={draft.best_to_others[i] ?? 3} onChange={(value) => edit({ best_to_others: set(draft.best_to_others, n, i, value ?? 1, 3) })} prefix={t('select.best_over')} style={{ width: 200 }} aria-label={`${t('select.best_over')} ${name}`} />}
            {i === draft.worst || i === draft.best ? null : <InputNumber min={1} max={9} value={draft.others_to_worst[i] ?? 3} onChange={(value) => edit({ others_to_worst: set(draft.others_to_worst, n, i, value ?? 1, 3) })} prefix={t('select.over_worst')} style={{ width: 200 }} aria-label={`${t('select.over_worst')} ${name}`} />}
          </span>
          <span />
        </div>
      ))}
    </>
  );
}

/** Weights by hand, from pairwise comparisons (AHP), from the best and the worst (BWM), or from the spread of the scores (entropy). */
export function WeightsForm(props: Props) {
  const { t } = useTranslation();
  const { draft, edit, names } = props;
  return (
    <>
      <Segmented<Method> value={draft.method} onChange={(method) => edit({ method })} options={(['direct', 'ahp', 'bwm', 'entropy'] as const).map((value) => ({ value, label: t(`select.method.${value}`) }))} />
      <p className="panel-note">{t(`select.method_text.${draft.method}`)}</p>
      {names.length < 2 && draft.method !== 'direct' ? <p className="panel-note">{t('select.two_criteria')}</p> : draft.method === 'direct' ? <Direct {...props} /> : draft.method === 'ahp' ? <Pairwise {...props} /> : draft.method === 'bwm' ? <BestWorst {...props} /> : null}
    </>
  );
}
