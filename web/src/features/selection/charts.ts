import type { EChartsOption } from 'echarts';
import { base, categoryAxis, hollow, sideNames, valueAxis } from '../../shared/charts/options';
import type { Palette } from '../../shared/theme';

export interface RankRow {
  name: string;
  rank: number;
  low: number;
  high: number;
  selected: boolean;
  flips: boolean;
}

/** Which choices flip: each entry's rank, and the span of its ranks while the weights move; the dashed line parts the chosen from the rest. */
export function sensitivityChart(p: Palette, rows: RankRow[], select: number, names: { rank: string; span: string; cut: string; flips: string; steady: string }): EChartsOption {
  const shown = [...rows].reverse();
  const color = (row: RankRow) => (row.flips ? p.warn : row.selected ? p.primary : p.muted);
  return {
    ...base(p),
    grid: { left: 8, right: 24, top: 30, bottom: 30, containLabel: true },
    tooltip: {
      ...(base(p).tooltip as object),
      trigger: 'item',
      formatter: (item: unknown) => {
        const row = shown[(item as { dataIndex: number }).dataIndex];
        return row ? `<b>${row.name}</b><br>${names.rank}: ${row.rank}<br>${names.span}: ${row.low}–${row.high}<br>${row.flips ? names.flips : names.steady}` : '';
      },
    },
    xAxis: { ...valueAxis(p), min: 0, max: rows.length + 1, minInterval: 1, axisLabel: { color: p.muted, hideOverlap: true, showMinLabel: false, showMaxLabel: false }, name: names.rank, nameLocation: 'middle', nameGap: 24 },
    yAxis: { ...categoryAxis(p, shown.map((row) => row.name)), axisLabel: { color: p.ink, width: sideNames(), overflow: 'truncate' as const } },
    series: [
      { type: 'bar' as const, stack: 'span', silent: true, itemStyle: { color: 'transparent' }, data: shown.map((row) => row.low - 0.25) },
      { name: names.span, type: 'bar' as const, stack: 'span', barMaxWidth: 12, data: shown.map((row) => ({ value: row.high - row.low + 0.5, itemStyle: { color: color(row), opacity: 0.3, borderRadius: 6 } })) },
      {
        name: names.rank,
        type: 'scatter' as const,
        symbolSize: 11,
        data: shown.map((row) => ({ value: row.rank, symbol: row.flips ? 'diamond' : 'circle', itemStyle: row.flips || row.selected ? { color: color(row) } : hollow(p, p.muted) })),
        markLine: { silent: true, symbol: 'none', lineStyle: { color: p.seal, type: 'dashed' as const }, label: { formatter: names.cut, color: p.seal, position: 'end' as const }, data: [{ xAxis: select + 0.5 }] },
      },
    ],
  };
}

export interface Placed {
  id: string;
  name: string;
  x: number;
  y: number;
  selected: boolean;
}

/** The portfolio matrix: what the data say to the right, what experts say upwards. */
export function portfolioChart(p: Palette, rows: Placed[], names: { data: string; experts: string; selected: string; others: string }): EChartsOption {
  const axis = { ...valueAxis(p), min: 0, max: 1, splitLine: { show: false } };
  const group = (selected: boolean) => rows.filter((row) => row.selected === selected).map((row) => ({ id: row.id, name: row.name, value: [row.x, row.y] }));
  const label = { show: true, position: 'right' as const, color: p.ink, fontSize: 11, formatter: '{b}', width: 150, overflow: 'truncate' as const };
  return {
    ...base(p),
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: p.soft } },
    grid: { left: 8, right: 30, top: 40, bottom: 34, containLabel: true },
    tooltip: { ...(base(p).tooltip as object), trigger: 'item', formatter: (item: unknown) => { const dot = (item as { data: { name: string; value: [number, number] } }).data; return `<b>${dot.name}</b><br>${names.data}: ${dot.value[0].toFixed(2)}<br>${names.experts}: ${dot.value[1].toFixed(2)}`; } },
    xAxis: { ...axis, name: names.data, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: p.muted } },
    yAxis: { ...axis, name: names.experts },
    series: [
      { name: names.selected, type: 'scatter' as const, symbol: 'circle', symbolSize: 14, itemStyle: { color: p.primary }, data: group(true), label, labelLayout: { hideOverlap: true }, markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: p.line, type: 'dashed' as const }, data: [{ xAxis: 0.5 }, { yAxis: 0.5 }] } },
      { name: names.others, type: 'scatter' as const, symbol: 'circle', symbolSize: 11, itemStyle: hollow(p, p.muted), data: group(false), label: { ...label, color: p.muted }, labelLayout: { hideOverlap: true } },
    ],
  };
}
