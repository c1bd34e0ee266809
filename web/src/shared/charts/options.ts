import type { EChartsOption } from 'echarts';
import { fonts, type Palette } from '../theme';

/** What every chart of the house shares: type, quiet axes, tooltips, a text alternative. Charts are pure functions of data and palette. */
export function base(p: Palette): EChartsOption {
  return {
    backgroundColor: 'transparent',
    color: p.series,
    textStyle: { fontFamily: fonts.text, color: p.soft, fontSize: 12 },
    aria: { enabled: true, decal: { show: false } },
    animationDuration: 350,
    grid: { left: 8, right: 14, top: 16, bottom: 8, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: p.card,
      borderColor: p.line,
      padding: [8, 12],
      textStyle: { color: p.ink, fontSize: 12.5 },
      axisPointer: { lineStyle: { color: p.muted, width: 1 }, shadowStyle: { color: p.dark ? 'rgba(255,255,255,0.04)' : 'rgba(20,40,60,0.04)' } },
      extraCssText: 'border-radius:10px;box-shadow:0 6px 22px rgba(10,20,30,.12);max-width:380px;white-space:normal',
    },
  };
}

export const categoryAxis = (p: Palette, data: (string | number)[]) => ({
  type: 'category' as const,
  data: data.map(String),
  axisLine: { lineStyle: { color: p.line } },
  axisTick: { show: false },
  axisLabel: { color: p.muted, hideOverlap: true },
});

export const valueAxis = (p: Palette, name = '') => ({
  type: 'value' as const,
  name,
  nameTextStyle: { color: p.muted, align: 'left' as const },
  splitLine: { lineStyle: { color: p.line, width: 1 } },
  axisLine: { show: false },
  axisLabel: { color: p.muted, hideOverlap: true },
});

/** A ring on the colour of the card: the empty symbols of the library are white in the dark. */
export const hollow = (p: Palette, color: string, borderWidth = 2) => ({ color: p.card, borderColor: color, borderWidth });

/** Room for the names at the side of a chart: on a phone the marks need it more. */
export const sideNames = (width = 170): number => (typeof window !== 'undefined' && window.innerWidth < 760 ? Math.min(width, 104) : width);

const legend = (p: Palette) => ({ top: 0, left: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, itemGap: 16, textStyle: { color: p.soft }, type: 'scroll' as const });

/** Counts a year, stacked by group; groups beyond the palette are one. */
export function stackedYears(p: Palette, years: number[], groups: { name: string; values: number[] }[], incompleteFrom?: number): EChartsOption {
  return {
    ...base(p),
    grid: { left: 8, right: 14, top: groups.length > 1 ? 36 : 16, bottom: 8, containLabel: true },
    ...(groups.length > 1 ? { legend: legend(p) } : {}),
    xAxis: categoryAxis(p, years),
    yAxis: valueAxis(p),
    series: groups.map((group) => ({
      name: group.name,
      type: 'bar' as const,
      stack: 'all',
      barMaxWidth: 34,
      data: group.values.map((value, i) => ({ value, itemStyle: incompleteFrom !== undefined && (years[i] ?? 0) >= incompleteFrom ? { opacity: 0.45 } : {} })),
    })),
  };
}

export interface Band {
  level: number;
  rows: { year: number; low: number; high: number }[];
}

