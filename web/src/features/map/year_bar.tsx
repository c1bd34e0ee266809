import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons';
import { Button, Slider } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  counts: { year: number; count: number }[];
  first: number;
  last: number;
  years: [number, number] | null;
  set: (years: [number, number] | null) => void;
}

/** Bars of the years with a brush over them; ▶ lets a window of time wander from the first year to the last. */
export function YearBar({ counts, first, last, years, set }: Props) {
  const { t } = useTranslation();
  const [playing, setPlaying] = useState(false);
  const [from, to] = years ?? [first, last];
  useEffect(() => {
    if (!playing) return undefined;
    const width = Math.min(3, Math.max(1, to - from));
    const timer = setTimeout(() => {
      if (to >= last) {
        setPlaying(false);
        return;
      }
      set([Math.min(last - width, from + 1), Math.min(last, from + 1 + width)]);
    }, 700);
    return () => clearTimeout(timer);
  }, [playing, from, to, last, set]);
  const top = Math.max(1, ...counts.map((c) => c.count));
  const span = Math.max(1, last - first + 1);
  const play = () => {
    if (!playing && (years === null || to >= last)) set([first, Math.min(last, first + 3)]);
    setPlaying(!playing);
  };
  return (
    <div className="map-years">
      <Button shape="circle" size="small" icon={playing ? <PauseOutlined /> : <CaretRightOutlined />} aria-label={t(playing ? 'map.pause' : 'map.play')} onClick={play} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <svg width="100%" height={30} viewBox={`0 0 ${span * 10} 30`} preserveAspectRatio="none" aria-hidden="true" style={{ display: 'block' }}>
          {counts.map(({ year, count }) => {
            const height = 28 * Math.sqrt(count / top);
            return <rect key={year} x={(year - first) * 10 + 1} width={8} y={30 - height} height={height} fill={year >= from && year <= to ? 'var(--primary)' : 'var(--line)'} />;
          })}
        </svg>
        <Slider range min={first} max={last} value={[from, to]} onChange={([a, b]) => set(a === first && b === last ? null : [a ?? first, b ?? last])} style={{ margin: '2px 0 0' }} ariaLabelForHandle={[t('map.from'), t('map.to')]} />
      </div>
      <span className="num" style={{ minWidth: 88, textAlign: 'right' }}>
        {from}–{to}
      </span>
    </div>
  );
}
