// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { toXlsx } from './charts/xlsx';
import { columnOf, readTable } from './table_file';

const file = (bytes: Uint8Array | string, name: string): File => {
  const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return { name, arrayBuffer: () => Promise.resolve(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)) } as File;
};

describe('table files', () => {
  it('reads back what is written as XLSX, with empty cells in their places', async () => {
    expect(await readTable(file(toXlsx([['领域', 'A & B', 3], [null, 'x <y>']]), 'a.xlsx'))).toEqual([['领域', 'A & B', '3'], ['', 'x <y>']]);
  });
  it('reads CSV in UTF-8 and in GB18030', async () => {
    expect(await readTable(file('a,"b, c"\nd,e', 'a.csv'))).toEqual([['a', 'b, c'], ['d', 'e']]);
    expect(await readTable(file(new Uint8Array([0xc1, 0xec, 0xd3, 0xf2, 0x2c, 0x78]), 'a.csv'))).toEqual([['领域', 'x']]);
  });
  it('knows the columns of references', () => {
    expect(['A1', 'Z9', 'AA1', 'AB12'].map(columnOf)).toEqual([0, 25, 26, 27]);
  });
});