/** Documents a year with what is expected next: the dashed line, and around it the bands of the levels given, the widest faintest. */
export function seriesWithForecast(p: Palette, series: { year: number; count: number; partial?: boolean }[], future: { year: number; value: number }[], bands: Band[], names: { seen: string; partial: string; expected: string; band: (level: number) => string }): EChartsOption {
  const years = [...new Set([...series.map((s) => s.year), ...future.map((f) => f.year)])].sort((a, b) => a - b);
  const complete = series.filter((row) => !row.partial);
  const partial = series.filter((row) => row.partial);
  const last = complete.at(-1);
  const at = <Row extends { year: number }>(rows: Row[], year: number): Row | undefined => rows.find((row) => row.year === year);
  const sorted = [...bands].sort((a, b) => b.level - a.level);
  const bandSeries = sorted.flatMap((band, i) => {
    const value = (year: number, key: 'low' | 'high'): number | null => (last && year === last.year ? last.count : (at(band.rows, year)?.[key] ?? null));
    const name = names.band(band.level);
    return [
      { name: `${name}-low`, type: 'line' as const, stack: `band${i}`, symbol: 'none', lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false }, data: years.map((y) => value(y, 'low')) },
      {
        name,
        type: 'line' as const,
        stack: `band${i}`,
        symbol: 'none',
        silent: true,
        lineStyle: { opacity: 0 },
        areaStyle: { color: p.primary, opacity: 0.13 + 0.07 * i },
        tooltip: { show: false },
        data: years.map((y) => {
          const low = value(y, 'low');
          const high = value(y, 'high');
          return low === null || high === null ? null : high - low;
        }),
      },
    ];
  });
  return {
    ...base(p),
    xAxis: { ...categoryAxis(p, years), boundaryGap: false },
    yAxis: { ...valueAxis(p), min: 0 },
    grid: { left: 8, right: 22, top: 18, bottom: 8, containLabel: true },
    series: [
      ...bandSeries,
      { name: names.seen, type: 'line', symbol: 'circle', symbolSize: 5, lineStyle: { width: 2.5, color: p.primary }, itemStyle: { color: p.primary }, data: years.map((y) => at(complete, y)?.count ?? null) },
      ...(partial.length > 0 ? [{ name: names.partial, type: 'line' as const, symbol: 'circle', symbolSize: 6, lineStyle: { opacity: 0 }, itemStyle: hollow(p, p.muted, 1.5), data: years.map((y) => at(partial, y)?.count ?? null) }] : []),
      {
        name: names.expected,
        type: 'line',
        symbol: 'circle',
        symbolSize: 4,
        lineStyle: { width: 2, type: 'dashed', color: p.primary },
        itemStyle: { color: p.card, borderColor: p.primary, borderWidth: 1.5 },
        data: years.map((y) => (last && future.length > 0 && y === last.year ? last.count : (at(future, y)?.value ?? null))),
      },
    ],
  };
}

export function horizontalBars(p: Palette, rows: { name: string; value: number; second?: number }[], names: { value: string; second?: string }): EChartsOption {
  const reversed = [...rows].reverse();
  return {
    ...base(p),
    tooltip: { ...(base(p).tooltip as object), axisPointer: { type: 'shadow' } },
    grid: { left: 4, right: 20, top: names.second ? 30 : 6, bottom: 4, containLabel: true },
    ...(names.second ? { legend: legend(p) } : {}),
    xAxis: { ...valueAxis(p), splitNumber: 4 },
    yAxis: { ...categoryAxis(p, reversed.map((r) => r.name)), axisLine: { show: false }, axisLabel: { color: p.ink, width: sideNames(150), overflow: 'truncate' as const } },
    series: [
      { name: names.value, type: 'bar' as const, barMaxWidth: 14, itemStyle: { color: p.primary, borderRadius: [0, 4, 4, 0] }, data: reversed.map((r) => r.value) },
      ...(names.second ? [{ name: names.second, type: 'bar' as const, barGap: '-100%', barMaxWidth: 14, itemStyle: { color: p.muted, opacity: 0.28, borderRadius: [0, 4, 4, 0] }, z: 1, data: reversed.map((r) => r.second ?? 0) }] : []),
    ],
  };
}

