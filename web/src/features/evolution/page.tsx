import { Segmented, Slider } from 'antd';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FigureTools } from '../../shared/charts/figure_tools';
import { svgPicture } from '../../shared/charts/imprint';
import { count, yearSpan } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { usePalette } from '../../shared/theme';
import { Empty } from '../../shared/ui/empty';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { textWidth } from '../../shared/ui/topic_clouds';
import { useWorkspace } from '../../shared/workspace';
import { useEvolution, type Evolution } from './api';
import { isNew, layOut, type Ribbon } from './layout';

const blockWidth = 12;

function ribbonPath(r: Ribbon): string {
  const x0 = r.from.x + blockWidth;
  const x1 = r.to.x;
  const m = (x0 + x1) / 2;
  return `M${x0} ${r.y0}C${m} ${r.y0} ${m} ${r.y1} ${x1} ${r.y1}L${x1} ${r.y1 + r.h1}C${m} ${r.y1 + r.h1} ${m} ${r.y0 + r.h0} ${x0} ${r.y0 + r.h0}Z`;
}

/** The first two words of a topic's name, cut where the room ends. */
function shortName(block: Parameters<typeof labelOf>[0], room: number): string {
  const words = labelOf(block).split(/[,，、]\s*/).slice(0, 2);
  const whole = words.join(/[\u4e00-\u9fff]/.test(words.join('')) ? '、' : ', ');
  if (textWidth(whole, 11.5) <= room) return whole;
  const letters = [...whole];
  while (letters.length > 3 && textWidth(`${letters.join('')}…`, 11.5) > room) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

function Alluvial({ data, limit, only, drawn }: { data: Evolution; limit: number; only: string; drawn: RefObject<SVGSVGElement | null> }) {
  const { t } = useTranslation();
  const p = usePalette();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(1100);
  const [line, setLine] = useState<number | null>(null);
  useEffect(() => {
    if (!box.current) return undefined;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(760, entry.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const drawing = useMemo(() => layOut(data, width, limit), [data, width, limit]);
  const lit = (l: number, fresh: boolean): boolean => (only === 'new' ? fresh : line === null || l === line);
  const step = data.periods.length > 1 ? (width - 8 - blockWidth - 170) / (data.periods.length - 1) : 0;
  return (
    <div ref={box} style={{ overflowX: 'auto' }}>
      <svg ref={drawn} width={width} height={drawing.height + 30} role="img" aria-label={t('menu.evolution')}>
        {data.periods.map((period, i) => (
          <text key={period.first} x={8 + i * step} y={14} fontSize={12} fill={p.muted} className="num">
            {period.first === period.last ? period.first : `${period.first}–${period.last}`}
          </text>
        ))}
        <g transform="translate(0 26)">
          {drawing.ribbons.map((r) => (
            <path key={r.key} d={ribbonPath(r)} fill={p.series[r.from.line % p.series.length]} opacity={only === 'new' ? 0.06 : line === null ? 0.22 : r.from.line === line || r.to.line === line ? 0.5 : 0.06} />
          ))}
          {drawing.blocks.map((block) => {
            const fresh = isNew(block, block.period);
            const on = lit(block.line, fresh);
            const room = block.period === data.periods.length - 1 ? 166 : step - blockWidth - 14;
            return (
              <g key={`${block.period}${block.id}`} style={{ cursor: 'pointer' }} opacity={on ? 1 : 0.25} tabIndex={0} role="link" aria-label={`${labelOf(block)}, ${count(block.documents)}`} onMouseEnter={() => setLine(block.line)} onMouseLeave={() => setLine(null)} onFocus={() => setLine(block.line)} onBlur={() => setLine(null)} onClick={() => void navigate(ws.page(`/topics/${block.id}`))} onKeyDown={(event) => event.key === 'Enter' && void navigate(ws.page(`/topics/${block.id}`))}>
                <title>{`${labelOf(block)} · ${count(block.documents)} · ${t(`event.${block.event}`, { defaultValue: block.event })}`}</title>
                <rect x={block.x} y={block.y} width={blockWidth} height={block.height} rx={2.5} fill={p.series[block.line % p.series.length]} stroke={fresh ? p.seal : 'none'} strokeWidth={2} />
                  <text x={block.x + blockWidth + 6} y={block.y + block.height / 2 + 4} fontSize={11.5} fontWeight={fresh ? 600 : 400} fill={fresh ? p.seal : p.ink} stroke={p.card} strokeWidth={3} paintOrder="stroke">
                    {shortName(block, room)}
                  </text>
              </g>
            );
          })}
        </g>
      </svg>
    </div>
  );
}

export default function EvolutionPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const p = usePalette();
  const drawn = useRef<SVGSVGElement>(null);
  const evolution = useEvolution(ws.id);
  const [only, setOnly] = useUrlValue('only', 'all');
  const [limitText, setLimit] = useUrlValue('top', '18');
  const limit = Math.max(5, Math.min(60, Number(limitText) || 18));
  return (
    <Page title={t('menu.evolution')} lead={t('evolution.lead')} wide>
      <div className="filters">
        <Segmented value={only} onChange={(value) => setOnly(value)} options={[{ value: 'all', label: t('evolution.all') }, { value: 'new', label: t('evolution.new') }]} />
        <span className="small" style={{ display: 'flex', alignItems: 'center', gap: 8, marginLeft: 12 }}>{t('evolution.top', { n: limit })} <Slider style={{ width: 130 }} min={5} max={60} value={limit} onChange={(value) => setLimit(String(value))} ariaLabelForHandle={t('evolution.top', { n: limit })} /></span>
      </div>
      <Loaded query={evolution} rows={12} absent={<Empty title={t('evolution.none')} text={t('evolution.none_text')} />}>
        {(data) => (
          <section className="panel">
            <div className="panel-head">
              <h2>{t('evolution.chart')}</h2>
              <FigureTools
                title={t('evolution.chart')}
                explain={t('evolution.explain')}
                figures={() => ({
                  columns: [t('evolution.period'), t('column.topic'), t('column.documents'), t('evolution.event')],
                  rows: data.nodes.map((node) => [yearSpan(data.periods[node.period]?.first, data.periods[node.period]?.last), labelOf(node), node.documents, t(`event.${node.event}`, { defaultValue: node.event })]),
                })}
                picture={(imprint) => Promise.resolve(drawn.current ? svgPicture(drawn.current, p, imprint) : '')}
              />
            </div>
            <Alluvial data={data} limit={limit} only={only} drawn={drawn} />
            <p className="panel-note">{t('evolution.note')}</p>
          </section>
        )}
      </Loaded>
    </Page>
  );
}
