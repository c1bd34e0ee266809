import { DeleteOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useApi } from '../../shared/api/client';
import { inLanguage, type Words } from '../../shared/delphi/model';
import { count } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { root, useListOf, useSelection, useSelectionChange, useStudyOf, type ListOf, type Ranking, type RequestCriterion, type SelectionRequest } from './api';
import { draftOf, emptyWeights, missingValues, weightsOf } from './model';
import './selection.css';
import { WeightsForm } from './weights_form';

const indicators = ['growth', 'documents', 'emergence'] as const;

/** Where a criterion's scores come from: the data, a question of a Delphi study, or typed in. */
function useSources(studyId: string): { value: string; label: string }[] {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const study = useStudyOf(ws.id, studyId);
  const questions = (study.data?.questions ?? []).filter((question) => question.type === 'scale' || question.type === 'probability');
  return [
    ...indicators.map((name) => ({ value: `data:${name}`, label: t('select.source_data', { name: t(`select.indicator.${name}`) }) })),
    ...questions.map((question) => ({ value: `delphi:${question.id}`, label: t('select.source_delphi', { name: inLanguage(question.label) }) })),
    { value: 'given', label: t('select.source_given') },
  ];
}

function GivenValues({ criteria, entries, set }: { criteria: RequestCriterion[]; entries: ListOf['entries']; set: (criterion: number, entry: string, value: number | null) => void }) {
  const { t } = useTranslation();
  const given = criteria.map((one, i) => ({ one, i })).filter(({ one }) => one.source === 'given');
  if (given.length === 0) return null;
  return (
    <section className="panel sl-values">
      <div className="panel-head"><h2>{t('select.values')}</h2></div>
      <p className="panel-note">{t('select.values_text')}</p>
      <table>
        <thead><tr><th>{t('list.entries')}</th>{given.map(({ one, i }) => <th key={i}>{one.id}</th>)}</tr></thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className="sl-name">{inLanguage(entry)}</td>
              {given.map(({ one, i }) => <td key={i}><InputNumber value={one.values?.[entry.id] ?? null} onChange={(value) => set(i, entry.id, value)} style={{ width: 110 }} aria-label={`${one.id}: ${inLanguage(entry)}`} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export default function NewSelectionPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const change = useSelectionChange(ws.id);
  const [from] = useUrlValue('from');
  const [listId, setList] = useUrlValue('list');
  const [studyId, setStudy] = useUrlValue('study');
  const lists = useApi<{ items: (Words & { id: string })[] }>(ws.api('/longlists'));
  const studies = useApi<{ items: { id: string; title: Words; round: number }[] }>(ws.api('/delphi/studies'));
  const old = useSelection(ws.id, from);
  const chosen = listId || lists.data?.items.at(-1)?.id || '';
  const list = useListOf(ws.id, chosen);
  const [title, setTitle] = useState('');
  const [criteria, setCriteria] = useState<RequestCriterion[]>([]);
  const [weights, setWeights] = useState(emptyWeights);
  const [ranking, setRanking] = useState<Ranking>('topsis');
  const [select, setSelect] = useState(10);
  const [move, setMove] = useState(20);
  const [busy, setBusy] = useState(false);
  const sources = useSources(studyId);

  // An earlier selection is the start of the next one.
  useEffect(() => {
    const request = old.data?.request;
    if (!request) return;
    setTitle(request.title ?? '');
    setCriteria(request.criteria);
    setWeights(draftOf(request.weights ?? { method: 'direct', values: [] }, request.criteria.length));
    setRanking(request.ranking ?? 'topsis');
    setSelect(request.select ?? 10);
    setMove(Math.round(100 * (request.weight_change ?? 0.2)));
    setList(request.list);
    setStudy(request.study ?? null);
    // eslint-disable-next-line
  }, [old.data]);

  const accepted = (list.data?.entries ?? []).filter((entry) => entry.state === 'accepted');
  const entries = accepted.length > 0 ? accepted : (list.data?.entries ?? []).filter((entry) => entry.state === 'candidate');
  const edit = (i: number, part: Partial<RequestCriterion>) => setCriteria(criteria.map((one, j) => (j === i ? { ...one, ...part } : one)));
  const add = (source: string) => {
    const name = sources.find((one) => one.value === source)?.label ?? source;
    const base = source === 'given' ? t('select.criterion_n', { n: criteria.length + 1 }) : name.replace(/^[^:：]*[:：]\s*/, '');
    const taken = new Set(criteria.map((one) => one.id));
    setCriteria([...criteria, { id: taken.has(base) ? `${base} ${criteria.length + 1}` : base, source }]);
  };
  const missing = missingValues(criteria, entries.map((entry) => entry.id));
  const ready = entries.length >= 2 && criteria.length > 0 && criteria.every((one) => one.id.trim() !== '') && missing.length === 0;
  const compute = async () => {
    setBusy(true);
    const first = (prefix: string) => criteria.find((one) => one.source.startsWith(prefix))?.id;
    const request: SelectionRequest = { title: title.trim(), list: chosen, ...(studyId ? { study: studyId } : {}), criteria, weights: weightsOf(weights, criteria.length), ranking, select, weight_change: move / 100, draws: 1000, seed: 1 };
    const experts = first('delphi:') ?? first('given');
    const data = first('data:');
    const made = await change<{ id: string }>('POST', root(ws.id), { ...request, ...(experts ? { expert_position: experts } : {}), ...(data ? { data_position: data } : {}) });
    setBusy(false);
    if (made) void navigate(ws.page(`/selections/${made.id}`));
  };
  if (lists.data?.items.length === 0) return <Page title={t('select.new')}><Empty title={t('list.none')} text={t('select.needs_list')} action={<Button type="primary" onClick={() => void navigate(ws.page('/longlists'))}>{t('menu.longlists')}</Button>} /></Page>;
  return (
    <Page title={t('select.new')} lead={t('select.new_lead')}>
      <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <section className="panel">
          <div className="filters" style={{ marginBottom: 0 }}>
            <Input value={title} onChange={(event) => setTitle(event.target.value)} placeholder={t('select.title')} aria-label={t('select.title')} style={{ width: 280, maxWidth: '100%' }} maxLength={200} />
            <Select value={chosen || null} onChange={(value: string) => setList(value)} aria-label={t('list.title')} style={{ minWidth: 200 }} options={(lists.data?.items ?? []).map((one) => ({ value: one.id, label: inLanguage(one) }))} />
            <Select allowClear value={studyId || null} onChange={(value: string | null) => setStudy(value ?? null)} placeholder={t('select.study')} aria-label={t('select.study')} style={{ minWidth: 220 }} options={(studies.data?.items ?? []).filter((one) => one.round > 0).map((one) => ({ value: one.id, label: inLanguage(one.title) }))} />
            <span className="muted small">{t(accepted.length > 0 ? 'select.of_accepted' : 'select.of_candidates', { n: count(entries.length) })}</span>
          </div>
        </section>
        <section className="panel">
          <div className="panel-head"><h2>{t('select.criteria')}</h2></div>
          {criteria.length === 0 ? <p className="panel-note">{t('select.criteria_none')}</p> : null}
          {criteria.map((one, i) => (
            <div className="sl-row" key={i}>
              <Input value={one.id} onChange={(event) => edit(i, { id: event.target.value })} aria-label={t('select.criterion_n', { n: i + 1 })} />
              <Select value={one.source} onChange={(source) => edit(i, { source })} options={sources} aria-label={t('select.source_n', { n: i + 1 })} />
              <Checkbox checked={one.cost ?? false} onChange={(event) => edit(i, { cost: event.target.checked })}>{t('select.cost')}</Checkbox>
              <Button type="text" icon={<DeleteOutlined />} aria-label={`${t('action.delete')} ${i + 1}`} onClick={() => setCriteria(criteria.filter((_, j) => j !== i))} />
            </div>
          ))}
          <Select value={null} placeholder={t('select.criterion_add')} aria-label={t('select.criterion_add')} style={{ minWidth: 260, marginTop: 12 }} onChange={(source: string | null) => { if (source) add(source); }} options={sources} />
        </section>
        <GivenValues criteria={criteria} entries={entries} set={(i, entry, value) => setCriteria(criteria.map((one, j) => { if (j !== i) return one; const others = Object.fromEntries(Object.entries(one.values ?? {}).filter(([name]) => name !== entry)); return { ...one, values: value === null ? others : { ...others, [entry]: value } }; }))} />
        <section className="panel">
          <div className="panel-head"><h2>{t('select.weights')}</h2></div>
          <WeightsForm names={criteria.map((one) => one.id)} draft={weights} edit={(part) => setWeights({ ...weights, ...part })} />
        </section>
        <section className="panel">
          <div className="filters" style={{ marginBottom: 0 }}>
            <Select<Ranking> value={ranking} onChange={setRanking} aria-label={t('select.ranking')} style={{ minWidth: 170 }} options={(['topsis', 'weighted_sum', 'borda'] as const).map((value) => ({ value, label: t(`select.ranking.${value}`) }))} />
            <InputNumber min={1} max={Math.max(1, entries.length)} value={Math.min(select, Math.max(1, entries.length))} onChange={(value) => setSelect(value ?? 1)} prefix={t('select.how_many')} style={{ width: 170 }} aria-label={t('select.how_many')} />
            <InputNumber min={1} max={100} value={move} onChange={(value) => setMove(value ?? 20)} prefix="±" suffix="%" style={{ width: 120 }} aria-label={t('select.move')} />
            <span className="muted small">{t('select.move_text')}</span>
            <span style={{ flex: 1 }} />
            <Button type="primary" disabled={!ready} loading={busy} onClick={() => void compute()}>{t('select.compute')}</Button>
          </div>
          {missing.length > 0 ? <Alert style={{ marginTop: 12 }} type="info" showIcon title={t('select.missing_values', { names: missing.join(', ') })} /> : null}
          {entries.length < 2 ? <Alert style={{ marginTop: 12 }} type="info" showIcon title={t('select.two_entries')} /> : null}
        </section>
      </div>
    </Page>
  );
}
