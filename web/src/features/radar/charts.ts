import type { EChartsOption } from 'echarts';
import { base, categoryAxis, hollow, sideNames, valueAxis } from '../../shared/charts/options';
import type { Palette } from '../../shared/theme';
import type { RadarLayout, RoadmapRow } from './model';

const circle = (radius: number): [number, number][] => Array.from({ length: 73 }, (_, i) => [radius * Math.sin((i * Math.PI) / 36), radius * Math.cos((i * Math.PI) / 36)]);

/** Two marks an entry: hollow where the data see it, full where experts see it; the line between them is how far they are apart. */
export function radarChart(p: Palette, layout: RadarLayout, size: number, names: { data: string; experts: string; ring: (i: number) => string }): EChartsOption {
  const axis = { type: 'value' as const, min: -1.22, max: 1.22, show: false };
  const quiet = { type: 'line' as const, symbol: 'none', silent: true, tooltip: { show: false }, animation: false };
  return {
    ...base(p),
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 18, textStyle: { color: p.soft }, data: [names.data, names.experts] },
    grid: { left: 'center', top: 30, width: size, height: size },
    tooltip: { ...(base(p).tooltip as object), trigger: 'item', formatter: (item: unknown) => { const dot = item as { seriesName: string; data: { name?: string } }; return `<b>${dot.data.name ?? ''}</b><br>${dot.seriesName}`; } },
    xAxis: axis,
    yAxis: axis,
    series: [
      ...[0.295, 0.53, 0.765, 1].map((radius, i) => ({ ...quiet, lineStyle: { color: p.line, width: i === 3 ? 1.5 : 1 }, data: circle(radius), endLabel: { show: true, formatter: names.ring(i), color: p.muted, fontSize: 10, offset: [3, -7] } })),
      ...layout.sectors.map((sector) => ({ ...quiet, lineStyle: { color: p.line }, data: [[0, 0], [Math.sin(sector.from), Math.cos(sector.from)]] })),
      ...layout.lines.map(([data, experts]) => ({ ...quiet, lineStyle: { color: p.muted, width: 1, opacity: 0.6 }, data: [[data.x, data.y], [experts.x, experts.y]] })),
      { type: 'scatter' as const, silent: true, symbolSize: 0.1, tooltip: { show: false }, data: layout.sectors.map((sector) => { const angle = (sector.from + sector.to) / 2; return { value: [1.13 * Math.sin(angle), 1.13 * Math.cos(angle)], name: sector.name }; }), label: { show: true, formatter: '{b}', color: p.soft, fontSize: 12, fontWeight: 600, width: 120, overflow: 'truncate' as const } },
      { name: names.data, type: 'scatter' as const, symbol: 'circle', symbolSize: 12, itemStyle: hollow(p, p.primary), data: layout.data.map((mark) => ({ id: mark.id, name: mark.name, value: [mark.x, mark.y] })) },
      { name: names.experts, type: 'scatter' as const, symbol: 'circle', symbolSize: 11, itemStyle: { color: p.seal }, data: layout.experts.map((mark) => ({ id: mark.id, name: mark.name, value: [mark.x, mark.y] })), label: { show: true, position: 'right' as const, formatter: '{b}', color: p.ink, fontSize: 11, width: size < 420 ? 74 : 130, overflow: 'truncate' as const, textBorderColor: p.card, textBorderWidth: 3 }, labelLayout: { hideOverlap: true } },
    ],
  };
}

/** When: the first year the data saw it (hollow), and when experts expect it (full, with the middle half of the answers). */
export function roadmapChart(p: Palette, rows: RoadmapRow[], now: number, names: { data: string; experts: string; half: string; now: string }): EChartsOption {
  const shown = [...rows].reverse();
  const years = shown.flatMap((row) => [row.seen, row.lower, row.median, row.upper]).filter((year): year is number => year !== null);
  const first = Math.min(now - 5, ...years);
  return {
    ...base(p),
    legend: { top: 0, left: 0, type: 'scroll', itemWidth: 12, itemHeight: 12, itemGap: 18, textStyle: { color: p.soft }, data: [names.data, names.experts, names.half] },
    grid: { left: 8, right: 30, top: 54, bottom: 8, containLabel: true },
    tooltip: { ...(base(p).tooltip as object), trigger: 'item', formatter: (item: unknown) => { const dot = item as { seriesName: string; dataIndex: number; data: { value?: number[] } }; const row = shown[dot.dataIndex]; return row ? `<b>${row.name}</b><br>${names.data}: ${row.seen ?? '–'}<br>${names.experts}: ${row.median === null ? '–' : Math.round(row.median)}${row.lower === null || row.upper === null ? '' : ` (${Math.round(row.lower)}–${Math.round(row.upper)})`}` : ''; } },
    xAxis: { ...valueAxis(p), min: first - 1, max: Math.max(now + 10, ...years) + 1, minInterval: 1, axisLabel: { color: p.muted, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (year: number) => String(Math.round(year)) } },
    yAxis: { ...categoryAxis(p, shown.map((row) => row.name)), axisLabel: { color: p.ink, width: sideNames(), overflow: 'truncate' as const } },
    series: [
      { type: 'bar' as const, stack: 'half', silent: true, itemStyle: { color: 'transparent' }, data: shown.map((row) => row.lower ?? 0) },
      { name: names.half, type: 'bar' as const, stack: 'half', barMaxWidth: 12, itemStyle: { color: p.seal, opacity: 0.25, borderRadius: 6 }, data: shown.map((row) => (row.lower === null || row.upper === null ? 0 : row.upper - row.lower)) },
      { name: names.data, type: 'scatter' as const, symbol: 'circle', symbolSize: 12, itemStyle: hollow(p, p.primary), data: shown.map((row, i) => ({ value: row.seen === null ? ['-', i] : [row.seen, i] })), markLine: { silent: true, symbol: 'none', lineStyle: { color: p.muted, type: 'dashed' as const }, label: { formatter: names.now, color: p.muted }, data: [{ xAxis: now }] } },
      { name: names.experts, type: 'scatter' as const, symbol: 'circle', symbolSize: 11, itemStyle: { color: p.seal }, data: shown.map((row, i) => ({ value: row.median === null ? ['-', i] : [row.median, i] })) },
    ],
  };
}
