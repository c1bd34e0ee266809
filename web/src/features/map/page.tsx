import { ExpandOutlined, GatewayOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Segmented, Select, Tooltip } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { get, useApi } from '../../shared/api/client';
import { useMap, useMapPoints, type MapInfo, type MapPoints } from '../../shared/api/map';
import { FigureTools } from '../../shared/charts/figure_tools';
import { canvasPicture } from '../../shared/charts/imprint';
import type { DocumentPage } from '../../shared/api/records';
import { count } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { usePalette } from '../../shared/theme';
import { Empty } from '../../shared/ui/empty';
import { Failure, Loaded, Waiting } from '../../shared/ui/page';
import { TopicClouds } from '../../shared/ui/topic_clouds';
import { toggled, useUrlList, useUrlValue, useUrlYears } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { hasWebgl } from '../../shared/webgl';
import { MapCanvas } from './canvas';
import { colorings, colorsOf, countMarked, looks, noTopic, passing, type ColorBy } from './model';
import { SelectionDrawer } from './selection_drawer';
import { MapSummary, MapTable } from './views';
import { YearBar } from './year_bar';

type Category = 'topic' | 'source' | 'language' | 'kind';
const isCategory = (by: ColorBy): by is Category => by !== 'year' && by !== 'growth';
const css = ([r, g, b]: [number, number, number]): string => `rgb(${Math.round(255 * r)} ${Math.round(255 * g)} ${Math.round(255 * b)})`;

function Legend({ by, names, palette, off, toggle }: { by: ColorBy; names: { index: number; name: string; n: number }[]; palette: [number, number, number][]; off: string[]; toggle: (category: string) => void }) {
  const { t } = useTranslation();
  if (!isCategory(by)) {
    const ends = by === 'year' ? [t('map.older'), t('map.newer')] : [t('map.shrinks'), t('map.grows')];
    return (
      <div>
        <div style={{ height: 10, borderRadius: 5, background: `linear-gradient(90deg, ${palette.slice(1).map(css).join(',')})` }} />
        <div className="muted small" style={{ display: 'flex', justifyContent: 'space-between', marginTop: 4 }}><span>{ends[0]}</span><span>{ends[1]}</span></div>
      </div>
    );
  }
  return (
    <div>
      {names.map(({ index, name, n }) => {
        const hiddenNow = off.includes(String(index));
        return (
          <button key={index} type="button" aria-pressed={!hiddenNow} className={hiddenNow ? 'legend-row off' : 'legend-row'} onClick={() => toggle(String(index))}>
            <i style={{ background: css(palette[1 + (index % (palette.length - 1))] ?? [0.5, 0.5, 0.5]) }} />
            <span title={name}>{name}</span>
            <em className="num muted" style={{ fontStyle: 'normal' }}>{count(n)}</em>
          </button>
        );
      })}
    </div>
  );
}

