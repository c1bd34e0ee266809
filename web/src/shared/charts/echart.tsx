import type { ECharts, EChartsOption } from 'echarts';
import { useEffect, useRef } from 'react';
import { echarts } from './echarts';

export interface ChartClick {
  name: string;
  seriesName: string;
  dataIndex: number;
  data: unknown;
}

/** One drawn chart; kept at the size of its box. Loaded lazily: pages without charts do not pay for the library. */
export default function EChart({ option, height, label, onClick, onReady }: { option: EChartsOption; height: number | string; label: string; onClick?: ((click: ChartClick) => void) | undefined; onReady?: (chart: ECharts) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const click = useRef(onClick);
  click.current = onClick;

  useEffect(() => {
    if (!box.current) return undefined;
    const made = echarts.init(box.current, undefined, { renderer: 'canvas' });
    chart.current = made;
    made.on('click', (event) => click.current?.({ name: event.name, seriesName: event.seriesName ?? '', dataIndex: event.dataIndex, data: event.data }));
    onReady?.(made);
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
    // The chart is made once; options follow below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);

  return <div ref={box} role="img" aria-label={label} style={{ width: '100%', height, cursor: onClick ? 'pointer' : undefined }} />;
}
