import type { EChartsOption } from 'echarts';
import { base, categoryAxis, sideNames } from '../../shared/charts/options';
import type { Palette } from '../../shared/theme';
import type { Lag, LagPair, LagQuantiles, LagUnit } from './api';

export const symbols = ['circle', 'diamond', 'triangle', 'rect', 'pin', 'arrow'];

export interface Mark {
  unit: number;
  kind: string;
  year: number;
  before: boolean;
}

/** When each kind of source took each unit up: a mark a kind, in the order of the units. "In or before" stands at the first year the kind is covered. */
export function marks(units: LagUnit[], kinds: Lag['kinds']): Mark[] {
  const start = new Map(kinds.map((kind) => [kind.kind, kind.first_year]));
  return units.flatMap((unit, i) =>
    unit.kinds.flatMap((uptake): Mark[] => {
      if (uptake.state === 'not_yet') return [];
      const year = uptake.state === 'observed' ? uptake.year : (uptake.year ?? start.get(uptake.kind));
      return year === undefined ? [] : [{ unit: i, kind: uptake.kind, year, before: uptake.state === 'in_or_before' }];
    }),
  );
}

/** Units with their kinds along the years: shapes as well as colours tell the kinds apart, hollow ones lie at the edge of the data. */
export function uptakeChart(p: Palette, data: Lag, names: { kind: (kind: string) => string; before: string }): EChartsOption {
  const all = marks(data.units, data.kinds);
  const years = all.map((mark) => mark.year);
  const spans = data.units.map((_, i) => all.filter((mark) => mark.unit === i).map((mark) => mark.year)).map((own) => (own.length > 1 ? [Math.min(...own), Math.max(...own)] : null));
  return {
    ...base(p),
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 16, textStyle: { color: p.soft }, data: data.kinds.map((kind) => names.kind(kind.kind)) },
    grid: { left: 4, right: 24, top: 36, bottom: 4, containLabel: true },
    tooltip: {
      ...(base(p).tooltip as object),
      trigger: 'item',
      formatter: (item: unknown) => {
        const mark = (item as { data: { mark?: Mark } }).data.mark;
        return mark ? `<b>${data.units[mark.unit]?.label ?? ''}</b><br>${names.kind(mark.kind)}: ${mark.before ? '≤ ' : ''}${mark.year}${mark.before ? ` (${names.before})` : ''}` : '';
      },
    },
    xAxis: { type: 'value', min: Math.min(...years) - 1, max: Math.max(...years, data.until), minInterval: 1, axisLabel: { color: p.muted, hideOverlap: true, formatter: (v: number) => String(v) }, splitLine: { lineStyle: { color: p.line } } },
    yAxis: { ...categoryAxis(p, data.units.map((unit) => unit.label)), inverse: true, axisLine: { show: false }, axisLabel: { color: p.ink, width: sideNames(190), overflow: 'truncate' as const, interval: 0 } },
    series: [
      ...spans.flatMap((span, i) => (span ? [{ type: 'line' as const, silent: true, symbol: 'none', tooltip: { show: false }, lineStyle: { color: p.line, width: 3 }, data: span.map((year) => [year, i]) }] : [])),
      ...data.kinds.map((kind, k) => ({
        name: names.kind(kind.kind),
        type: 'scatter' as const,
        symbol: symbols[k % symbols.length] ?? 'circle',
        symbolSize: 11,
        itemStyle: { color: p.series[k % p.series.length] ?? p.primary },
        data: all.filter((mark) => mark.kind === kind.kind).map((mark) => ({ value: [mark.year, mark.unit], mark, ...(mark.before ? { itemStyle: { color: p.card, borderColor: p.series[k % p.series.length] ?? p.primary, borderWidth: 2 } } : {}) })),
      })),
    ],
  };
}

/** Pairs that say something, the surest first. */
export const toldPairs = (pairs: LagPair[]): LagPair[] => pairs.filter((pair) => pair.from_first + pair.to_first + pair.same_year > 0).sort((a, b) => b.from_first + b.to_first - (a.from_first + a.to_first));

/** The interval of a median, or its quartiles where there are too few units for one. */
export const rangeOf = (lag: LagQuantiles): [number, number] | null => {
  const [low, high] = [lag.low ?? lag.lower_quartile, lag.high ?? lag.upper_quartile];
  return low === undefined || high === undefined ? null : [low, high];
};
