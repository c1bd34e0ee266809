import { PlusOutlined } from '@ant-design/icons';
import { Button, Drawer, Input, Progress, Segmented, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../shared/api/client';
import { hasRole, useSession } from '../../shared/api/session';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { inLanguage } from '../../shared/delphi/model';
import { count, decimal, share } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { UrlTabs } from '../../shared/ui/url_tabs';
import { useWorkspace } from '../../shared/workspace';
import { useLookBack, usePool, verdicts, type EntryWords, type LookBack, type Outcome, type Scores, type TableRow, type Verdict } from './api';
import { calibrationChart } from './charts';
import { ForecastForm } from './forecast_form';
import { OutcomeForm } from './outcome_form';
import { TableImport } from './table_import';

const colors: Record<Verdict, string> = { realised: 'success', partly: 'processing', not: 'error', undecidable: 'default' };

/** The look-back table: what became of the items of each field; a number opens the items it counts. */
function LookBackTable({ data, open }: { data: LookBack; open: (field: string, verdict: string) => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const cell = (row: TableRow, verdict: Verdict) => (row[verdict] > 0 ? <button type="button" className="number-link" onClick={() => open(row === data.all ? '*' : row.field, verdict)}>{count(row[verdict])}</button> : '0');
  return (
    <>
      <Table<TableRow>
        size="small"
        rowKey={(row) => (row === data.all ? '*' : `=${row.field}`)}
        pagination={false}
        scroll={{ x: 620 }}
        dataSource={[...data.table, data.all]}
        columns={[
          { title: t('delphi.field'), render: (_, row) => (row === data.all ? <b>{t('back.all')}</b> : row.field || t('back.no_field')) },
          ...verdicts.map((verdict) => ({ title: t(`back.verdict.${verdict}`), key: verdict, align: 'right' as const, render: (_: unknown, row: TableRow) => cell(row, verdict) })),
          { title: t('back.total'), align: 'right', render: (_, row) => <button type="button" className="number-link" onClick={() => open(row === data.all ? '*' : row.field, '')}>{count(row.total)}</button> },
          { title: t('back.share'), align: 'right', render: (_, row) => (row.share === null ? '–' : <span style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}><Progress percent={100 * row.share} showInfo={false} size="small" style={{ width: 80, margin: 0 }} />{share(row.share, 0)}</span>) },
        ]}
      />
      <p className="panel-note">{t('back.share_explain')} <a href={`/api/v1/w/${ws.id}/lookback/outcomes`} download="outcomes.csv">{t('back.csv')}</a></p>
    </>
  );
}

/** The outcomes one by one, each with evidence and date. */
function Outcomes({ rows, edit, words }: { rows: Outcome[]; edit: ((outcome: Outcome) => void) | null; words: (thing: string) => string }) {
  const { t } = useTranslation();
  return (
    <>
      {rows.map((row) => (
        <div className="record" key={row.thing}>
          <div style={{ display: 'flex', gap: 8, alignItems: 'baseline', flexWrap: 'wrap' }}>
            <b style={{ fontWeight: 500 }}>{row.statement || words(row.thing) || row.thing}</b>
            <Tag variant="filled" color={colors[row.verdict]}>{t(`back.verdict.${row.verdict}`)}</Tag>
            <span style={{ flex: 1 }} />
            {edit ? <Button size="small" type="text" onClick={() => edit(row)}>{t('action.edit')}</Button> : null}
          </div>
          {row.evidence ? <div className="small">{/^https?:\/\/\S+$/.test(row.evidence) ? <a href={row.evidence} target="_blank" rel="noreferrer noopener">{row.evidence} ↗</a> : row.evidence}</div> : null}
          <div className="record-meta"><span>{row.thing}</span>{row.field ? <span>{row.field}</span> : null}{row.date ? <span>{row.date}</span> : null}</div>
        </div>
      ))}
    </>
  );
}

const scoreColumns = ['brier', 'log_score', 'skill', 'reliability', 'resolution'] as const;

/** Scores and calibration curves of experts, panels and the machine together. */
function Calibration({ data }: { data: LookBack }) {
  const { t } = useTranslation();
  const [by, setBy] = useUrlValue('by', 'kinds');
  const members = by === 'members';
  const rows = members ? [...data.members].sort((a, b) => b.forecasts - a.forecasts) : data.kinds;
  const name = (row: Scores) => (members ? row.member : t(`back.kind.${row.kind}`));
  if (data.kinds.length === 0) return <Empty title={t('back.no_scores')} text={t('back.no_scores_text')} />;
  return (
    <>
      <div className="filters"><Segmented value={by} onChange={(next) => setBy(String(next))} options={[{ value: 'kinds', label: t('back.by_kind') }, { value: 'members', label: t('back.by_member') }]} /></div>
      <ChartFrame
        bare
        title={t('back.calibration')}
        explain={t('back.calibration_explain')}
        height={420}
        option={(p) => calibrationChart(p, rows.slice(0, 8).map((scores) => ({ name: name(scores), scores, machine: scores.kind === 'machine' })), { stated: t('back.stated'), realized: t('back.realized'), perfect: t('back.perfect'), percent: (v) => share(v, 0) })}
        figures={{ columns: [t('back.member'), t('back.from'), t('back.to'), t('back.forecasts'), t('back.stated'), t('back.realized'), t('column.low'), t('column.high')], rows: rows.flatMap((row) => row.bins.filter((bin) => bin.count > 0).map((bin) => [name(row), bin.low, bin.high, bin.count, bin.stated, bin.realized, bin.interval_low, bin.interval_high])) }}
        note={rows.length > 8 ? t('back.first_eight') : undefined}
      />
      <Table
        size="small"
        style={{ marginTop: 16 }}
        rowKey={(row) => `${row.kind} ${row.member}`}
        scroll={{ x: 680 }}
        pagination={{ pageSize: 20, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={rows}
        columns={[
          { title: t('back.member'), render: (_, row) => <>{name(row)} {members ? <Tag variant="filled">{t(`back.kind.${row.kind}`)}</Tag> : null}</> },
          { title: t('back.forecasts'), align: 'right', sorter: (a, b) => a.forecasts - b.forecasts, render: (_, row) => count(row.forecasts) },
          ...scoreColumns.map((score) => ({ title: <span title={t(`back.score_text.${score}`)}>{t(`back.score.${score}`)}</span>, key: score, align: 'right' as const, sorter: (a: Scores, b: Scores) => (a[score] ?? 0) - (b[score] ?? 0), render: (_: unknown, row: Scores) => decimal(row[score], 3) })),
        ]}
      />
      <p className="panel-note">{t('back.scores_explain')}</p>
    </>
  );
}

/** One probability of all members' last ones, weighted by their past on other things; the machine apart. */
function Pooled({ data, words }: { data: LookBack; words: (thing: string) => string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [thing, setThing] = useUrlValue('thing');
  const chosen = thing || data.things[0]?.thing || '';
  const pool = usePool(ws.id, chosen);
  if (data.things.length === 0) return <Empty title={t('back.no_forecasts')} text={t('back.no_forecasts_text')} />;
  const verdict = data.outcomes.find((one) => one.thing === chosen)?.verdict;
  return (
    <>
      <div className="filters"><Select showSearch style={{ minWidth: 260, maxWidth: '100%' }} value={chosen} onChange={(value) => setThing(value)} aria-label={t('back.thing')} optionFilterProp="label" options={data.things.map((one) => ({ value: one.thing, label: `${words(one.thing) || one.thing} · ${count(one.forecasts)}` }))} />{verdict ? <Tag variant="filled" color={colors[verdict]}>{t(`back.verdict.${verdict}`)}</Tag> : null}</div>
      <Loaded query={pool} rows={4}>
        {(found) => (
          <>
            <div className="kpi-strip" style={{ marginBottom: 18 }}>
              <div className="kpi"><span className="label">{t('back.pool.people')}</span><span className="value">{share(found.without_machine, 0)}</span><span className="note">{t('back.pool.people_text')}</span></div>
              <div className="kpi"><span className="label">{t('back.pool.all')}</span><span className="value">{share(found.log_odds, 0)}</span><span className="note">{t('back.pool.all_text')}</span></div>
              <div className="kpi"><span className="label">{t('back.pool.machine')}</span><span className="value">{share(found.members.find((one) => one.kind === 'machine')?.probability, 0)}</span><span className="note">{t('back.pool.machine_text')}</span></div>
              <div className="kpi"><span className="label">{t('back.pool.linear')}</span><span className="value">{share(found.linear, 0)}</span><span className="note">{t('back.pool.linear_text')}</span></div>
            </div>
            <Table
              size="small"
              rowKey={(row) => `${row.kind} ${row.member}`}
              pagination={{ pageSize: 20, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
              scroll={{ x: 560 }}
              dataSource={[...found.members].sort((a, b) => b.weight - a.weight)}
              columns={[
                { title: t('back.member'), render: (_, row) => <>{row.member} <Tag variant="filled" color={row.kind === 'machine' ? 'default' : 'processing'}>{t(`back.kind.${row.kind}`)}</Tag></> },
                { title: t('back.probability'), align: 'right', render: (_, row) => share(row.probability, 0) },
                { title: t('back.weight'), align: 'right', render: (_, row) => share(row.weight, 0) },
                { title: t('back.past'), align: 'right', render: (_, row) => (row.past > 0 ? t('back.past_n', { n: count(row.past), brier: decimal(row.brier, 3) }) : t('back.past_none')) },
                { title: t('back.made_at'), render: (_, row) => row.made_at || '–' },
              ]}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

/** Words of the entries of all technology lists: outcomes name entries by their id. */
function useEntryWords(): EntryWords[] {
  const ws = useWorkspace();
  const lists = useApi<{ items: { id: string }[] }>(ws.api('/longlists'));
  const last = lists.data?.items.at(-1)?.id;
  const list = useApi<{ entries: EntryWords[] }>(last ? ws.api(`/longlists/${last}`) : null);
  return list.data?.entries ?? [];
}

export default function LookBackPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { data: session } = useSession();
  const [field, setField] = useUrlValue('field');
  const [verdict, setVerdict] = useUrlValue('verdict');
  const [q, setQ] = useState('');
  const [editing, setEditing] = useState<Partial<Outcome> | null>(null);
  const [adding, setAdding] = useState(false);
  const back = useLookBack(ws.id);
  const entries = useEntryWords();
  const may = hasRole(session, 'moderator', 'curator');
  const words = (thing: string) => { const entry = entries.find((one) => one.id === thing); return entry ? inLanguage(entry) : ''; };
  const actions = may ? <><TableImport /><Button onClick={() => setAdding(true)}>{t('back.forecasts_add')}</Button><Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({})}>{t('back.set')}</Button></> : null;
  return (
    <Page title={t('menu.lookback')} lead={t('back.lead')} actions={actions}>
      <section className="panel">
        <Loaded query={back} rows={8}>
          {(data) => {
            const told = new Set(data.outcomes.map((one) => one.thing));
            const wanted = [...data.things.map((one) => ({ thing: one.thing, forecasts: one.forecasts })), ...entries.filter((entry) => !data.things.some((one) => one.thing === entry.id)).map((entry) => ({ thing: entry.id, forecasts: 0 }))].filter((one) => !told.has(one.thing) && (words(one.thing) + one.thing).toLowerCase().includes(q.toLowerCase()));
            return (
              <UrlTabs
                items={[
                  { key: 'table', label: t('back.tab.table'), children: data.outcomes.length === 0 ? <Empty title={t('back.none')} text={t('back.none_text')} action={actions} /> : <LookBackTable data={data} open={(f, v) => { setField(f); setVerdict(v || 'any'); }} /> },
                  { key: 'calibration', label: t('back.tab.calibration'), children: <Calibration data={data} /> },
                  { key: 'pool', label: t('back.tab.pool'), children: <Pooled data={data} words={words} /> },
                  {
                    key: 'open',
                    label: `${t('back.tab.open')} · ${count(wanted.length)}`,
                    children: (
                      <>
                        <p className="panel-note" style={{ marginTop: 0 }}>{t('back.open_text')}</p>
                        <Input.Search allowClear onSearch={setQ} placeholder={t('list.find')} aria-label={t('list.find')} style={{ maxWidth: 280, marginBottom: 6 }} />
                        {wanted.length === 0 ? <p className="panel-note">{t('back.open_none')}</p> : null}
                        {wanted.slice(0, 100).map((one) => (
                          <div className="record" key={one.thing} style={{ display: 'flex', gap: 10, alignItems: 'baseline', flexWrap: 'wrap' }}>
                            <span style={{ flex: 1, minWidth: 200 }}>{words(one.thing) || one.thing} <span className="muted small">{one.thing}</span></span>
                            {one.forecasts > 0 ? <span className="muted small num">{t('back.forecasts_n', { n: count(one.forecasts) })}</span> : null}
                            {may ? <Button size="small" onClick={() => { const entry = entries.find((e) => e.id === one.thing); setEditing({ thing: one.thing, statement: words(one.thing), field: entry?.field ?? '' }); }}>{t('back.set')}</Button> : null}
                          </div>
                        ))}
                      </>
                    ),
                  },
                ]}
              />
            );
          }}
        </Loaded>
      </section>
      <Drawer open={verdict !== ''} onClose={() => { setVerdict(null); setField(null); }} size={Math.min(620, window.innerWidth)} title={verdict === 'any' || verdict === '' ? t('back.outcomes') : t(`back.verdict.${verdict}`)} destroyOnHidden>
        <Outcomes rows={(back.data?.outcomes ?? []).filter((one) => (field === '*' || one.field === field) && (verdict === 'any' || one.verdict === verdict))} edit={may ? setEditing : null} words={words} />
      </Drawer>
      {editing ? <OutcomeForm start={editing} close={() => setEditing(null)} /> : null}
      {adding ? <ForecastForm close={() => setAdding(false)} /> : null}
    </Page>
  );
}
