import { Segmented, Slider, Table, Tag, Tooltip, type TableColumnsType } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { quadrants } from '../../shared/charts/options';
import { count, decimal, probability, share } from '../../shared/format';
import type { Palette } from '../../shared/theme';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useWeakSignals, type MappedTerm, type Quadrant, type Signal, type WeakSignals } from './api';
import { chooseTerms, quadrantOf } from './model';

const groups: Quadrant[] = ['weak', 'strong', 'latent', 'well_known'];
const colorOf = (p: Palette): Record<Quadrant, string> => ({ weak: p.seal, strong: p.series[0] ?? p.primary, latent: p.muted, well_known: p.series[1] ?? p.warn, unsupported: p.line });

function SignalTable({ rows }: { rows: Signal[] }) {
  const { t } = useTranslation();
  const columns: TableColumnsType<Signal> = [
    { title: t('column.term'), ellipsis: true, width: 170, render: (_, r) => <span style={{ fontWeight: 500 }} title={r.forms.join(', ')}><NumberLink docs={r.id}>{r.label}</NumberLink></span> },
    { title: t('signals.recent'), align: 'right', width: 130, sorter: (a, b) => a.recent - b.recent, render: (_, r) => t('signals.recent_value', { recent: count(r.recent), before: count(r.before) }) },
    { title: t('signals.ratio'), align: 'right', width: 110, sorter: (a, b) => a.share_ratio - b.share_ratio, render: (_, r) => <b style={{ fontWeight: 600, color: 'var(--seal)' }}>×{decimal(r.share_ratio, 1)}</b> },
    { title: 'q', align: 'right', width: 90, sorter: (a, b) => a.q - b.q, render: (_, r) => probability(r.q) },
    { title: t('signals.first_year'), align: 'right', width: 100, sorter: (a, b) => a.first_year - b.first_year, dataIndex: 'first_year' },
    {
      title: t('signals.confirmed'),
      width: 220,
      sorter: (a, b) => a.confirmations - b.confirmations,
      render: (_, r) => (
        <span className="chips">
          {r.spread ? <Tooltip title={t('signals.spread_text', { sources: r.sources, organisations: r.organisations, groups: r.author_groups })}><Tag variant="filled">{t('signal.spread')}</Tag></Tooltip> : null}
          {r.isolated ? <Tag variant="filled">{t('signal.isolated')}</Tag> : null}
          {r.novel ? <Tag variant="filled" color="error">{t('signal.novel')}</Tag> : null}
        </span>
      ),
    },
    { title: t('column.documents'), align: 'right', width: 100, sorter: (a, b) => a.documents - b.documents, render: (_, r) => <NumberLink docs={r.id}>{count(r.documents)}</NumberLink> },
  ];
  return <Table size="small" rowKey="id" columns={columns} dataSource={rows} scroll={{ x: 930 }} pagination={{ pageSize: 25, size: 'small', showSizeChanger: false, hideOnSinglePage: true }} />;
}

function QuadrantMap({ terms, which, at }: { terms: MappedTerm[]; which: 'emergence' | 'issue'; at: { x: number; y: number } }) {
  const { t } = useTranslation();
  const [, openDocs] = useUrlValue('docs');
  const dots = useMemo(
    () =>
      chooseTerms(terms, which === 'emergence' ? 'emergence_map' : 'issue_map').map((term) => {
        const x = which === 'emergence' ? term.mean_frequency : term.mean_document_frequency;
        const y = which === 'emergence' ? term.visibility_growth : term.diffusion_growth;
        return { id: term.id, name: term.label, x, y, group: quadrantOf(x, y, at) };
      }),
    [terms, which, at],
  );
  return (
    <ChartFrame
      title={t(`signals.map.${which}`)}
      explain={t(`signals.explain.${which}`)}
      height={430}
      option={(p) =>
        quadrants(p, dots, groups.map((id) => ({ id, name: t(`quadrant.${id}`), color: colorOf(p)[id] })), at, { x: t(which === 'emergence' ? 'signals.axis.tf' : 'signals.axis.df'), y: t(which === 'emergence' ? 'signals.axis.dov' : 'signals.axis.dod') }, { x: (v) => decimal(v, 1), y: (v) => share(v, 0) })
      }
      figures={{ columns: [t('column.term'), t('signals.axis.df'), t('column.growth'), t('signals.quadrant')], rows: dots.map((dot) => [dot.name, dot.x, dot.y, t(`quadrant.${dot.group}`)]) }}
      onClick={(click) => openDocs((click.data as { id?: string }).id ?? null)}
    />
  );
}

function Maps({ data }: { data: WeakSignals }) {
  const { t } = useTranslation();
  const [lift, setLift] = useState(0);
  const [stretch, setStretch] = useState(0);
  const at = useMemo(() => {
    const moved = (at: { x: number; y: number }) => ({ x: at.x * Math.pow(2, stretch), y: at.y + lift });
    return { emergence: moved(data.thresholds.emergence), issue: moved(data.thresholds.issue) };
  }, [data, lift, stretch]);
  const agreed = data.terms.filter((term) => quadrantOf(term.mean_frequency, term.visibility_growth, at.emergence) === 'weak' && quadrantOf(term.mean_document_frequency, term.diffusion_growth, at.issue) === 'weak' && term.issue_map !== 'unsupported');
  return (
    <>
      <div className="filters small" style={{ gap: 22 }}>
        <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>{t('signals.growth_threshold')} <Slider style={{ width: 150 }} min={-0.3} max={0.6} step={0.02} value={lift} onChange={setLift} tooltip={{ formatter: (v) => share(v ?? 0, 0) }} ariaLabelForHandle={t('signals.growth_threshold')} /></span>
        <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>{t('signals.frequency_threshold')} <Slider style={{ width: 150 }} min={-3} max={3} step={0.25} value={stretch} onChange={setStretch} tooltip={{ formatter: (v) => `×${decimal(Math.pow(2, v ?? 0), 2)}` }} ariaLabelForHandle={t('signals.frequency_threshold')} /></span>
        <span className="muted num">{t('signals.agreed', { n: count(agreed.length) })}</span>
      </div>
      <div className="grid cols-2">
        <QuadrantMap terms={data.terms} which="emergence" at={at.emergence} />
        <QuadrantMap terms={data.terms} which="issue" at={at.issue} />
      </div>
    </>
  );
}

export default function WeakSignalsPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [view, setView] = useUrlValue('view', 'list');
  const signals = useWeakSignals(ws.id);
  return (
    <Page title={t('menu.weak_signals')} lead={t('signals.lead')}>
      <div className="filters">
        <Segmented value={view} onChange={(value) => setView(value)} options={[{ value: 'list', label: t('signals.view.list') }, { value: 'map', label: t('signals.view.map') }]} />
        {signals.data ? <span className="muted small" style={{ marginLeft: 'auto' }}>{t('signals.found', { n: count(signals.data.found) })}</span> : null}
      </div>
      <Loaded query={signals} rows={10} absent={<Empty title={t('signals.none')} text={t('signals.none_text')} />}>
        {(data) => (view === 'map' ? <Maps data={data} /> : data.signals.length === 0 ? <Empty title={t('signals.none')} text={t('signals.none_text')} /> : <section className="panel" style={{ padding: '6px 10px' }}><SignalTable rows={data.signals} /></section>)}
      </Loaded>
    </Page>
  );
}
