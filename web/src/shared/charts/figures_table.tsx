import { Table } from 'antd';
import type { Figures } from './figure_tools';

/** The figures of a chart; loaded when they are asked for. */
export default function FiguresTable({ figures }: { figures: Figures }) {
  return (
    <Table
      size="small"
      rowKey={(_, i) => String(i)}
      pagination={figures.rows.length > 12 ? { pageSize: 12, size: 'small', showSizeChanger: false } : false}
      columns={figures.columns.map((name, i) => ({ title: name, dataIndex: String(i), align: i > 0 ? ('right' as const) : ('left' as const) }))}
      dataSource={figures.rows.map((row) => Object.fromEntries(row.map((cell, i) => [String(i), typeof cell === 'number' ? Number(cell.toPrecision(5)) : cell])))}
    />
  );
}
