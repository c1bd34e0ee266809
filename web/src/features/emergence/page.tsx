import { ControlOutlined, DownloadOutlined, StarFilled, StarOutlined } from '@ant-design/icons';
import { Button, Dropdown, Drawer, Input, Segmented, Slider, Switch, Table, Tooltip, type TableColumnsType } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useJudge, useJudgements } from '../../shared/api/judgements';
import { useTopics } from '../../shared/api/topics';
import { Sparkline, Whisker } from '../../shared/charts/sparkline';
import { toCsv, toXlsx } from '../../shared/charts/xlsx';
import { count, decimal, growthInterval, yearlyGrowth } from '../../shared/format';
import { labelOf, said } from '../../shared/labels';
import { saveFile } from '../../shared/save_file';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { toggled, useUrlList, useUrlValue } from '../../shared/ui/url_state';
import { componentName } from '../../shared/why';
import { useWorkspace } from '../../shared/workspace';
import { useRanking, type Ranked, type Unit } from './api';
import { Compare } from './compare';
import { Decomposition } from './decomposition';
import { componentNames, readWeights, rerank, writeWeights, type Reranked, type Weights } from './model';

const maxCompared = 5;
const fewRising = 10;

function WeightsPanel({ names, weights, set, open, close }: { names: string[]; weights: Weights; set: (weights: Weights) => void; open: boolean; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={close} size={360} mask={false} title={t('emergence.weights')} extra={<Button size="small" disabled={writeWeights(weights) === ''} onClick={() => set({})}>{t('emergence.reset')}</Button>}>
      <p className="muted small" style={{ marginTop: 0, lineHeight: 1.65 }}>{t('emergence.weights_text')}</p>
      {names.map((name) => (
        <div key={name} style={{ marginBottom: 6 }}>
          <div style={{ display: 'flex', justifyContent: 'space-between' }}>
            <span>{componentName(name)}</span>
            <span className="num muted">×{decimal(weights[name] ?? 1, 1)}</span>
          </div>
          <Slider min={0} max={3} step={0.1} value={weights[name] ?? 1} marks={{ 1: '' }} onChange={(value) => set({ ...weights, [name]: value })} tooltip={{ open: false }} ariaLabelForHandle={componentName(name)} />
        </div>
      ))}
    </Drawer>
  );
}

function useWatched(ws: string): { watched: Set<string>; toggle: (row: Ranked, unit: Unit) => void } {
  const { judge } = useJudge(ws);
  const list = useJudgements(ws, { kind: 'watch', limit: 500 });
  const watched = new Set<string>();
  for (const event of list.data?.items ?? []) {
    if (event.state === 'stands' && !event.superseded && Number(event.arguments['value'] ?? 0) === 1) watched.add(event.object.id);
  }
  const toggle = (row: Ranked, unit: Unit) => void judge({ kind: 'watch', object: { type: unit, id: row.id }, arguments: { value: watched.has(row.id) ? 0 : 1 }, reason: '' }, true);
  return { watched, toggle };
}

function sheetOf(rows: Reranked[], names: string[], t: (key: string) => string) {
  const head = [t('column.rank'), 'ID', t('column.label_zh'), t('column.label_en'), t('column.score'), t('column.documents'), t('column.growth'), t('column.low'), t('column.high'), ...names.map(componentName)];
  return [head, ...rows.map((r) => [r.newRank, r.id, labelOf(r, 'zh'), labelOf(r, 'en'), r.newScore, r.documents, r.growth.log_slope, r.growth.low, r.growth.high, ...names.map((n) => r.components.find((c) => c.name === n)?.contribution ?? 0)])];
}

