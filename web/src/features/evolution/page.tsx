import { Segmented, Slider } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { count } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { usePalette } from '../../shared/theme';
import { Empty } from '../../shared/ui/empty';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
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

function Alluvial({ data, limit, only }: { data: Evolution; limit: number; only: string }) {
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
      <svg width={width} height={drawing.height + 30} role="img" aria-label={t('menu.evolution')}>
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
            const label = labelOf(block).split(/[,,、]/).slice(0, 2).join(/[\u4e00-\u9fff]/.test(labelOf(block)) ? '、' : ',');
            const room = block.period === data.periods.length - 1 ? 166 : step - blockWidth - 14;
            return (
              <g key={`${block.period}${block.id}`} style={{ cursor: 'pointer' }} opacity={on ? 1 : 0.25} tabIndex={0} role="link" aria-label={`${labelOf(block)}, ${count(block.documents)}`} onMouseEnter={() => setLine(block.line)} onMouseLeave={() => setLine(null)} onFocus={() => setLine(block.line)} onBlur={() => setLine(null)} onClick={() => void navigate(ws.page(`/topics/${block.id}`))} onKeyDown={(event) => event.key === 'Enter' && void navigate(ws.page(`/topics/${block.id}`))}>
                <title>{`${labelOf(block)} · ${count(block.documents)} · ${t(`event.${block.event}`, { defaultValue: block.event })}`}</title>
                <rect x={block.x} y={block.y} width={blockWidth} height={block.height} rx={2.5} fill={p.series[block.line % p.series.length]} stroke={fresh ? p.seal : 'none'} strokeWidth={2} />
                  <text x={block.x + blockWidth + 6} y={block.y + block.height / 2 + 4} fontSize={11.5} fontWeight={fresh ? 600 : 400} fill={fresh ? p.seal : p.ink} stroke={p.card} strokeWidth={3} paintOrder="stroke">
                    {[...label].slice(0, Math.max(4, Math.floor(room / (/[\u4e00-\u9fff]/.test(label) ? 12 : 6.4)))).join('')}
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
            <Alluvial data={data} limit={limit} only={only} />
            <p className="panel-note">{t('evolution.note')}</p>
          </section>
        )}
      </Loaded>
    </Page>
  );
}
