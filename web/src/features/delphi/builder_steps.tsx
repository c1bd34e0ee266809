import { DeleteOutlined } from '@ant-design/icons';
import { App, Button, Input, InputNumber, Segmented, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopics } from '../../shared/api/topics';
import { StatementCard } from '../../shared/delphi/card';
import { DataEvidence } from '../../shared/delphi/data_card';
import { inLanguage, type Answers } from '../../shared/delphi/model';
import { Rules } from '../../shared/delphi/rules';
import { StatementInput } from '../../shared/delphi/statement_input';
import { count } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { useWorkspace } from '../../shared/workspace';
import { itemOfTopic, toHorizon, type Draft } from './draft';

export interface StepProps {
  draft: Draft;
  edit: (part: Partial<Draft>) => void;
}

export function PurposeStep({ draft, edit }: StepProps) {
  const { t } = useTranslation();
  const year = new Date().getFullYear();
  return (
    <section className="panel dp-form">
      <div className="grid cols-2">
        <label>{t('delphi.title_zh')}<Input size="large" value={draft.title.zh} maxLength={200} onChange={(event) => edit({ title: { ...draft.title, zh: event.target.value } })} /></label>
        <label>{t('delphi.title_en')}<Input size="large" value={draft.title.en} maxLength={200} onChange={(event) => edit({ title: { ...draft.title, en: event.target.value } })} /></label>
        <label>{t('delphi.purpose_zh')}<Input.TextArea rows={4} value={draft.purpose.zh} maxLength={2000} onChange={(event) => edit({ purpose: { ...draft.purpose, zh: event.target.value } })} /></label>
        <label>{t('delphi.purpose_en')}<Input.TextArea rows={4} value={draft.purpose.en} maxLength={2000} onChange={(event) => edit({ purpose: { ...draft.purpose, en: event.target.value } })} /></label>
      </div>
      <div className="dp-row">
        <label>{t('delphi.horizon')}<InputNumber min={year + 1} max={year + 100} value={draft.horizon} onChange={(value) => (value ? edit({ horizon: value, questions: toHorizon(draft.questions, value) }) : undefined)} /></label>
        <div>
          <div className="dp-label">{t('delphi.mode')}</div>
          <Segmented<Draft['mode']> value={draft.mode} onChange={(mode) => edit({ mode })} options={[{ value: 'rounds', label: t('delphi.mode.rounds') }, { value: 'real_time', label: t('delphi.mode.real_time') }]} />
          <p className="panel-note">{t(`delphi.mode_text.${draft.mode}`)}</p>
        </div>
      </div>
    </section>
  );
}

