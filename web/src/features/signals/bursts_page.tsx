import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, EChartsOption } from 'echarts';
import { Segmented, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { base, categoryAxis } from '../../shared/charts/options';
import { count, decimal, probability } from '../../shared/format';
import type { Palette } from '../../shared/theme';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useBursts, type Burst } from './api';

const shown = 40;

/** Bars from the first to the last year of each burst; those still open are cinnabar. */
function burstBars(p: Palette, rows: Burst[]): EChartsOption {
  const names = rows.map((row) => row.label);
  const draw = (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
    const lane = api.value(2);
    const from = api.coord([Number(api.value(0)) - 0.42, lane]);
    const to = api.coord([Number(api.value(1)) + 0.42, lane]);
    const height = Math.min(13, ((api.size?.([0, 1]) as number[])[1] ?? 0) * 0.58);
    const system = params.coordSys as unknown as { x: number; width: number };
    const x = Math.max(from[0] ?? 0, system.x);
    return { type: 'rect' as const, shape: { x, y: (from[1] ?? 0) - height / 2, width: Math.max(2, Math.min(to[0] ?? 0, system.x + system.width) - x), height, r: 3 }, style: { fill: rows[params.dataIndex]?.open ? p.seal : p.primary, opacity: 0.35 + 0.6 * Math.min(1, (rows[params.dataIndex]?.level ?? 1) / 3) } };
  };
  const years = rows.flatMap((row) => [row.first_year, row.last_year]);
  return {
    ...base(p),
    grid: { left: 4, right: 18, top: 4, bottom: 4, containLabel: true },
    tooltip: { ...(base(p).tooltip as object), trigger: 'item', formatter: (item: unknown) => { const row = rows[(item as { dataIndex: number }).dataIndex]; return row ? `<b>${row.label}</b><br>${row.first_year}–${row.open ? '' : row.last_year} · ${decimal(row.weight, 1)} · q ${probability(row.q)}` : ''; } },
    xAxis: { type: 'value', min: Math.min(...years) - 1, max: Math.max(...years) + 1, axisLabel: { color: p.muted, formatter: (v: number) => String(v) }, splitLine: { lineStyle: { color: p.line } }, minInterval: 1 },
    yAxis: { ...categoryAxis(p, names), inverse: true, axisLine: { show: false }, axisLabel: { color: p.ink, width: 180, overflow: 'truncate' as const, interval: 0 } },
    series: [{ type: 'custom', renderItem: draw, encode: { x: [0, 1], y: 2 }, data: rows.map((row, i) => ({ value: [row.first_year, row.last_year, i], id: row.id })) }],
  };
}

export default function BurstsPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const bursts = useBursts(ws.id);
  const [which, setWhich] = useUrlValue('which', 'recent');
  const [, openDocs] = useUrlValue('docs');
  return (
    <Page title={t('menu.bursts')} lead={t('bursts.lead')}>
      <div className="filters">
        <Segmented value={which} onChange={(value) => setWhich(value)} options={['recent', 'strongest', 'open'].map((value) => ({ value, label: t(`bursts.${value}`) }))} />
      </div>
      <Loaded query={bursts} rows={10} absent={<Empty title={t('bursts.none')} text={t('bursts.none_text')} />}>
        {(data) => {
          const order = which === 'strongest' ? (a: Burst, b: Burst) => b.weight - a.weight : (a: Burst, b: Burst) => b.first_year - a.first_year || b.weight - a.weight;
          const rows = data.items.filter((row) => which !== 'open' || row.open).sort(order);
          if (rows.length === 0) return <Empty title={t('bursts.none')} text={t('bursts.none_text')} />;
          const top = rows.slice(0, shown);
          return (
            <div className="grid">
              <ChartFrame title={t('bursts.chart')} explain={t('bursts.explain')} height={Math.max(220, 22 * top.length + 40)} option={(p) => burstBars(p, top)} figures={{ columns: [t('column.term'), t('bursts.from'), t('bursts.to'), t('bursts.weight'), 'q'], rows: rows.map((r) => [r.label, r.first_year, r.last_year, r.weight, r.q]) }} onClick={(click) => openDocs(top[click.dataIndex]?.id ?? null)} note={<span className="burst-key"><i style={{ background: 'var(--seal)' }} /> {t('bursts.key_open')} <i style={{ background: 'var(--primary)' }} /> {t('bursts.key_over')} {top.length < rows.length ? t('bursts.first_of', { n: count(top.length), all: count(rows.length) }) : ''}</span>} />
              <section className="panel" style={{ padding: '6px 10px' }}>
                <Table
                  size="small"
                  rowKey={(r) => `${r.id}-${r.first_year}`}
                  dataSource={rows}
                  scroll={{ x: 620 }}
                  pagination={{ pageSize: 20, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
                  columns={[
                    { title: t('column.term'), render: (_, r) => <NumberLink docs={r.id}>{r.label}</NumberLink> },
                    { title: t('bursts.period'), width: 130, render: (_, r) => <span className={r.open ? 'tag-emerging' : undefined}>{r.first_year}–{r.open ? t('bursts.now') : r.last_year}</span> },
                    { title: t('bursts.weight'), align: 'right', width: 100, sorter: (a, b) => a.weight - b.weight, render: (_, r) => decimal(r.weight, 1) },
                    { title: 'q', align: 'right', width: 90, render: (_, r) => probability(r.q) },
                    { title: t('column.documents'), align: 'right', width: 110, sorter: (a, b) => a.documents - b.documents, render: (_, r) => <NumberLink docs={r.id}>{count(r.documents)}</NumberLink> },
                  ]}
                />
              </section>
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}
