/** Rows of a table somebody chose: CSV or TSV (UTF-8, UTF-16 with its mark, GB18030) or the first sheet of an XLSX file. Nothing leaves the browser. */
export async function readTable(file: File): Promise<string[][]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return bytes[0] === 0x50 && bytes[1] === 0x4b ? readXlsx(bytes) : parseTable(decode(bytes));
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Rows of a pasted table: from a spreadsheet (tabs) or CSV with quotes; the separator is found out. */
export function parseTable(text: string): string[][] {
  const all = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const first = all.split('\n')[0] ?? '';
  const separator = all.includes('\t') ? '\t' : first.includes(';') && !first.includes(',') ? ';' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((value) => value !== '')) rows.push(row);
    row = [];
  };
  for (let i = 0; i < all.length; i += 1) {
    const c = all[i] ?? '';
    if (quoted && c === '"' && all[i + 1] === '"') {
      cell += '"';
      i += 1;
    } else if (quoted && c === '"') quoted = false;
    else if (quoted) cell += c;
    else if (c === '"' && cell.trim() === '') quoted = true;
    else if (c === separator) endCell();
    else if (c === '\n') endRow();
    else cell += c;
  }
  endRow();
  return rows;
}

interface ZipEntry {
  method: number;
  data: Uint8Array;
}

/** The central directory of a ZIP file: where each part lies. */
function zipEntries(bytes: Uint8Array): Map<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error('xlsx: no directory');
  const entries = new Map<string, ZipEntry>();
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0; n -= 1) {
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const local = view.getUint32(at + 42, true);
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    entries.set(name, { method: view.getUint16(at + 10, true), data: bytes.subarray(from, from + view.getUint32(at + 20, true)) });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

async function textOf(entry: ZipEntry): Promise<string> {
  if (entry.method === 0) return new TextDecoder().decode(entry.data);
  const stream = new Blob([entry.data as BlobPart]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).text();
}

const xml = (text: string): Document => new DOMParser().parseFromString(text, 'application/xml');
const words = (element: Element): string => [...element.getElementsByTagName('t')].filter((t) => t.parentElement?.tagName !== 'rPh').map((t) => t.textContent ?? '').join('');

/** "AB12" is the 28th column. */
export function columnOf(reference: string): number {
  let column = 0;
  for (const c of /^[A-Z]+/.exec(reference)?.[0] ?? 'A') column = column * 26 + c.charCodeAt(0) - 64;
  return column - 1;
}

async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  const entries = zipEntries(bytes);
  const first = [...entries.keys()].filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name)).sort((a, b) => a.length - b.length || a.localeCompare(b))[0];
  const sheet = first ? entries.get(first) : undefined;
  if (!sheet) throw new Error('xlsx: no sheet');
  const strings = entries.get('xl/sharedStrings.xml');
  const shared = strings ? [...xml(await textOf(strings)).getElementsByTagName('si')].map(words) : [];
  const rows: string[][] = [];
  for (const row of xml(await textOf(sheet)).getElementsByTagName('row')) {
    const cells: string[] = [];
    for (const cell of row.getElementsByTagName('c')) {
      const at = columnOf(cell.getAttribute('r') ?? '');
      const value = cell.getElementsByTagName('v')[0]?.textContent ?? '';
      const type = cell.getAttribute('t');
      while (cells.length < at) cells.push('');
      cells[at] = (type === 's' ? (shared[Number(value)] ?? '') : type === 'inlineStr' ? words(cell) : value).trim();
    }
    if (cells.some((cell) => cell !== '')) rows.push(cells);
  }
  return rows;
}