function FromTopics({ draft, edit }: StepProps) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { message } = App.useApp();
  const topics = useTopics(ws.id);
  const [chosen, setChosen] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const all = topics.data?.items ?? [];
  if (topics.error || (topics.data && all.length === 0)) return <p className="panel-note">{t('delphi.topics_none')}</p>;
  const add = async () => {
    setBusy(true);
    try {
      const taken = new Set(draft.items.map((item) => item.origin?.topic));
      const items = await Promise.all(all.filter((topic) => chosen.includes(topic.id) && !taken.has(topic.id)).map((topic) => itemOfTopic(ws.id, topic)));
      edit({ items: [...draft.items, ...items] });
      setChosen([]);
    } catch (error) {
      void message.error((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div style={{ display: 'flex', gap: 8 }}>
        <Select mode="multiple" style={{ flex: 1, minWidth: 0 }} maxTagCount="responsive" loading={topics.isPending} value={chosen} onChange={setChosen} placeholder={t('delphi.topics_choose')} aria-label={t('delphi.topics_choose')} optionFilterProp="label" options={all.map((topic) => ({ value: topic.id, label: `${labelOf(topic)} · ${count(topic.documents)}` }))} />
        <Button loading={busy} disabled={chosen.length === 0} onClick={() => void add()}>{t('delphi.items_add')}</Button>
      </div>
      <p className="panel-note">{t('delphi.topics_note')}</p>
    </>
  );
}

function Paste({ draft, edit }: StepProps) {
  return <StatementInput take={(found) => { edit({ items: [...draft.items, ...found] }); return true; }} />;
}

export function ItemsStep({ draft, edit }: StepProps) {
  const { t } = useTranslation();
  const set = (i: number, part: Partial<Draft['items'][number]>) => edit({ items: draft.items.map((item, j) => (j === i ? { ...item, ...part } : item)) });
  return (
    <>
      <div className="grid cols-2">
        <section className="panel"><div className="panel-head"><h2>{t('delphi.items_topics')}</h2></div><FromTopics draft={draft} edit={edit} /></section>
        <section className="panel"><div className="panel-head"><h2>{t('delphi.paste')}</h2></div><Paste draft={draft} edit={edit} /></section>
      </div>
      <section className="panel" style={{ marginTop: 16 }}>
        <div className="panel-head">
          <h2>{t('delphi.items_n', { n: count(draft.items.length) })}</h2>
          <Button size="small" onClick={() => edit({ items: [...draft.items, { field: '', zh: '', en: '' }] })}>{t('delphi.item_type')}</Button>
        </div>
        {draft.items.length === 0 ? <p className="panel-note">{t('delphi.items_none')}</p> : null}
        {draft.items.map((item, i) => (
          <div className="dp-item" key={i}>
            <b className="num">{i + 1}</b>
            <Input value={item.field} placeholder={t('delphi.field')} aria-label={`${t('delphi.field')} ${i + 1}`} onChange={(event) => set(i, { field: event.target.value })} />
            <Input.TextArea autoSize value={item.zh} placeholder={t('delphi.statement_zh')} aria-label={`${t('delphi.statement_zh')} ${i + 1}`} onChange={(event) => set(i, { zh: event.target.value })} />
            <Input.TextArea autoSize value={item.en} placeholder={t('delphi.statement_en')} aria-label={`${t('delphi.statement_en')} ${i + 1}`} onChange={(event) => set(i, { en: event.target.value })} />
            <Button type="text" icon={<DeleteOutlined />} aria-label={`${t('action.delete')} ${i + 1}`} onClick={() => edit({ items: draft.items.filter((_, j) => j !== i) })} />
            {item.origin?.card ? <div className="dp-origin"><Tag variant="filled">{t('delphi.from_topic', { topic: inLanguage(item.origin.card.label) })}</Tag><span className="muted small">{t('delphi.with_evidence', { n: item.origin.card.documents.length })}</span></div> : null}
          </div>
        ))}
      </section>
    </>
  );
}

/** What a panellist will see: the first statements, answerable, kept nowhere. */
export function PreviewStep({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const [wide, setWide] = useState<'phone' | 'desktop'>('phone');
  const [at, setAt] = useState(0);
  const [answers, setAnswers] = useState<Answers>({});
  const item = draft.items[Math.min(at, draft.items.length - 1)];
  return (
    <div className="grid cols-main">
      <section className="panel">
        <div className="panel-head">
          <h2>{t('delphi.step.preview')}</h2>
          <Segmented size="small" value={wide} onChange={setWide} options={[{ value: 'phone', label: t('delphi.phone') }, { value: 'desktop', label: t('delphi.desktop') }]} />
        </div>
        {item ? (
          <div className={`dp-preview ${wide}`}>
            <StatementCard questions={draft.questions} statement={inLanguage(item)} field={item.field} answers={answers} onAnswer={(question, answer) => setAnswers({ ...answers, [question.id]: answer })} head={item.origin?.card && draft.protocol?.data_cards !== 'held' ? <details className="dp-data"><summary>{t('delphi.data.title')}</summary><DataEvidence data={item.origin.card} /></details> : null} />
          </div>
        ) : <p className="panel-note">{t('delphi.missing.items')}</p>}
        <div className="dp-row tight">
          <Button size="small" disabled={at === 0} onClick={() => setAt(at - 1)}>{t('panel.previous')}</Button>
          <span className="num muted">{Math.min(at + 1, draft.items.length)} / {draft.items.length}</span>
          <Button size="small" disabled={at + 1 >= draft.items.length} onClick={() => setAt(at + 1)}>{t('panel.next')}</Button>
        </div>
      </section>
      <section className="panel">
        <div className="panel-head"><h2>{inLanguage(draft.title) || t('delphi.missing.title')}</h2></div>
        <p style={{ lineHeight: 1.7 }}>{inLanguage(draft.purpose)}</p>
        <dl className="facts num">
          <dt>{t('delphi.items')}</dt><dd>{count(draft.items.length)}</dd>
          <dt>{t('delphi.questions')}</dt><dd>{count(draft.questions.length)}</dd>
          <dt>{t('delphi.load')}</dt><dd>{t('delphi.load_text', { n: count(Math.max(1, Math.round((draft.items.length * (15 + 6 * draft.questions.length)) / 60))) })}</dd>
        </dl>
        {draft.protocol ? <><h3>{t('delphi.step.protocol')}</h3><Rules protocol={draft.protocol} questions={draft.questions} /></> : null}
      </section>
    </div>
  );
}
