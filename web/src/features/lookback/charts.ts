import type { EChartsOption } from 'echarts';
import { base, valueAxis } from '../../shared/charts/options';
import type { Palette } from '../../shared/theme';
import type { Scores } from './api';

const symbols = ['circle', 'diamond', 'triangle', 'rect'];

/** Stated against realised: on the diagonal is who is right about being unsure. Whiskers are the interval of what came true. */
export function calibrationChart(p: Palette, rows: { name: string; scores: Scores; machine: boolean }[], names: { stated: string; realized: string; perfect: string; percent: (v: number) => string }): EChartsOption {
  const axis = { ...valueAxis(p), min: 0, max: 1, axisLabel: { color: p.muted, formatter: names.percent } };
  const color = (i: number, machine: boolean) => (machine ? p.muted : (p.series[i % p.series.length] ?? p.primary));
  return {
    ...base(p),
    legend: { top: 0, left: 0, type: 'scroll' as const, itemWidth: 12, itemHeight: 12, itemGap: 16, textStyle: { color: p.soft }, data: rows.map((row) => row.name) },
    grid: { left: 8, right: 24, top: 58, bottom: 30, containLabel: true },
    tooltip: {
      ...(base(p).tooltip as object),
      trigger: 'item',
      formatter: (item: unknown) => {
        const dot = item as { seriesName: string; data: { value: [number, number]; count?: number } };
        return dot.data.count === undefined ? dot.seriesName : `<b>${dot.seriesName}</b><br>${names.stated}: ${names.percent(dot.data.value[0])}<br>${names.realized}: ${names.percent(dot.data.value[1])} (n=${dot.data.count})`;
      },
    },
    xAxis: { ...axis, name: names.stated, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: p.muted } },
    yAxis: { ...axis, name: names.realized },
    series: [
      { name: names.perfect, type: 'line' as const, symbol: 'none', silent: true, lineStyle: { color: p.line, type: 'dashed' as const }, data: [{ value: [0, 0] }, { value: [1, 1] }] },
      ...rows.flatMap(({ name, scores, machine }, i) => {
        const bins = scores.bins.filter((bin) => bin.count > 0);
        return [
          { name, type: 'line' as const, symbol: symbols[i % symbols.length] ?? 'circle', symbolSize: 9, lineStyle: { color: color(i, machine), width: 2, type: machine ? ('dashed' as const) : ('solid' as const) }, itemStyle: { color: color(i, machine) }, data: bins.map((bin) => ({ value: [bin.stated, bin.realized], count: bin.count })) },
          ...bins.map((bin) => ({ name, type: 'line' as const, symbol: 'none', silent: true, tooltip: { show: false }, lineStyle: { color: color(i, machine), width: 1, opacity: 0.45 }, data: [{ value: [bin.stated, bin.interval_low] }, { value: [bin.stated, bin.interval_high] }] })),
        ];
      }),
    ],
  };
}
