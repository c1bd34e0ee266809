import { Skeleton } from 'antd';
import type { EChartsOption } from 'echarts';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { light, usePalette, type Palette } from '../theme';
import type { ChartClick } from './echart';
import { FigureTools, type Figures } from './figure_tools';
import type { Imprint } from './imprint';

const Basic = lazy(() => import('./echart'));
const Full = lazy(async () => {
  await import('./echarts_more');
  return import('./echart');
});
const FiguresTable = lazy(() => import('./figures_table'));

/** Whether a chart needs more than bars, lines and points. */
const needsMore = (option: EChartsOption): boolean => 'visualMap' in option || [option.series ?? []].flat().some((series) => series.type === 'custom' || series.type === 'heatmap' || series.type === 'map');

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
  const palette = usePalette();
  const [table, setTable] = useState(false);
  const drawn = useMemo(() => option(palette), [option, palette]);
  const EChart = needsMore(drawn) ? Full : Basic;
  const picture = async (imprint: Imprint) => (await import('./export')).chartSvg(option(light), Math.max(320, height), light, imprint);

  return (
    <section className={bare ? undefined : 'panel'} aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        <FigureTools title={title} explain={explain} figures={() => figures} picture={picture} table={{ shown: table, toggle: () => setTable(!table) }} extra={extra} />
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
