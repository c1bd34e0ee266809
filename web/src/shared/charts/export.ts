import type { EChartsOption } from 'echarts';
import { fonts, type Palette } from '../theme';
import { echarts } from './echarts_more';

/** What is printed on every picture that leaves the house: title, filters, source and date. */
export interface Imprint {
  title: string;
  filters: string;
  source: string;
}

const width = 960;
const foot = 62;
const head = 54;

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

export function chartSvg(option: EChartsOption, height: number, p: Palette, imprint: Imprint): string {
  const chart = echarts.init(null, undefined, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ ...option, animation: false } as never);
  const inner = chart.renderToSVGString();
  chart.dispose();
  const total = height + head + foot;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}">`,
    `<rect width="100%" height="100%" fill="${p.card}"/>`,
    `<text x="20" y="34" font-family="${escape(fonts.title)}" font-size="20" font-weight="600" fill="${p.ink}">${escape(imprint.title)}</text>`,
    `<g transform="translate(0 ${head})">${inner}</g>`,
    `<text x="20" y="${total - 32}" font-family="${escape(fonts.text)}" font-size="12" fill="${p.soft}">${escape(imprint.filters)}</text>`,
    `<text x="20" y="${total - 14}" font-family="${escape(fonts.text)}" font-size="11" fill="${p.muted}">${escape(imprint.source)}</text>`,
    '</svg>',
  ].join('');
}

export async function svgToPng(svg: string, scale = 3): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  const context = canvas.getContext('2d');
  context?.scale(scale, scale);
  context?.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'));
}
