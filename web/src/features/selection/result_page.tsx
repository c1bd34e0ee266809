import { Alert, Button, Table, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { recordsNamed } from '../../shared/api/records';
import { hasRole, useSession } from '../../shared/api/session';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { inLanguage } from '../../shared/delphi/model';
import { count, decimal, isNumber, share, signed } from '../../shared/format';
import { said } from '../../shared/labels';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { UrlTabs } from '../../shared/ui/url_tabs';
import { useWorkspace } from '../../shared/workspace';
import { root, useListOf, useSelection, type SelectedItem, type SelectionResult } from './api';
import { portfolioChart, sensitivityChart } from './charts';
import { byRank } from './model';
import './selection.css';

/** The documents an entry rests on, by entry. */
function useEvidence(list: string): (entry: string) => string[] {
  const ws = useWorkspace();
  const found = useListOf(ws.id, list);
  return (entry) => found.data?.entries.find((one) => one.id === entry)?.origin.records ?? [];
}

function Ranked({ data, evidence }: { data: SelectionResult; evidence: (entry: string) => string[] }) {
  const { t } = useTranslation();
  const columns: TableColumnsType<SelectedItem> = [
    { title: t('column.rank'), align: 'right', width: 60, render: (_, row) => <b style={{ color: row.selected ? 'var(--seal)' : 'var(--muted)' }}>{row.rank}</b> },
    {
      title: t('list.entries'),
      className: 'sl-name',
      render: (_, row) => {
        const records = evidence(row.id);
        return <><span style={{ fontWeight: row.selected ? 600 : 400 }}>{inLanguage(row)}</span> {row.flips ? <Tag variant="filled" color="warning">{t('select.flips')}</Tag> : null}<div className="muted small">{row.field ? `${row.field} · ` : ''}{records.length > 0 ? <NumberLink docs={recordsNamed(records)}>{t('list.evidence', { n: count(records.length) })}</NumberLink> : t('list.no_evidence')}</div></>;
      },
    },
    { title: t('select.value'), align: 'right', render: (_, row) => decimal(row.value, 3) },
    { title: t('select.span'), align: 'right', render: (_, row) => (row.rank_low === row.rank_high ? count(row.rank) : `${row.rank_low}–${row.rank_high}`) },
    { title: t('select.share'), align: 'right', render: (_, row) => share(row.selected_share, 0) },
    { title: t('select.other_ranks'), align: 'right', render: (_, row) => <span className="muted">{row.rank_weighted_sum} · {row.rank_topsis} · {row.rank_borda}</span> },
    ...data.criteria.map((criterion, c) => ({ title: <span title={criterion.source}>{criterion.id} <span className="muted">{share(criterion.weight, 0)}</span></span>, key: criterion.id, align: 'right' as const, render: (_: unknown, row: SelectedItem) => decimal(row.scores[c], Math.abs(row.scores[c] ?? 0) >= 100 ? 0 : 2) })),
  ];
  return (
    <>
      <p className="panel-note" style={{ marginTop: 0 }}>{t('select.ranks_explain')}</p>
      <Table size="small" rowKey="id" columns={columns} dataSource={byRank(data.items)} scroll={{ x: 'max-content' }} pagination={data.items.length > 50 ? { pageSize: 50 } : false} />
    </>
  );
}

function Sensitivity({ data }: { data: SelectionResult }) {
  const { t } = useTranslation();
  const ranked = byRank(data.items);
  const name = (id: string) => { const item = data.items.find((one) => one.id === id); return item ? inLanguage(item) : id; };
  const move = share(data.request.weight_change ?? 0.2, 0);
  const changed = data.influences.filter((one) => one.leaves.length + one.enters.length > 0);
  return (
    <>
      <ChartFrame
        bare
        title={t('select.sensitivity')}
        explain={t('select.sensitivity_explain', { move })}
        height={Math.max(240, 26 * ranked.length + 80)}
        option={(p) => sensitivityChart(p, ranked.map((item) => ({ name: inLanguage(item), rank: item.rank, low: item.rank_low, high: item.rank_high, selected: item.selected, flips: item.flips })), data.select, { rank: t('column.rank'), span: t('select.span'), cut: t('select.cut'), flips: t('select.flips_text'), steady: t('select.steady') })}
        figures={{ columns: [t('list.entries'), t('column.rank'), t('column.low'), t('column.high'), t('select.share'), t('select.flips')], rows: ranked.map((item) => [inLanguage(item), item.rank, item.rank_low, item.rank_high, item.selected_share, item.flips ? t('select.flips') : '']) }}
        note={t('select.sensitivity_note', { n: count(ranked.filter((item) => item.flips).length), move })}
      />
      <h3>{t('select.overtakings')}</h3>
      <p className="panel-note">{t('select.overtakings_text')}</p>
      {data.overtakings.length === 0 ? <p className="panel-note">{t('select.overtakings_none')}</p> : (
        <Table
          size="small"
          rowKey={(row) => `${row.inside}${row.outside}${row.criterion}`}
          scroll={{ x: 640 }}
          pagination={{ pageSize: 10, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
          dataSource={data.overtakings}
          columns={[
            { title: t('select.criterion'), dataIndex: 'criterion' },
            { title: t('select.weight_to'), align: 'right', render: (_, row) => `${share(row.weight - row.change, 0)} → ${share(row.weight, 0)}` },
            { title: t('select.change'), align: 'right', render: (_, row) => signed(100 * row.change, 1) },
            { title: t('select.enters'), render: (_, row) => name(row.outside) },
            { title: t('select.leaves'), render: (_, row) => name(row.inside) },
          ]}
        />
      )}
      {data.experts > 0 ? (
        <>
          <h3>{t('select.influence')}</h3>
          <p className="panel-note">{said(data, 'influence_gap') || t('select.influence_text', { n: count(data.experts), changed: count(changed.length) })}</p>
          {changed.map((one, i) => <div className="record small" key={i}>{one.leaves.map((id) => <div key={id}>− {name(id)}</div>)}{one.enters.map((id) => <div key={id}>+ {name(id)}</div>)}</div>)}
        </>
      ) : null}
    </>
  );
}

function Portfolio({ data }: { data: SelectionResult }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const placed = data.items.flatMap((item) => (isNumber(item.data_position) && isNumber(item.expert_position) ? [{ id: item.id, name: inLanguage(item), x: item.data_position, y: item.expert_position, selected: item.selected }] : []));
  if (placed.length === 0) return <p className="panel-note">{t('select.portfolio_none')}</p>;
  return (
    <>
      <ChartFrame
        bare
        title={t('select.portfolio')}
        explain={t('select.portfolio_explain', { data: data.request.data_position ?? '', experts: data.request.expert_position ?? '' })}
        height={460}
        option={(p) => portfolioChart(p, placed, { data: t('select.data_position'), experts: t('select.expert_position'), selected: t('select.inside'), others: t('select.outside') })}
        figures={{ columns: [t('list.entries'), t('select.data_position'), t('select.expert_position'), t('column.rank')], rows: data.items.map((item) => [inLanguage(item), item.data_position ?? '', item.expert_position ?? '', item.rank]) }}
      />
      <p className="panel-note"><Link to={ws.page(`/radar?list=${data.request.list}&selection=${window.location.pathname.split('/').at(-1) ?? ''}`)}>{t('select.to_radar')}</Link></p>
    </>
  );
}

export default function SelectionPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { id = '' } = useParams();
  const { data: session } = useSession();
  const selection = useSelection(ws.id, id);
  const evidence = useEvidence(selection.data?.request.list ?? '');
  return (
    <Loaded query={selection} rows={10}>
      {(data) => (
        <Page
          title={data.request.title || t('select.selection_n', { id })}
          lead={t('select.result_lead', { k: count(data.select), n: count(data.items.length), ranking: t(`select.ranking.${data.ranking}`), method: t(`select.method.${data.request.weights?.method ?? 'direct'}`) })}
          actions={
            <>
              <Button href={`/api/v1${root(ws.id)}/${id}?format=csv`} download={`${id}.csv`}>CSV</Button>
              {hasRole(session, 'moderator', 'curator') ? <Link to={ws.page(`/selections/new?from=${id}`)}><Button>{t('select.again')}</Button></Link> : null}
            </>
          }
        >
          <div className="kpi-strip" style={{ marginBottom: 18 }}>
            <div className="kpi"><span className="label">{t('select.chosen')}</span><span className="value">{t('select.k_of_n', { k: count(data.select), n: count(data.items.length) })}</span></div>
            <div className="kpi"><span className="label">{t('select.flips_n')}</span><span className="value">{count(data.items.filter((item) => item.flips).length)}</span><span className="note">{t('select.when_moved', { move: share(data.request.weight_change ?? 0.2, 0) })}</span></div>
            {isNumber(data.consistency_ratio) ? <div className="kpi"><span className="label">{t('select.consistency')}</span><span className="value">{decimal(data.consistency_ratio, 3)}</span><span className="note">{t(data.consistency_ratio <= 0.1 ? 'select.consistent' : 'select.inconsistent')}</span></div> : null}
            {isNumber(data.inconsistency) ? <div className="kpi"><span className="label">{t('select.bwm_inconsistency')}</span><span className="value">{decimal(data.inconsistency, 3)}</span><span className="note">{t('select.bwm_note')}</span></div> : null}
            {data.experts > 0 ? <div className="kpi"><span className="label">{t('select.experts')}</span><span className="value">{count(data.experts)}</span></div> : null}
          </div>
          {isNumber(data.consistency_ratio) && data.consistency_ratio > 0.1 ? <Alert type="warning" showIcon style={{ marginBottom: 18 }} title={t('select.inconsistent_text')} /> : null}
          <section className="panel">
            <UrlTabs
              items={[
                { key: 'ranking', label: t('select.tab.ranking'), children: <Ranked data={data} evidence={evidence} /> },
                { key: 'sensitivity', label: t('select.tab.sensitivity'), children: <Sensitivity data={data} /> },
                { key: 'portfolio', label: t('select.tab.portfolio'), children: <Portfolio data={data} /> },
              ]}
            />
          </section>
        </Page>
      )}
    </Loaded>
  );
}
