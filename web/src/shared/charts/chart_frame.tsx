import { BarChartOutlined, DownloadOutlined, InfoCircleOutlined, LinkOutlined, TableOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Popover, Skeleton, Tooltip } from 'antd';
import type { EChartsOption } from 'echarts';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { date } from '../format';
import { saveFile } from '../save_file';
import { light, usePalette, type Palette } from '../theme';
import type { ChartClick } from './echart';
import { toCsv, toXlsx, type Cell } from './xlsx';

const Basic = lazy(() => import('./echart'));
const Full = lazy(async () => {
  await import('./echarts_more');
  return import('./echart');
});
const FiguresTable = lazy(() => import('./figures_table'));

/** Whether a chart needs more than bars, lines and points. */
const needsMore = (option: EChartsOption): boolean => 'visualMap' in option || [option.series ?? []].flat().some((series) => series.type === 'custom' || series.type === 'heatmap' || series.type === 'map');

export interface Figures {
  columns: string[];
  rows: Cell[][];
}

interface Props {
  title: string;
  explain: ReactNode;
  option: (palette: Palette) => EChartsOption;
  figures: Figures;
  height?: number;
  note?: ReactNode;
  extra?: ReactNode;
  onClick?: (click: ChartClick) => void;
  bare?: boolean;
}

/** Every chart of the house: how it was computed, its figures as a table, its picture and data with the filters printed, its link. */
export function ChartFrame({ title, explain, option, figures, height = 280, note, extra, onClick, bare }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const palette = usePalette();
  const location = useLocation();
  const [table, setTable] = useState(false);
  const drawn = useMemo(() => option(palette), [option, palette]);
  const EChart = needsMore(drawn) ? Full : Basic;
  const filters = [...new URLSearchParams(location.search)].map(([name, value]) => `${name}=${value}`).join('  ');
  const imprint = { title, filters: `${t('export.filters')}: ${filters || t('export.none')}`, source: `见微 Jianwei · ${location.pathname} · ${date(new Date().toISOString())}` };
  const sheet = (): Cell[][] => [figures.columns, ...figures.rows, [], [imprint.filters], [imprint.source]];

  const save = async (kind: string): Promise<void> => {
    if (kind === 'csv') return saveFile(`${title}.csv`, toCsv(sheet()), 'text/csv;charset=utf-8');
    if (kind === 'xlsx') return saveFile(`${title}.xlsx`, toXlsx(sheet()), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const { chartSvg, svgToPng } = await import('./export');
    const svg = chartSvg(option(light), Math.max(320, height), light, imprint);
    if (kind === 'svg') return saveFile(`${title}.svg`, svg, 'image/svg+xml');
    return saveFile(`${title}.png`, await svgToPng(svg), 'image/png');
  };

  const tools = (
    <div className="figure-tools">
      {extra}
      <Tooltip title={table ? t('figure.chart') : t('figure.table')}>
        <Button size="small" type="text" aria-label={table ? t('figure.chart') : t('figure.table')} icon={table ? <BarChartOutlined /> : <TableOutlined />} onClick={() => setTable(!table)} />
      </Tooltip>
      <Popover title={t('figure.explain')} trigger="click" placement="bottomRight" content={<div style={{ maxWidth: 380, lineHeight: 1.65 }}>{explain}</div>}>
        <Button size="small" type="text" aria-label={t('figure.explain')} icon={<InfoCircleOutlined />} />
      </Popover>
      <Dropdown trigger={['click']} menu={{ items: ['png', 'svg', 'csv', 'xlsx'].map((key) => ({ key, label: key.toUpperCase() })), onClick: ({ key }) => void save(key) }}>
        <Button size="small" type="text" aria-label={t('figure.download')} icon={<DownloadOutlined />} />
      </Dropdown>
      <Tooltip title={t('figure.link')}>
        <Button
          size="small"
          type="text"
          aria-label={t('figure.link')}
          icon={<LinkOutlined />}
          onClick={() => void navigator.clipboard?.writeText(window.location.href).then(() => message.success(t('figure.link_copied')))}
        />
      </Tooltip>
    </div>
  );

  return (
    <section className={bare ? undefined : 'panel'} aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        {tools}
      </div>
      {table ? (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 4 }} />}>
          <FiguresTable figures={figures} />
        </Suspense>
      ) : (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 4 }} />}>
          <EChart option={drawn} height={height} label={title} onClick={onClick} />
        </Suspense>
      )}
      {note ? <div className="panel-note">{note}</div> : null}
    </section>
  );
}
