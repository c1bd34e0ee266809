import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { seriesRows } from '../../shared/api/topics';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { base, categoryAxis, valueAxis } from '../../shared/charts/options';
import { count, decimal, growthInterval, yearlyGrowth } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import type { Palette } from '../../shared/theme';
import { componentName } from '../../shared/why';
import type { Reranked } from './model';

interface Props {
  open: boolean;
  close: () => void;
  rows: Reranked[];
  names: string[];
  series: (row: Reranked) => Record<string, number> | undefined;
}

const marks = ['circle', 'rect', 'triangle', 'diamond', 'pin'];

/** Up to five things side by side: their years on one axis, then every number in a row of its own. */
export function Compare({ open, close, rows, names, series }: Props) {
  const { t } = useTranslation();
  const lines = rows.map((row) => ({ name: labelOf(row), rows: seriesRows(series(row)) }));
  const years = [...new Set(lines.flatMap((line) => line.rows.map((r) => r.year)))].sort((a, b) => a - b);
  const at = (line: (typeof lines)[number], year: number) => line.rows.find((r) => r.year === year)?.count ?? 0;
  const option = (p: Palette) => ({
    ...base(p),
    legend: { top: 0, left: 0, type: 'scroll' as const, textStyle: { color: p.soft } },
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    xAxis: categoryAxis(p, years),
    yAxis: valueAxis(p),
    series: lines.map((line, i) => ({ name: line.name, type: 'line' as const, symbol: marks[i] ?? 'circle', symbolSize: 6, lineStyle: { width: 2 }, data: years.map((year) => at(line, year)) })),
  });
  const facts: { name: string; of: (row: Reranked) => string }[] = [
    { name: t('column.rank'), of: (r) => String(r.newRank) },
    { name: t('column.score'), of: (r) => decimal(r.newScore, 3) },
    { name: t('column.documents'), of: (r) => count(r.documents) },
    { name: t('column.growth'), of: (r) => `${yearlyGrowth(r.growth.log_slope)} (${growthInterval(r.growth.low, r.growth.high)})` },
    ...names.slice(0, 10).map((name) => ({ name: componentName(name), of: (r: Reranked) => decimal(r.components.find((c) => c.name === name)?.contribution ?? 0, 3) })),
  ];
  return (
    <Modal open={open} onCancel={close} footer={null} width={1040} title={t('emergence.compare')} destroyOnHidden>
      {years.length > 0 ? <ChartFrame bare title={t('emergence.compare_years')} explain={t('topic.series_explain')} option={option} height={270} figures={{ columns: [t('chart.year'), ...lines.map((l) => l.name)], rows: years.map((year) => [year, ...lines.map((line) => at(line, year))]) }} /> : null}
      <div style={{ overflowX: 'auto' }}>
        <table className="num" style={{ width: '100%', borderCollapse: 'collapse', marginTop: 12, fontSize: 13 }}>
          <thead>
            <tr>
              <th />
              {rows.map((r) => <th key={r.id} style={{ textAlign: 'right', padding: 8, fontWeight: 500, maxWidth: 200 }}>{labelOf(r)}</th>)}
            </tr>
          </thead>
          <tbody>
            {facts.map((fact) => (
              <tr key={fact.name} style={{ borderTop: '1px solid var(--line)' }}>
                <th scope="row" style={{ textAlign: 'left', fontWeight: 400, color: 'var(--muted)', padding: 8 }}>{fact.name}</th>
                {rows.map((r) => <td key={r.id} style={{ textAlign: 'right', padding: 8 }}>{fact.of(r)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  );
}
