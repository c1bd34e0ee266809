import type { EChartsOption } from 'echarts';
import { base, categoryAxis, sideNames, valueAxis } from '../../shared/charts/options';
import type { Palette } from '../../shared/theme';

/** How near the nearest entry lies to each topic, beside how near the topic's own documents lie to it. */
export function coverageChart(p: Palette, topics: { name: string; value: number; own: number; covered: boolean }[], names: { nearest: string; own: string }): EChartsOption {
  const rows = [...topics].reverse();
  return {
    ...base(p),
    grid: { left: 8, right: 20, top: 34, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: p.soft } },
    xAxis: { ...valueAxis(p), min: 0, max: 1 },
    yAxis: { ...categoryAxis(p, rows.map((row) => row.name)), axisLabel: { color: p.muted, width: sideNames(150), overflow: 'truncate' as const } },
    series: [
      { name: names.nearest, type: 'bar' as const, barMaxWidth: 10, itemStyle: { color: p.primary }, data: rows.map((row) => ({ value: row.value, itemStyle: { color: row.covered ? p.primary : p.muted } })) },
      { name: names.own, type: 'scatter' as const, symbol: 'diamond', symbolSize: 8, itemStyle: { color: p.seal }, data: rows.map((row) => row.own) },
    ],
  };
}