function Workbench({ info, points }: { info: MapInfo; points: MapPoints }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const p = usePalette();
  const [byText, setBy] = useUrlValue('color', 'topic');
  const by = (colorings as string[]).includes(byText) ? (byText as ColorBy) : 'topic';
  const [view, setView] = useUrlValue('view', 'map');
  const [years, setYears] = useUrlYears();
  const [off, setOff] = useUrlList('off');
  const [, openRecord] = useUrlValue('record');
  const [selected, setSelected] = useState<Uint8Array | null>(null);
  const [lassoing, setLassoing] = useState(false);
  const [command, setCommand] = useState<{ name: 'in' | 'out' | 'fit'; at: number } | null>(null);
  const [hovered, setHovered] = useState(-1);
  const [asked, setAsked] = useState(-1);
  const [first, last] = [years?.[0], years?.[1]];
  const stage = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const timer = setTimeout(() => setAsked(hovered), 160);
    return () => clearTimeout(timer);
  }, [hovered]);
  const preview = useApi<DocumentPage>(asked >= 0 ? ws.api('/map/documents') : null, { indices: String(asked) });

  const colors = useMemo(() => colorsOf(points, info, by, p), [points, info, by, p]);
  const offKey = off.join(',');
  const pass = useMemo(() => passing(points, { years: first !== undefined && last !== undefined ? [first, last] : null, off: { by: isCategory(by) ? by : 'topic', values: new Set(isCategory(by) && offKey ? offKey.split(',').map(Number) : []) } }), [points, first, last, by, offKey]);
  const look = useMemo(() => looks(colors.index, pass, selected), [colors, pass, selected]);
  const counts = useMemo(() => countMarked(points, pass), [points, pass]);
  const all = useMemo(() => countMarked(points, new Uint8Array(points.n).fill(1)), [points]);

  const names = useMemo(() => {
    if (!isCategory(by)) return [];
    const column = { topic: points.topic, source: points.source, language: points.language, kind: points.kind }[by];
    const n = new Map<number, number>();
    for (let i = 0; i < points.n; i += 1) n.set(column[i] ?? 0, (n.get(column[i] ?? 0) ?? 0) + 1);
    const name = (index: number): string => {
      if (by === 'topic') return index === noTopic ? t('map.no_topic') : labelOf(info.topics[index]);
      if (by === 'kind') return t(`kind.${info.kinds?.[index] ?? 'work'}`);
      if (by === 'language') return t(`language.${info.languages?.[index] ?? ''}`, { defaultValue: info.languages?.[index] ?? '–' });
      return info.sources?.[index] ?? '–';
    };
    return [...n].sort((a, b) => b[1] - a[1]).map(([index, total]) => ({ index, name: name(index), n: total }));
  }, [by, points, info, t]);

  const openPoint = useCallback(
    (index: number) => {
      void get<DocumentPage>(ws.api('/map/documents'), { indices: index }).then((page) => openRecord(page.items[0]?.id ?? null));
    },
    [ws, openRecord],
  );

  const tip = (index: number): string => {
    if (hovered !== index) setTimeout(() => setHovered(index), 0);
    const row = asked === index ? preview.data?.items[0] : undefined;
    const topic = points.topic[index] ?? noTopic;
    const name = topic === noTopic ? '' : labelOf(info.topics[topic]);
    return row ? `${row.title} (${row.year ?? points.year[index]})` : `${name || t('map.no_topic')} · ${points.year[index] || '–'}`;
  };

  const firstYear = info.first_year > 0 ? info.first_year : (all.years[0]?.year ?? 0);
  const lastYear = info.last_year > 0 ? info.last_year : (all.years.at(-1)?.year ?? 0);
  const changed = off.length > 0 || years !== null;

  return (
    <div className="page full">
      <div className="map-page">
        <aside className="map-side">
          <h1>{t('menu.map')}</h1>
          <Segmented block size="small" value={view} onChange={(value) => setView(value)} options={['map', 'table', 'summary'].map((value) => ({ value, label: t(`map.view.${value}`) }))} />
          <p className="muted small num" style={{ margin: '12px 0 0' }}>{t('map.in_view', { n: count(counts.n), all: count(points.n) })}</p>
          {changed ? <Button size="small" type="link" style={{ padding: 0 }} onClick={() => { setOff([]); setYears(null); }}>{t('map.clear')}</Button> : null}
          <h3>{t('map.color_by')}</h3>
          <Select value={by} onChange={(value) => setBy(value)} style={{ width: '100%' }} aria-label={t('map.color_by')} options={colorings.map((value) => ({ value, label: t(`map.color.${value}`) }))} />
          <h3>{t('map.legend')}</h3>
          <Legend by={by} names={names} palette={colors.palette} off={off} toggle={(category) => setOff(toggled(category))} />
        </aside>
        <div ref={stage} className={view === 'map' ? 'map-stage' : 'map-stage listed'}>
          {view === 'map' ? (
            <>
              <MapCanvas info={info} points={points} look={look} palette={colors.palette} pass={pass} lassoing={lassoing} onLasso={(marked) => { setSelected(marked && marked.some((on) => on) ? marked : null); setLassoing(false); }} onPoint={openPoint} onTopic={(topic) => void navigate(ws.page(`/topics/${topic.id}`))} tip={tip} command={command} />
              <div className="map-tools">
                <FigureTools
                  title={t('menu.map')}
                  explain={t('map.explain')}
                  figures={() => ({ columns: ['ID', t('column.topic'), t('column.documents')], rows: counts.topics.map(({ index, count: n }) => [info.topics[index]?.id ?? '', labelOf(info.topics[index]), n]) })}
                  picture={(imprint) => Promise.resolve(stage.current ? canvasPicture(stage.current, p, imprint) : '')}
                />
                <Tooltip title={t('map.lasso')}><Button type={lassoing ? 'primary' : 'default'} icon={<GatewayOutlined />} aria-pressed={lassoing} aria-label={t('map.lasso')} onClick={() => setLassoing(!lassoing)} /></Tooltip>
                <Tooltip title={t('map.zoom_in')}><Button icon={<PlusOutlined />} aria-label={t('map.zoom_in')} onClick={() => setCommand({ name: 'in', at: Date.now() })} /></Tooltip>
                <Tooltip title={t('map.zoom_out')}><Button icon={<MinusOutlined />} aria-label={t('map.zoom_out')} onClick={() => setCommand({ name: 'out', at: Date.now() })} /></Tooltip>
                <Tooltip title={t('map.fit')}><Button icon={<ExpandOutlined />} aria-label={t('map.fit')} onClick={() => setCommand({ name: 'fit', at: Date.now() })} /></Tooltip>
              </div>
            </>
          ) : (
            <div className="map-list">{view === 'table' ? <MapTable info={info} counts={counts} /> : <MapSummary info={info} counts={counts} />}</div>
          )}
          {lastYear > firstYear ? <YearBar counts={all.years} first={firstYear} last={lastYear} years={years} set={setYears} /> : null}
        </div>
      </div>
      {selected ? <SelectionDrawer info={info} points={points} selected={selected} close={() => setSelected(null)} /> : null}
    </div>
  );
}

export default function MapPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const map = useMap(ws.id);
  const webgl = useMemo(hasWebgl, []);
  const points = useMapPoints(ws.id);
  useEffect(() => {
    document.title = `${t('menu.map')} · 见微 Jianwei`;
  }, [t]);
  return (
    <Loaded query={map} rows={12} absent={<div className="page"><Empty title={t('map.none')} text={t('map.none_text')} /></div>}>
      {(info) =>
        !webgl ? (
          <div className="page">
            <Alert type="info" showIcon title={t('map.no_webgl')} description={t('map.no_webgl_text')} style={{ marginBottom: 18 }} />
            <section className="panel"><TopicClouds height={520} /></section>
          </div>
        ) : points.error ? (
          <div className="page"><Failure error={points.error} retry={() => void points.refetch()} /></div>
        ) : points.data ? (
          <Workbench info={info} points={points.data} />
        ) : (
          <div className="page"><Waiting rows={12} /></div>
        )
      }
    </Loaded>
  );
}
