import { fonts, type Palette } from '../theme';

/** What is printed on every picture that leaves the house: title, filters, source and date. */
export interface Imprint {
  title: string;
  filters: string;
  source: string;
}

/** Pictures of charts are drawn this wide. */
export const pictureWidth = 960;
const foot = 62;
const head = 54;

/** Text between or in the tags of XML. */
export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** A drawing of the given size between its title and its imprint. */
export function framed(inner: string, width: number, height: number, p: Palette, imprint: Imprint): string {
  const total = height + head + foot;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}">`,
    `<rect width="100%" height="100%" fill="${p.card}"/>`,
    `<text x="20" y="34" font-family="${escapeXml(fonts.title)}" font-size="20" font-weight="600" fill="${p.ink}">${escapeXml(imprint.title)}</text>`,
    `<g transform="translate(0 ${head})">${inner}</g>`,
    `<text x="20" y="${total - 32}" font-family="${escapeXml(fonts.text)}" font-size="12" fill="${p.soft}">${escapeXml(imprint.filters)}</text>`,
    `<text x="20" y="${total - 14}" font-family="${escapeXml(fonts.text)}" font-size="11" fill="${p.muted}">${escapeXml(imprint.source)}</text>`,
    '</svg>',
  ].join('');
}

/** A drawing of the page itself (SVG) as a picture. */
export function svgPicture(drawing: SVGSVGElement, p: Palette, imprint: Imprint): string {
  const [width, height] = [drawing.clientWidth || drawing.width.baseVal.value, drawing.clientHeight || drawing.height.baseVal.value];
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('font-family', fonts.text);
  return framed(new XMLSerializer().serializeToString(copy), width, height, p, imprint);
}

/** The canvases of a box, laid on one another, as a picture. */
export function canvasPicture(box: Element, p: Palette, imprint: Imprint): string {
  const [width, height] = [box.clientWidth, box.clientHeight];
  const whole = document.createElement('canvas');
  const layers = [...box.querySelectorAll('canvas')];
  const scale = Math.max(1, ...layers.map((layer) => layer.width / Math.max(1, width)));
  [whole.width, whole.height] = [Math.round(width * scale), Math.round(height * scale)];
  const context = whole.getContext('2d');
  for (const layer of layers) context?.drawImage(layer, 0, 0, whole.width, whole.height);
  return framed(`<image width="${width}" height="${height}" href="${whole.toDataURL('image/png')}"/>`, width, height, p, imprint);
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