/** Shares as shades; where the shades need a key, the words for 0 and 1 stand at its ends. */
export function heatmap(p: Palette, columns: string[], rows: string[], cells: [number, number, number][], format: (value: number) => string, ends?: [string, string]): EChartsOption {
  return {
    ...base(p),
    grid: { left: 4, right: 8, top: ends ? 34 : 8, bottom: 4, containLabel: true },
    tooltip: {
      ...(base(p).tooltip as object),
      trigger: 'item',
      formatter: (item: unknown) => {
        const value = (item as { value: [number, number, number] }).value;
        return `${rows[value[1]] ?? ''} · ${columns[value[0]] ?? ''}<br><b>${format(value[2])}</b>`;
      },
    },
    xAxis: { ...categoryAxis(p, columns), splitArea: { show: false }, axisLine: { show: false }, axisLabel: { color: p.muted, rotate: columns.length > 8 ? 35 : 0, hideOverlap: false, interval: 0, width: 96, overflow: 'truncate' as const } },
    yAxis: { ...categoryAxis(p, rows), axisLine: { show: false }, inverse: true, axisLabel: { color: p.ink, width: 130, overflow: 'truncate' as const } },
    visualMap: { show: ends !== undefined, min: 0, max: 1, inRange: { color: p.ramp }, orient: 'horizontal', left: 0, top: 0, itemWidth: 10, itemHeight: 90, text: ends ? [ends[1], ends[0]] : [], textStyle: { color: p.muted, fontSize: 11.5 }, handleSize: 0 },
    series: [{ type: 'heatmap', data: cells, itemStyle: { borderColor: p.card, borderWidth: 2, borderRadius: 4 }, label: { show: columns.length <= 14, fontSize: 11, formatter: (item: unknown) => format((item as { value: [number, number, number] }).value[2]) } }],
  };
}

export interface Dot {
  id: string;
  name: string;
  x: number;
  y: number;
  group: string;
  size?: number;
}

/** Four tinted quadrants around two medians; x on a log scale because frequencies span magnitudes. */
export function quadrants(p: Palette, dots: Dot[], groups: { id: string; name: string; color: string }[], medians: { x: number; y: number }, axes: { x: string; y: string }, format: { x: (v: number) => string; y: (v: number) => string }): EChartsOption {
  return {
    ...base(p),
    legend: legend(p),
    grid: { left: 8, right: 24, top: 62, bottom: 26, containLabel: true },
    tooltip: {
      ...(base(p).tooltip as object),
      trigger: 'item',
      formatter: (item: unknown) => {
        const dot = (item as { data: { name: string; value: [number, number] } }).data;
        return `<b>${dot.name}</b><br>${axes.x}: ${format.x(dot.value[0])}<br>${axes.y}: ${format.y(dot.value[1])}`;
      },
    },
    xAxis: { type: 'log', name: axes.x, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: p.muted }, splitLine: { show: false }, axisLine: { lineStyle: { color: p.line } }, axisLabel: { color: p.muted } },
    yAxis: { ...valueAxis(p, axes.y), splitLine: { show: false }, axisLabel: { color: p.muted, formatter: (v: number) => format.y(v) } },
    series: groups.map((group, i) => ({
      name: group.name,
      type: 'scatter' as const,
      itemStyle: { color: group.color, opacity: 0.72 },
      symbol: ['circle', 'diamond', 'triangle', 'rect'][i % 4] ?? 'circle',
      symbolSize: 8,
      emphasis: { scale: 1.6 },
      data: dots.filter((dot) => dot.group === group.id && dot.x > 0).map((dot) => ({ id: dot.id, name: dot.name, value: [dot.x, dot.y] })),
      labelLayout: { hideOverlap: true },
      label: { show: i === 0, position: 'left' as const, color: p.ink, fontSize: 11, formatter: '{b}', textBorderColor: p.card, textBorderWidth: 3, width: 84, overflow: 'truncate' as const },
      ...(i === 0 ? { markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: p.muted, type: 'dashed' as const, width: 1 }, data: [{ xAxis: medians.x }, { yAxis: medians.y }] } } : {}),
    })),
  };
}