export default function EmergencePage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [unitText, setUnit] = useUrlValue('unit', 'topic');
  const unit: Unit = unitText === 'term' ? 'term' : 'topic';
  const [all, setAll] = useUrlValue('all');
  const [find, setFind] = useUrlValue('find');
  const [weightsText, setWeights] = useUrlValue('weights');
  const [compared, setCompared] = useUrlList('compare');
  const [panel, setPanel] = useState(false);
  const [comparing, setComparing] = useState(false);
  const ranking = useRanking(ws.id, unit, all === '1');
  const topics = useTopics(ws.id);
  const { watched, toggle } = useWatched(ws.id);
  const weights = useMemo(() => readWeights(weightsText), [weightsText]);
  const names = useMemo(() => componentNames(ranking.data?.items ?? []), [ranking.data]);
  const rows = useMemo(() => rerank(ranking.data?.items ?? [], weights), [ranking.data, weights]);
  const shown = find ? rows.filter((r) => [labelOf(r, 'zh'), labelOf(r, 'en'), ...(r.forms ?? [])].some((text) => text.toLowerCase().includes(find.toLowerCase()))) : rows;
  const hasSparks = rows.some((r) => r.spark.length > 1);
  const bounded = rows.map((r) => r.growth).filter((g) => Number.isFinite(g.low) && Number.isFinite(g.high));
  const low = Math.max(-0.8, Math.min(0, ...bounded.map((g) => g.low)));
  const high = Math.min(1.2, Math.max(0.1, ...bounded.map((g) => g.high)));

  const columns: TableColumnsType<Reranked> = [
    {
      title: '#',
      dataIndex: 'newRank',
      width: 62,
      render: (rank: number, r) => (
        <span className="num">
          <b style={{ fontWeight: 600 }}>{rank}</b>
          {r.moved !== 0 ? <span className="small" style={{ color: r.moved > 0 ? 'var(--good)' : 'var(--muted)', marginLeft: 6 }}>{r.moved > 0 ? `▲${r.moved}` : `▼${-r.moved}`}</span> : null}
        </span>
      ),
    },
    {
      title: t(unit === 'topic' ? 'column.topic' : 'column.term'),
      ellipsis: true,
      width: 270,
      render: (_, r) => (
        <div style={{ minWidth: 0 }}>
          {unit === 'topic' ? <Link to={ws.page(`/topics/${r.id}`)} style={{ color: 'var(--ink)', fontWeight: 500 }}>{labelOf(r)}</Link> : <NumberLink docs={r.id}>{labelOf(r)}</NumberLink>}
          <div className="muted small" style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{(r.forms ?? []).slice(0, 6).join(' · ')}</div>
        </div>
      ),
    },
    ...(hasSparks ? [{ title: t('column.series'), width: 118, render: (_: unknown, r: Reranked) => <Sparkline values={r.spark} /> }] : []),
    {
      title: t('column.score'),
      width: 92,
      align: 'right',
      sorter: (a, b) => a.newScore - b.newScore,
      render: (_, r) => <b style={{ fontWeight: 600, color: 'var(--seal)' }} className="num">{decimal(r.newScore, 3)}</b>,
    },
    {
      title: t('column.growth'),
      width: 186,
      sorter: (a, b) => a.growth.log_slope - b.growth.log_slope,
      render: (_, r) => (
        <Tooltip title={t('emergence.interval', { value: growthInterval(r.growth.low, r.growth.high) })}>
          <span style={{ display: 'flex', gap: 10, alignItems: 'center' }}>
            <Whisker value={r.growth.log_slope} low={r.growth.low} high={r.growth.high} min={low} max={high} />
            <span className="num">{yearlyGrowth(r.growth.log_slope)}</span>
          </span>
        </Tooltip>
      ),
    },
    { title: t('column.documents'), width: 96, align: 'right', sorter: (a, b) => a.documents - b.documents, render: (_, r) => <NumberLink docs={r.id}>{count(r.documents)}</NumberLink> },
    {
      title: t('column.compare'),
      width: 68,
      align: 'center',
      render: (_, r) => {
        const on = compared.includes(r.id);
        return <input type="checkbox" aria-label={t('emergence.compare_this', { label: labelOf(r) })} checked={on} disabled={!on && compared.length >= maxCompared} onChange={() => setCompared(toggled(r.id))} />;
      },
    },
    {
      title: '',
      width: 40,
      render: (_, r) => (
        <Button
          type="text"
          size="small"
          aria-pressed={watched.has(r.id)}
          aria-label={t(watched.has(r.id) ? 'emergence.unwatch' : 'emergence.watch', { label: labelOf(r) })}
          icon={watched.has(r.id) ? <StarFilled style={{ color: 'var(--seal)' }} /> : <StarOutlined />}
          onClick={() => toggle(r, unit)}
        />
      ),
    },
  ];

  const chosen = compared.map((id) => rows.find((r) => r.id === id)).filter((r): r is Reranked => r !== undefined);

  return (
    <Page
      title={t('menu.emerging')}
      lead={t('emergence.lead')}
      actions={
        <>
          <Button icon={<ControlOutlined />} onClick={() => setPanel(!panel)} type={writeWeights(weights) ? 'primary' : 'default'}>{t('emergence.weights')}</Button>
          <Dropdown
            trigger={['click']}
            menu={{
              items: [{ key: 'csv', label: 'CSV' }, { key: 'xlsx', label: 'XLSX' }],
              onClick: ({ key }) => {
                const sheet = sheetOf(shown, names, t);
                if (key === 'csv') saveFile(`${t('menu.emerging')}.csv`, toCsv(sheet), 'text/csv;charset=utf-8');
                else saveFile(`${t('menu.emerging')}.xlsx`, toXlsx(sheet));
              },
            }}
          >
            <Button icon={<DownloadOutlined />}>{t('action.export')}</Button>
          </Dropdown>
        </>
      }
    >
      <div className="filters">
        <Segmented value={unit} onChange={(value) => setUnit(value)} options={[{ value: 'topic', label: t('unit.topic') }, { value: 'term', label: t('unit.term') }]} />
        <Input allowClear placeholder={t('emergence.find')} value={find} onChange={(event) => setFind(event.target.value)} style={{ width: 220 }} aria-label={t('emergence.find')} />
        <label style={{ display: 'flex', gap: 8, alignItems: 'center', color: 'var(--soft)' }}>
          <Switch size="small" checked={all === '1'} onChange={(on) => setAll(on ? '1' : null)} /> {t('emergence.all')}
        </label>
        <span className="muted small" style={{ marginLeft: 'auto' }}>{ranking.data ? [t('emergence.shown', { n: count(shown.length) }), ranking.data.until ? t('emergence.until', { year: ranking.data.until }) : ''].filter(Boolean).join(' · ') : ''}</span>
      </div>
      <Loaded query={ranking} rows={12} absent={<Empty title={t('emergence.none')} text={t('emergence.none_text')} action={<Link to={ws.page('/jobs')}><Button type="primary">{t('action.run')}</Button></Link>} />}>
        {(data) => (
          <section className="panel" style={{ padding: '6px 8px' }}>
            <Table
              virtual={shown.length > 60}
              scroll={{ x: 960, ...(shown.length > 60 ? { y: Math.max(380, window.innerHeight - 330) } : {}) }}
              size="small"
              rowKey="id"
              pagination={false}
              dataSource={shown}
              columns={columns}
              expandable={{ expandedRowRender: (r) => <Decomposition components={r.components} score={r.newScore} />, columnWidth: 36 }}
              locale={{ emptyText: <Empty title={t('emergence.no_match')} text={t('emergence.no_match_text')} /> }}
            />
            {all !== '1' && !find && rows.length < fewRising ? (
              <p className="panel-note" style={{ padding: '0 12px' }}>{t('emergence.few', { n: count(rows.length) })} <Button size="small" type="link" style={{ padding: 0 }} onClick={() => setAll('1')}>{t('emergence.show_all')}</Button></p>
            ) : null}
            {data.model ? <p className="panel-note" style={{ padding: '0 12px 8px' }}>{t('emergence.model', { model: said(data, 'model') })}</p> : null}
          </section>
        )}
      </Loaded>
      {chosen.length > 0 ? (
        <div className="tray" role="region" aria-label={t('emergence.tray')}>
          <span>{t('emergence.tray')}</span>
          {chosen.map((r) => (
            <button type="button" className="chip" key={r.id} onClick={() => setCompared(toggled(r.id))}>
              {labelOf(r).slice(0, 24)} ×
            </button>
          ))}
          <Button type="primary" size="small" disabled={chosen.length < 2} onClick={() => setComparing(true)}>{t('emergence.compare')}</Button>
        </div>
      ) : null}
      <Compare open={comparing} close={() => setComparing(false)} rows={chosen} series={(r) => topics.data?.items.find((topic) => topic.id === r.id)?.series} names={names} />
      <WeightsPanel names={names} weights={weights} set={(next) => setWeights(writeWeights(next) || null)} open={panel} close={() => setPanel(false)} />
    </Page>
  );
}
