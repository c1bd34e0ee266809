import { InputNumber, Segmented, Select, Slider } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { inLanguage, type Protocol } from '../../shared/delphi/model';
import { Rules } from '../../shared/delphi/rules';
import { share } from '../../shared/format';
import type { StepProps } from './builder_steps';

function Rule({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="dp-rule">
      <div><b>{t(`delphi.protocol.${name}`)}</b><p>{t(`delphi.protocol_text.${name}`)}</p></div>
      <div>{children}</div>
    </div>
  );
}

/** The rules as a form: each with what it does to the study, and all of them as the panel will read them. */
export function ProtocolStep({ draft, edit }: StepProps) {
  const { t } = useTranslation();
  const protocol = draft.protocol;
  if (!protocol) return <p className="panel-note">{t('delphi.missing.questions')}</p>;
  const set = (part: Partial<Protocol>) => edit({ protocol: { ...protocol, ...part } });
  const deciding = draft.questions.find((question) => question.id === protocol.deciding_question);
  const k = Math.max(2, deciding?.options.length ?? 5);
  const name = (category: number) => inLanguage(deciding?.options[category - 1]?.label) || String(category);
  const percent = (value: number | undefined) => share((value ?? 0) / 100, 0);
  const number = (key: 'least_answers' | 'least_rounds' | 'most_rounds' | 'small_cell' | 'feedback_answers', min: number, max: number) => <InputNumber min={min} max={max} value={protocol[key]} aria-label={t(`delphi.protocol.${key}`)} onChange={(value) => (value ? set({ [key]: value }) : undefined)} />;
  const scales = draft.questions.filter((question) => question.type === 'scale');
  return (
    <div className="grid cols-main">
      <section className="panel">
        <Rule name="deciding"><Select style={{ width: '100%' }} value={protocol.deciding_question} aria-label={t('delphi.protocol.deciding')} options={scales.map((question) => ({ value: question.id, label: inLanguage(question.label) }))} onChange={(id) => { const n = draft.questions.find((question) => question.id === id)?.options.length ?? 5; set({ deciding_question: id, agree_from: Math.max(2, n - 1), agree_to: n, disagree_from: 1, disagree_to: n > 3 ? 2 : 1, ...(n <= 3 ? { agree_from: n } : {}) }); }} /></Rule>
        <Rule name="measure">
          <Select style={{ width: '100%' }} value={protocol.measure} aria-label={t('delphi.protocol.measure')} options={(['agreement_share', 'interquartile_range', 'tastle_wierman'] as const).map((value) => ({ value, label: t(`delphi.measure.${value}`) }))} onChange={(measure) => set({ measure, threshold: measure === 'interquartile_range' ? 1 : 0.75 })} />
          {protocol.measure === 'interquartile_range' ? <InputNumber style={{ marginTop: 8 }} min={0} max={k} step={0.25} value={protocol.threshold} aria-label={t('delphi.protocol.measure')} onChange={(threshold) => set({ threshold: threshold ?? 1 })} /> : <Slider min={50} max={100} value={Math.round(100 * protocol.threshold)} tooltip={{ formatter: percent }} ariaLabelForHandle={t('delphi.protocol.measure')} onChange={(value) => set({ threshold: value / 100 })} marks={{ 50: '50%', 75: '75%', 100: '100%' }} />}
        </Rule>
        <Rule name="zones">
          <Slider range min={1} max={k} value={[protocol.disagree_to, protocol.agree_from]} tooltip={{ formatter: (value) => name(value ?? 1) }} ariaLabelForHandle={[t('delphi.side.disagree'), t('delphi.side.agree')]} onChange={([low, high]) => (low !== undefined && high !== undefined && low < high ? set({ disagree_from: 1, disagree_to: low, agree_from: high, agree_to: k }) : undefined)} />
          <div className="dp-zones small"><span>{t('delphi.side.disagree')}: {name(1)} … {name(protocol.disagree_to)}</span><span>{t('delphi.side.agree')}: {name(protocol.agree_from)} … {name(k)}</span></div>
        </Rule>
        <Rule name="stability"><Slider min={50} max={100} value={Math.round(100 * protocol.least_unchanged)} tooltip={{ formatter: percent }} ariaLabelForHandle={t('delphi.protocol.stability')} onChange={(value) => set({ least_unchanged: value / 100 })} marks={{ 50: '50%', 75: '75%', 100: '100%' }} /></Rule>
        <Rule name="least_answers">{number('least_answers', 2, 10_000)}</Rule>
        <Rule name="least_rounds">{number('least_rounds', 1, protocol.most_rounds)}</Rule>
        <Rule name="most_rounds">{number('most_rounds', protocol.least_rounds, 20)}</Rule>
        <Rule name="small_cell">{number('small_cell', 3, 100)}</Rule>
        <Rule name="feedback_answers">{number('feedback_answers', protocol.small_cell, 1000)}</Rule>
        <Rule name="data_cards">
          <Segmented value={protocol.data_cards} onChange={(value) => set({ data_cards: value })} options={(['shown', 'held', 'split'] as const).map((value) => ({ value, label: t(`delphi.cards.${value}`) }))} />
          {protocol.data_cards === 'split' ? <Slider min={5} max={95} value={Math.round(100 * protocol.control_share)} tooltip={{ formatter: percent }} ariaLabelForHandle={t('delphi.cards.split')} onChange={(value) => set({ control_share: value / 100 })} /> : null}
        </Rule>
      </section>
      <section className="panel dp-stick">
        <div className="panel-head"><h2>{t('delphi.rules_read')}</h2></div>
        <Rules protocol={protocol} questions={draft.questions} />
        <p className="panel-note">{t('delphi.rules_note')}</p>
      </section>
    </div>
  );
}
