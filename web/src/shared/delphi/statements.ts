/** Statements of a list to be judged, in either language or both, with their field. */
export interface Statement {
  field: string;
  zh: string;
  en: string;
}

const hanzi = /[\u3400-\u9fff]/;

const headings: Record<keyof Statement, RegExp> = {
  zh: /^(zh|chinese|statement_zh|(\u4e2d\u6587)?(\u9648\u8ff0|\u6280\u672f|\u6280\u672f\u540d\u79f0|\u6761\u76ee|\u8bfe\u9898|\u8bfe\u9898\u540d\u79f0|\u540d\u79f0)|\u4e2d\u6587)$/i,
  en: /^(en|english|statement_en|statement|item|technology|title|topic|\u82f1\u6587(\u9648\u8ff0|\u6280\u672f|\u6761\u76ee|\u540d\u79f0)?)$/i,
  field: /^(field|domain|area|category|(\u6280\u672f|\u6240\u5c5e)?\u9886\u57df)$/i,
};

/** Columns by their headings; null where the first row is no heading. */
function columnsOf(row: string[]): Partial<Record<keyof Statement, number>> | null {
  const found: Partial<Record<keyof Statement, number>> = {};
  for (const name of ['zh', 'en', 'field'] as const) {
    const at = row.findIndex((cell, i) => headings[name].test(cell.trim()) && !Object.values(found).includes(i));
    if (at >= 0) found[name] = at;
  }
  return found.zh !== undefined || found.en !== undefined ? found : null;
}

function byPlace(cells: string[]): Statement {
  const [a = '', b = '', c = ''] = cells;
  const one = (field: string, words: string): Statement => (hanzi.test(words) ? { field, zh: words, en: '' } : { field, zh: '', en: words });
  if (cells.length === 1) return one('', a);
  const both = hanzi.test(a) !== hanzi.test(b) && Math.min(a.length, b.length) > 8;
  if (cells.length === 2 && both) return hanzi.test(a) ? { field: '', zh: a, en: b } : { field: '', zh: b, en: a };
  return cells.length === 2 ? one(a, b) : { field: a, zh: b, en: c };
}

/** Statements of the rows of a table: by its headings, or else the statement; field and statement, or both languages; field, zh, en. */
export function statementsOf(rows: string[][]): Statement[] {
  const columns = columnsOf(rows[0] ?? []);
  if (!columns) return rows.map((row) => byPlace(row.map((cell) => cell.trim()))).filter((one) => one.zh !== '' || one.en !== '');
  const cell = (row: string[], name: keyof Statement): string => (columns[name] === undefined ? '' : (row[columns[name]] ?? '').trim());
  return rows.slice(1).map((row) => {
    const words = { field: cell(row, 'field'), zh: cell(row, 'zh'), en: cell(row, 'en') };
    // One column of statements is of whatever language it is written in.
    return words.zh === '' && hanzi.test(words.en) ? { ...words, zh: words.en, en: '' } : words;
  }).filter((one) => one.zh !== '' || one.en !== '');
}

/** Statements of pasted lines; tabs part the columns (commas belong to statements). */
export const parseItems = (text: string): Statement[] =>
  statementsOf(text.replace(/\r\n?/g, '\n').split('\n').map((line) => line.split('\t').map((cell) => cell.trim())).filter((cells) => cells.some((cell) => cell !== '')));
