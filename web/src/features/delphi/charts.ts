import type { EChartsOption } from 'echarts';
import { base, hollow, valueAxis } from '../../shared/charts/options';
import type { Palette } from '../../shared/theme';
import type { ConsensusRow } from './model';

const symbols: Record<string, string> = { active: 'circle', consensus_in: 'circle', consensus_out: 'circle', stable_dissent: 'diamond', unresolved: 'triangle' };

/** Two questions, never one: consensus to the right, stability upwards, both with the locked thresholds. */
export function consensusMap(p: Palette, rows: ConsensusRow[], limits: { consensus: number; stability: number }, names: { consensus: string; stability: string; state: (state: string) => string; percent: (value: number) => string }): EChartsOption {
  const placed = rows.filter((row) => row.agree !== null && row.disagree !== null && row.unchanged !== null);
  const states = [...new Set(placed.map((row) => row.row.state))];
  const colors: Record<string, string> = { consensus_in: p.good, consensus_out: p.muted, stable_dissent: p.warn, unresolved: p.soft, active: p.primary };
  const axis = { ...valueAxis(p), max: 1, axisLabel: { color: p.muted, formatter: names.percent } };
  return {
    ...base(p),
    grid: { left: 8, right: 20, top: 58, bottom: 30, containLabel: true },
    legend: { top: 0, left: 0, type: 'scroll', itemWidth: 12, itemHeight: 12, itemGap: 18, textStyle: { color: p.soft } },
    tooltip: {
      ...(base(p).tooltip as object),
      trigger: 'item',
      formatter: (item: unknown) => {
        const dot = (item as { data: { name: string; value: [number, number] } }).data;
        return `<b>${dot.name}</b><br>${names.consensus}: ${names.percent(dot.value[0])}<br>${names.stability}: ${names.percent(dot.value[1])}`;
      },
    },
    xAxis: { ...axis, min: 0, name: names.consensus, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: p.muted } },
    yAxis: { ...axis, min: 0, name: names.stability, nameGap: 12 },
    series: states.map((state, i) => ({
      name: names.state(state),
      type: 'scatter' as const,
      symbol: symbols[state] ?? 'circle',
      symbolSize: 13,
      itemStyle: state === 'active' || state === 'consensus_out' ? hollow(p, colors[state] ?? p.primary) : { color: colors[state] ?? p.primary, opacity: 0.85 },
      data: placed.filter((row) => row.row.state === state).map((row) => ({ name: row.name, value: [Math.max(row.agree ?? 0, row.disagree ?? 0), row.unchanged ?? 0] })),
      ...(i === 0 ? { markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: p.muted, type: 'dashed' as const }, data: [{ xAxis: limits.consensus }, { yAxis: limits.stability }] } } : {}),
    })),
  };
}

interface ReplayPoint {
  asked: number;
  active: number;
  random: number;
  random_low: number;
  random_high: number;
}

/** Share of verdicts that are right after so many questions: by value, and in random order with its band. */
export function replayChart(p: Palette, points: ReplayPoint[], names: { asked: string; right: string; active: string; random: string; percent: (value: number) => string }): EChartsOption {
  const line = (name: string, color: string, values: [number, number][], dashed = false) => ({ name, type: 'line' as const, symbol: 'none', lineStyle: { color, width: 2.5, type: dashed ? ('dashed' as const) : ('solid' as const) }, itemStyle: { color }, data: values });
  const band = { type: 'line' as const, stack: 'band', symbol: 'none', silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return {
    ...base(p),
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, itemGap: 18, textStyle: { color: p.soft }, data: [names.active, names.random] },
    grid: { left: 8, right: 24, top: 50, bottom: 30, containLabel: true },
    xAxis: { ...valueAxis(p), name: names.asked, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: p.muted } },
    yAxis: { ...valueAxis(p, names.right), max: 1, axisLabel: { color: p.muted, formatter: names.percent } },
    series: [
      { ...band, data: points.map((point) => [point.asked, point.random_low]) },
      { ...band, areaStyle: { color: p.muted, opacity: 0.18 }, data: points.map((point) => [point.asked, point.random_high - point.random_low]) },
      line(names.random, p.muted, points.map((point) => [point.asked, point.random]), true),
      line(names.active, p.primary, points.map((point) => [point.asked, point.active])),
    ],
  };
}
