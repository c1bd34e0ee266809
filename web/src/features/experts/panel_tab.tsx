import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, AutoComplete, Button, Checkbox, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { count, decimal } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Failure, Waiting } from '../../shared/ui/page';
import { useUrlList } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { base, useExperts, type Facet, type Panel } from './api';
import { useAsk } from './ask';
import { ExpertSelect } from './expert_select';
import { Recommended } from './parts';
import { quotaText, readQuota, type Quota } from './quota';
import type { ThingState } from './thing_form';

const attributes = ['field', 'sector', 'region', 'country', 'age_band', 'gender', 'seniority', 'organisation', 'language'] as const;

/** Quotas stand in the address as the server reads them: sector=industry:3-5. */
function Quotas({ quotas, set }: { quotas: Quota[]; set: (quotas: Quota[]) => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const library = useExperts(ws.id, { limit: 1 });
  const edit = (i: number, part: Partial<Quota>) => set(quotas.map((quota, j) => (j === i ? { ...quota, ...part } : quota)));
  return (
    <div>
      {quotas.map((quota, i) => (
        <div className="xp-quota" key={i}>
          <Select value={quota.attribute} onChange={(attribute) => edit(i, { attribute, value: '' })} options={attributes.map((value) => ({ value, label: t(`expert.facet.${value}`) }))} aria-label={`${t('expert.quota_attribute')} ${i + 1}`} />
          <AutoComplete value={quota.value} onChange={(value: string) => edit(i, { value })} placeholder={t('expert.quota_value')} aria-label={`${t('expert.quota_value')} ${i + 1}`} options={(library.data?.facets[quota.attribute as Facet] ?? []).map((one) => ({ value: one.value }))} />
          <InputNumber min={0} max={1000} value={quota.least} onChange={(least) => edit(i, { least: least ?? 0 })} prefix="≥" style={{ width: '100%' }} aria-label={`${t('expert.quota_least')} ${i + 1}`} />
          <InputNumber min={0} max={1000} value={quota.greatest} onChange={(greatest) => edit(i, { greatest })} prefix="≤" style={{ width: '100%' }} aria-label={`${t('expert.quota_greatest')} ${i + 1}`} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={`${t('action.delete')} ${i + 1}`} onClick={() => set(quotas.filter((_, j) => j !== i))} />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => set([...quotas, { attribute: 'sector', value: '', least: 1, greatest: null }])}>{t('expert.quota_add')}</Button>
    </div>
  );
}

function Answer({ panel }: { panel: Panel }) {
  const { t } = useTranslation();
  if (!panel.feasible) {
    return (
      <Alert
        type="error"
        showIcon
        title={t('expert.panel_impossible')}
        description={
          <>
            <p style={{ margin: '0 0 8px' }}>{t('expert.panel_impossible_text', { n: count(panel.candidates), left: count(panel.left_out) })}</p>
            <ul style={{ margin: 0, paddingLeft: 18 }}>{panel.contradiction.map((quota) => <li key={quotaText(quota)}><b>{t(`expert.facet.${quota.attribute}`)} = {quota.value}</b>: {t('expert.quota_range', { least: quota.least, greatest: quota.greatest < 0 ? '∞' : quota.greatest })}</li>)}</ul>
          </>
        }
      />
    );
  }
  return (
    <>
      <p className="panel-note" style={{ marginTop: 0 }}>
        {t('expert.panel_explain', { n: count(panel.members.length), candidates: count(panel.candidates), left: count(panel.left_out), score: decimal(panel.score, 2) })} {t(panel.proved_best ? 'expert.panel_best' : 'expert.panel_good')}
      </p>
      {panel.members.map((row, i) => <Recommended key={row.id} row={row} rank={i + 1} />)}
    </>
  );
}

/** The best panel under quotas, or the quotas that contradict each other. */
export function PanelTab({ thing }: { thing: ThingState }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [texts, setTexts] = useUrlList('quota');
  const [who, setWho] = useUrlList('who');
  const [size, setSize] = useState(9);
  const [libraryOnly, setLibraryOnly] = useState(false);
  const { answer, error, asking, ask } = useAsk<Panel>(`${base(ws.id)}/panel`);
  const quotas = texts.map(readQuota);
  const complete = quotas.every((quota) => quota.value.trim() !== '');
  const run = () => {
    thing.keep();
    void ask({ ...thing.thing, size, quotas: texts, required: who, library_only: libraryOnly });
  };
  return (
    <div className="grid cols-main xp-ask">
      <section className="panel xp-answer">
        {asking ? <Waiting why={t('expert.designing')} /> : error ? <Failure error={error} retry={run} /> : answer ? <><Answer panel={answer} />{answer.feasible ? <Link to={ws.page('/delphi/new')}><Button style={{ marginTop: 12 }}>{t('expert.to_delphi')}</Button></Link> : null}</> : <Empty title={t('expert.panel_first')} text={t('expert.panel_first_text')} />}
      </section>
      <section className="panel">
        <div className="panel-head"><h2>{t('expert.thing')}</h2></div>
        {thing.form}
        <div className="xp-form" style={{ marginTop: 14 }}>
          <h3 style={{ margin: 0 }}>{t('expert.quotas')}</h3>
          <Quotas quotas={quotas} set={(next) => setTexts(next.map(quotaText))} />
          <ExpertSelect value={who} onChange={setWho} label={t('expert.required')} />
          <div className="filters" style={{ margin: 0 }}>
            <InputNumber min={1} max={200} value={size} onChange={(value) => setSize(value ?? 9)} prefix={t('expert.size')} style={{ width: 150 }} aria-label={t('expert.size')} />
            <Checkbox checked={libraryOnly} onChange={(event) => setLibraryOnly(event.target.checked)}>{t('expert.library_only')}</Checkbox>
            <Button type="primary" disabled={!thing.ready || !complete} loading={asking} onClick={run}>{t('expert.ask.panel')}</Button>
          </div>
        </div>
      </section>
    </div>
  );
}
