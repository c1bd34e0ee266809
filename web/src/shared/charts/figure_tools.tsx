import { BarChartOutlined, DownloadOutlined, InfoCircleOutlined, LinkOutlined, TableOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Popover, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { date } from '../format';
import { saveFile } from '../save_file';
import type { Imprint } from './imprint';
import { toCsv, toXlsx, type Cell } from './xlsx';

export interface Figures {
  columns: string[];
  rows: Cell[][];
}

interface Props {
  title: string;
  explain: ReactNode;
  figures: () => Figures;
  /** The figure as a complete SVG with what is printed on it. */
  picture: (imprint: Imprint) => Promise<string>;
  /** Where the figures can be shown as a table in place. */
  table?: { shown: boolean; toggle: () => void };
  extra?: ReactNode;
}

/** What every figure of the house offers: its figures as a table, how it was computed, its picture and data with the filters printed, its link. */
export function FigureTools({ title, explain, figures, picture, table, extra }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const location = useLocation();
  const save = async (kind: string): Promise<void> => {
    const filters = [...new URLSearchParams(location.search)].map(([name, value]) => `${name}=${value}`).join('  ');
    const imprint = { title, filters: `${t('export.filters')}: ${filters || t('export.none')}`, source: `见微 Jianwei · ${location.pathname} · ${date(new Date().toISOString())}` };
    const { columns, rows } = figures();
    const sheet: Cell[][] = [columns, ...rows, [], [imprint.filters], [imprint.source]];
    if (kind === 'csv') return saveFile(`${title}.csv`, toCsv(sheet), 'text/csv;charset=utf-8');
    if (kind === 'xlsx') return saveFile(`${title}.xlsx`, toXlsx(sheet), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const svg = await picture(imprint);
    if (kind === 'svg') return saveFile(`${title}.svg`, svg, 'image/svg+xml');
    const { svgToPng } = await import('./imprint');
    return saveFile(`${title}.png`, await svgToPng(svg), 'image/png');
  };
  return (
    <div className="figure-tools">
      {extra}
      {table ? (
        <Tooltip title={table.shown ? t('figure.chart') : t('figure.table')}>
          <Button size="small" type="text" aria-label={table.shown ? t('figure.chart') : t('figure.table')} icon={table.shown ? <BarChartOutlined /> : <TableOutlined />} onClick={table.toggle} />
        </Tooltip>
      ) : null}
      <Popover title={t('figure.explain')} trigger="click" placement="bottomRight" content={<div style={{ maxWidth: 380, lineHeight: 1.65 }}>{explain}</div>}>
        <Button size="small" type="text" aria-label={t('figure.explain')} icon={<InfoCircleOutlined />} />
      </Popover>
      <Dropdown trigger={['click']} menu={{ items: ['png', 'svg', 'csv', 'xlsx'].map((key) => ({ key, label: key.toUpperCase() })), onClick: ({ key }) => void save(key) }}>
        <Button size="small" type="text" aria-label={t('figure.download')} icon={<DownloadOutlined />} />
      </Dropdown>
      <Tooltip title={t('figure.link')}>
        <Button size="small" type="text" aria-label={t('figure.link')} icon={<LinkOutlined />} onClick={() => void navigator.clipboard?.writeText(window.location.href).then(() => message.success(t('figure.link_copied')))} />
      </Tooltip>
    </div>
  );
}
