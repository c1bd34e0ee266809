import { Button, Drawer, Segmented, Select, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { recordsNamed } from '../../shared/api/records';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { inLanguage } from '../../shared/delphi/model';
import { count, isNumber, moment, share, signed } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Failure, Page, Waiting } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useRadar, type RadarItem, type Step } from './data';
import { placeMarks, ringOf, rings, roadmapOrder } from './model';
import { radarChart, roadmapChart } from './charts';

/** One step of the history of an item, in words that open where it was made. */
function StepLine({ step, title }: { step: Step; title: (selection: string) => string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  if (step.kind === 'selection') return <><Link to={ws.page(`/selections/${step.id}`)}>{title(step.id) || t('select.selection_n', { id: step.id })}</Link> <span className="muted small num">{t('radar.both', { data: share(step.data_position, 0), experts: share(step.expert_position, 0) })}</span></>;
  if (step.kind === 'version') return <>{t('list.version_n', { n: step.version })} <span className="muted small">{inLanguage(step)}</span></>;
  return (
    <>
      <Link to={ws.page(`/delphi/${step.study}`)}>{t('radar.study_round', { study: step.study, n: step.round })}</Link> <span className="muted small num">{share(step.position, 0)}{isNumber(step.year) ? ` · ${t('radar.expected', { year: Math.round(step.year), low: Math.round(step.year_low ?? step.year), high: Math.round(step.year_high ?? step.year) })}` : ''}</span>
    </>
  );
}

/** How one item came to where it stands: the two marks with what they rest on, and every study, selection and version before. */
function History({ item, title, close }: { item: RadarItem | undefined; title: (selection: string) => string; close: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const ring = (position: number | null) => (position === null ? '–' : <>{share(position, 0)} <Tag variant="filled">{t(`radar.ring.${ringOf(position)}`)}</Tag></>);
  return (
    <Drawer open={item !== undefined} onClose={close} size={Math.min(580, window.innerWidth)} title={t('radar.history')} destroyOnHidden>
      {item ? (
        <>
          <h2 style={{ fontFamily: 'var(--title)', fontSize: 20, margin: '0 0 12px', lineHeight: 1.5 }}>{item.name}</h2>
          <dl className="facts">
            <dt>{t('radar.data')}</dt><dd>{ring(item.data)}</dd>
            <dt>{t('radar.experts')}</dt><dd>{ring(item.experts)}{item.byVotes ? <span className="muted small"> {t('radar.by_votes')}</span> : item.expert ? <span className="muted small num"> {t('radar.cards', { n: count(item.expert.cards) })}</span> : null}</dd>
            {isNumber(item.expert?.year) ? <><dt>{t('radar.median')}</dt><dd className="num">{t('radar.expected', { year: Math.round(item.expert.year), low: Math.round(item.expert.year_low ?? item.expert.year), high: Math.round(item.expert.year_high ?? item.expert.year) })}</dd></> : null}
            {isNumber(item.machine?.year) ? <><dt>{t('radar.seen')}</dt><dd className="num">{Math.round(item.machine.year)}</dd></> : null}
            {isNumber(item.machine?.growth) ? <><dt>{t('column.growth')}</dt><dd className="num">{signed(100 * item.machine.growth)}%</dd></> : null}
            <dt>{t('column.documents')}</dt><dd>{item.machine ? <NumberLink docs={item.machine.unit}>{count(item.machine.documents)}</NumberLink> : item.records.length > 0 ? <NumberLink docs={recordsNamed(item.records)}>{count(item.records.length)}</NumberLink> : '–'}</dd>
            {item.machine?.unit.startsWith('topic-') ? <><dt>{t('column.topic')}</dt><dd><Link to={ws.page(`/topics/${item.machine.unit}`)}>{item.machine.unit}</Link></dd></> : null}
            <dt>{t('radar.votes')}</dt><dd className="num">{t('radar.votes_n', { n: count(item.in_favour), against: count(item.against) })}</dd>
            {item.movement.since ? <><dt>{t('radar.moved')}</dt><dd className="num">{t('radar.moved_since', { study: item.movement.since, years: signed(item.movement.years, 1), position: signed(item.movement.position === null ? null : 100 * item.movement.position) })}</dd></> : null}
          </dl>
          <h3>{t('radar.steps')}</h3>
          {item.steps.length === 0 ? <p className="panel-note">{t('radar.steps_none')}</p> : [...item.steps].reverse().map((step, i) => <div className="record" key={i} style={{ padding: '8px 0' }}><StepLine step={step} title={title} /></div>)}
          <h3>{t('list.history')}</h3>
          {item.lineage.length === 0 ? <p className="panel-note">{t('list.history_none')}</p> : [...item.lineage].reverse().map((step, i) => <div className="record" key={i} style={{ padding: '8px 0' }}><b style={{ fontWeight: 500 }}>{t(`list.did.${step.action}`)}</b> <span className="muted small">{step.by} · {moment(step.at)}</span>{step.reason ? <div className="small">{t('judge.because', { reason: step.reason })}</div> : null}</div>)}
        </>
      ) : null}
    </Drawer>
  );
}

export default function RadarPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const [view, setView] = useUrlValue('view', 'radar');
  const [list, setList] = useUrlValue('list');
  const [selection, setSelection] = useUrlValue('selection');
  const [open, setOpen] = useUrlValue('item');
  const radar = useRadar(list, selection);
  if (radar.lists?.length === 0) return <Page title={t('menu.radar')} lead={t('radar.lead')}><section className="panel"><Empty title={t('list.none')} text={t('radar.needs_list')} action={<Button type="primary" onClick={() => void navigate(ws.page('/longlists'))}>{t('menu.longlists')}</Button>} /></section></Page>;
  const items = radar.items;
  const placed = placeMarks(items, t('radar.no_field'));
  const size = Math.min(560, window.innerWidth - 100);
  const rows = roadmapOrder(items.map((item) => ({ id: item.id, name: item.name, seen: item.machine?.year ?? null, lower: item.expert?.year_low ?? null, median: item.expert?.year ?? null, upper: item.expert?.year_high ?? null })));
  const dated = rows.filter((row) => row.seen !== null || row.median !== null);
  return (
    <Page title={t('menu.radar')} lead={t('radar.lead')}>
      <div className="filters">
        <Segmented value={view} onChange={(next) => setView(String(next))} options={[{ value: 'radar', label: t('radar.view.radar') }, { value: 'roadmap', label: t('radar.view.roadmap') }]} />
        <Select style={{ minWidth: 180 }} value={radar.list || null} onChange={(value: string) => { setList(value); setSelection(null); }} aria-label={t('list.title')} options={(radar.lists ?? []).map((one) => ({ value: one.id, label: inLanguage(one) }))} />
        <Select style={{ minWidth: 220 }} value={selection || 'now'} onChange={(value) => setSelection(value === 'now' ? null : value)} aria-label={t('radar.positions_from')} options={[{ value: 'now', label: t('radar.from_now') }, ...radar.selections.map((one) => ({ value: one.id, label: t('radar.from_selection', { name: one.title || one.id }) }))]} />
        <span className="muted small num" style={{ marginLeft: 'auto' }}>{t('actors.total', { n: count(items.length) })}</span>
      </div>
      {radar.error ? <Failure error={radar.error} /> : !radar.ready ? <Waiting rows={10} /> : items.length === 0 ? <section className="panel"><Empty title={t('list.empty')} text={t('list.empty_text')} action={<Button onClick={() => void navigate(ws.page(`/longlists/${radar.list}`))}>{t('list.add')}</Button>} /></section> : (
        <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
          {view === 'radar' ? (
            <ChartFrame
              title={t('radar.view.radar')}
              explain={t(selection ? 'radar.explain_selection' : 'radar.explain')}
              height={size + 40}
              option={(p) => radarChart(p, placed, size, { data: t('radar.data'), experts: t('radar.experts'), ring: (i) => t(`radar.ring.${rings[i] ?? 'hold'}`) })}
              figures={{ columns: [t('list.entries'), t('delphi.field'), t('radar.data'), t('radar.experts')], rows: items.map((item) => [item.name, item.field, item.data ?? '', item.experts ?? '']) }}
              onClick={(click) => setOpen((click.data as { id?: string }).id ?? null)}
              note={items.every((item) => item.experts === null) ? t('radar.no_experts') : undefined}
            />
          ) : dated.length === 0 ? <section className="panel"><Empty title={t('radar.no_years')} text={t('radar.no_years_text')} /></section> : (
            <ChartFrame
              title={t('radar.view.roadmap')}
              explain={t('radar.roadmap_explain')}
              height={Math.max(240, 30 * dated.length + 90)}
              option={(p) => roadmapChart(p, dated, radar.year, { data: t('radar.seen'), experts: t('radar.median'), half: t('radar.half'), now: t('radar.now') })}
              figures={{ columns: [t('list.entries'), t('radar.seen'), t('column.low'), t('radar.median'), t('column.high')], rows: dated.map((row) => [row.name, row.seen ?? '', row.lower ?? '', row.median ?? '', row.upper ?? '']) }}
              onClick={(click) => setOpen([...dated].reverse()[click.dataIndex]?.id ?? null)}
              note={dated.every((row) => row.median === null) ? t('radar.no_median') : undefined}
            />
          )}
          <section className="panel" style={{ padding: '6px 10px' }}>
            <Table<RadarItem>
              size="small"
              rowKey="id"
              scroll={{ x: 520 }}
              pagination={{ pageSize: 25, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
              dataSource={items}
              columns={[
                { title: t('list.entries'), render: (_, item) => <button type="button" className="record-title" onClick={() => setOpen(item.id)}>{item.name}</button> },
                ...(items.some((item) => item.field) ? [{ title: t('delphi.field'), render: (_: unknown, item: RadarItem) => item.field || '–' }] : []),
                { title: t('radar.data'), align: 'right', sorter: (a, b) => (a.data ?? -1) - (b.data ?? -1), render: (_, item) => (item.machine ? <NumberLink docs={item.machine.unit}>{share(item.data, 0)}</NumberLink> : share(item.data, 0)) },
                { title: t('radar.experts'), align: 'right', sorter: (a, b) => (a.experts ?? -1) - (b.experts ?? -1), render: (_, item) => <button type="button" className="number-link" onClick={() => setOpen(item.id)}>{share(item.experts, 0)}</button> },
                { title: t('radar.apart'), align: 'right', sorter: (a, b) => Math.abs((a.data ?? 0) - (a.experts ?? 0)) - Math.abs((b.data ?? 0) - (b.experts ?? 0)), render: (_, item) => (item.data === null || item.experts === null ? '–' : share(Math.abs(item.data - item.experts), 0)) },
              ]}
            />
          </section>
        </div>
      )}
      <History item={items.find((item) => item.id === open)} title={(id) => radar.selections.find((one) => one.id === id)?.title ?? ''} close={() => setOpen(null)} />
    </Page>
  );
}
