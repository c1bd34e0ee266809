import type { EChartsOption } from 'echarts';
import { base } from '../../shared/charts/options';
import { echarts } from '../../shared/charts/echarts_more';
import type { Palette } from '../../shared/theme';

export interface BaseMap {
  features: { properties?: Record<string, unknown> | null }[];
}

/** Which place of the map is which country: by an ISO code among its properties, else by its name in either language. */
export function codesOf(map: BaseMap, countries: string[]): Map<string, string> {
  const names = ['zh-CN', 'en'].map((language) => new Intl.DisplayNames([language], { type: 'region' }));
  const known = new Map(countries.filter((code) => /^[A-Z]{2}$/.test(code)).flatMap((code) => [[code, code], ...names.map((one) => [(one.of(code) ?? code).toLowerCase(), code])] as [string, string][]));
  const found = new Map<string, string>();
  for (const { properties } of map.features) {
    const name = properties?.['name'];
    if (typeof name !== 'string') continue;
    const code = ['iso_a2', 'ISO_A2', 'iso2', 'code'].map((key) => properties?.[key]).find((value) => typeof value === 'string' && known.has(value)) ?? known.get(name.toLowerCase());
    if (typeof code === 'string') found.set(name, code);
  }
  return found;
}

const mapName = 'approved';

export function installMap(map: BaseMap): void {
  echarts.registerMap(mapName, map as Parameters<typeof echarts.registerMap>[1]);
}

/** Countries shaded by a figure on the installed base map. The approval number is part of the picture, so that no export goes without it. */
export function countryMap(p: Palette, rows: { name: string; text: string; value: number }[], imprint: string): EChartsOption {
  return {
    ...base(p),
    tooltip: { ...(base(p).tooltip as object), trigger: 'item', formatter: (item: unknown) => { const row = rows.find((one) => one.name === (item as { name: string }).name); return row ? `<b>${row.text}</b><br>${row.value}` : (item as { name: string }).name; } },
    visualMap: { min: 0, max: Math.max(1, ...rows.map((row) => row.value)), left: 8, bottom: 26, calculable: false, inRange: { color: p.ramp }, textStyle: { color: p.soft }, itemHeight: 90, itemWidth: 10 },
    title: { text: imprint, left: 8, bottom: 2, textStyle: { color: p.soft, fontSize: 12, fontWeight: 'normal' as const } },
    series: [{ type: 'map', map: mapName, roam: true, top: 8, bottom: 30, itemStyle: { areaColor: p.faint, borderColor: p.muted, borderWidth: 0.5 }, emphasis: { label: { show: false }, itemStyle: { areaColor: p.seal } }, label: { show: false }, select: { disabled: true }, data: rows.map((row) => ({ name: row.name, value: row.value })) }],
  };
}
