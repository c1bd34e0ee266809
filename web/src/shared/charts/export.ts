import type { EChartsOption } from 'echarts';
import type { Palette } from '../theme';
import { echarts } from './echarts_more';
import { framed, pictureWidth, type Imprint } from './imprint';

export function chartSvg(option: EChartsOption, height: number, p: Palette, imprint: Imprint): string {
  const chart = echarts.init(null, undefined, { renderer: 'svg', ssr: true, width: pictureWidth, height });
  chart.setOption({ ...option, animation: false } as never);
  const inner = chart.renderToSVGString();
  chart.dispose();
  return framed(inner, pictureWidth, height, p, imprint);
}
