import { AutoComplete, Button, Segmented, Select, Slider } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { hasWebgl } from '../../shared/webgl';
import { useTopics } from '../../shared/api/topics';
import { FigureTools } from '../../shared/charts/figure_tools';
import { framed } from '../../shared/charts/imprint';
import { countryName } from '../../shared/countries';
import { count } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { usePalette } from '../../shared/theme';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';
import { toggled, useUrlList, useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { relations, useAround, type Around, type Node } from './api';
import { GraphView, kindColor, kinds, type GraphPicture } from './graph';

/** Everything known about the chosen node: each relation with its sentence. */
function NodeCard({ data, id, start, name }: { data: Around; id: string; start: (id: string) => void; name: (node: Node) => string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [, openRecord] = useUrlValue('record');
  const node = data.nodes.find((n) => n.id === id);
  if (!node) return null;
  const edges = data.edges.filter((edge) => edge.source === id || edge.target === id).sort((a, b) => b.documents - a.documents);
  const pages: Record<string, string> = { topic: `/topics/${node.id}`, organisation: `/organisations?id=${node.id}`, person: `/persons?id=${node.id}`, term: `/search?q=${encodeURIComponent(node.label)}`, country: '/countries' };
  const page = pages[node.kind];
  return (
    <div>
      <div className="muted small">{t(`node.${node.kind}`)}</div>
      <h2 style={{ fontFamily: 'var(--title)', fontSize: 19, margin: '2px 0 6px' }}>{name(node)}</h2>
      <p className="muted small num" style={{ margin: 0 }}>{t('documents.count', { n: count(node.documents) })}</p>
      <div style={{ display: 'flex', gap: 8, margin: '12px 0' }}>
        {id !== data.node ? <Button size="small" type="primary" onClick={() => start(id)}>{t('knowledge.start_here')}</Button> : null}
        {page ? <Link to={ws.page(page)}><Button size="small">{t('knowledge.open')}</Button></Link> : null}
      </div>
      {edges.slice(0, 40).map((edge, i) => {
        const other = data.nodes.find((n) => n.id === (edge.source === id ? edge.target : edge.source));
        if (!other) return null;
        return (
          <div key={i} className="record" style={{ padding: '9px 0' }}>
            <div><span className="muted small">{edge.source === id ? '→' : '←'} {t(`relation.${edge.relation}`)}</span> <button type="button" className="record-title" onClick={() => start(other.id)}>{name(other)}</button></div>
            {edge.evidence?.sentence ? <div className="small" style={{ color: 'var(--soft)', lineHeight: 1.6 }}>“{edge.evidence.sentence.slice(0, 220)}” <button type="button" className="number-link" onClick={() => openRecord(edge.evidence?.record ?? null)}>{t('documents.count', { n: count(edge.documents) })}</button></div> : null}
          </div>
        );
      })}
    </div>
  );
}

export default function KnowledgePage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const p = usePalette();
  const [entity, setEntity] = useUrlValue('entity');
  const [relation, setRelation] = useUrlValue('relation');
  const [depthText, setDepth] = useUrlValue('depth', '1');
  const [limitText, setLimit] = useUrlValue('n', '40');
  const [hiddenList, setHidden] = useUrlList('hide');
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState('');
  const picture = useRef<GraphPicture>(null);
  const topics = useTopics(ws.id);
  const webgl = useMemo(hasWebgl, []);
  const around = useAround(ws.id, entity, relation, depthText === '2' ? 2 : 1, Math.min(200, Number(limitText) || 40));
  const hiddenKey = hiddenList.join(',');
  const hidden = useMemo(() => new Set(hiddenKey ? hiddenKey.split(',') : []), [hiddenKey]);
  useEffect(() => setChosen(''), [entity]);
  useEffect(() => {
    document.title = `${t('menu.knowledge')} · 见微 Jianwei`;
  }, [t]);
  const list = topics.data?.items;
  const nameOf = useCallback(
    (id: string, label: string, kind: string) => {
      if (kind === 'topic') return labelOf(list?.find((topic) => topic.id === id) ?? { label });
      return kind === 'country' ? countryName(label) : label.length > 60 ? `${label.slice(0, 59)}…` : label;
    },
    [list],
  );
  const start = (id: string) => setEntity(id);
  const options = (list ?? []).map((topic) => ({ value: topic.id, label: labelOf(topic) }));
  const present = around.data ? kinds.filter((kind) => around.data?.nodes.some((node) => node.kind === kind)) : [];
  return (
    <div className="page full">
      <div className="map-page">
        <aside className="map-side">
          <h1>{t('menu.knowledge')}</h1>
          <AutoComplete
            style={{ width: '100%' }}
            value={typed}
            options={options}
            showSearch={{ filterOption: (text, option) => String(option?.label ?? '').toLowerCase().includes(text.toLowerCase()) }}
            onChange={(value: string) => setTyped(value)}
            onSelect={(value: string) => { start(value); setTyped(''); }}
            onKeyDown={(event) => { if (event.key === 'Enter' && typed.trim() && !options.some((o) => o.value === typed)) { start(typed.trim()); setTyped(''); } }}
            placeholder={t('knowledge.find')}
            aria-label={t('knowledge.find')}
          />
          <h3>{t('knowledge.relation')}</h3>
          <Select allowClear style={{ width: '100%' }} value={relation || null} placeholder={t('knowledge.all_relations')} aria-label={t('knowledge.relation')} onChange={(value: string | null) => setRelation(value)} options={relations.map((value) => ({ value, label: t(`relation.${value}`) }))} />
          <h3>{t('knowledge.depth')}</h3>
          <Segmented block value={depthText} onChange={(value) => setDepth(value)} options={[{ value: '1', label: t('knowledge.depth1') }, { value: '2', label: t('knowledge.depth2') }]} />
          <h3>{t('knowledge.limit', { n: limitText })}</h3>
          <Slider min={10} max={200} step={10} value={Number(limitText) || 40} onChange={(value) => setLimit(String(value))} ariaLabelForHandle={t('knowledge.limit', { n: limitText })} />
          {present.length > 0 ? <h3>{t('map.legend')}</h3> : null}
          {present.map((kind) => (
            <button key={kind} type="button" aria-pressed={!hidden.has(kind)} className={hidden.has(kind) ? 'legend-row off' : 'legend-row'} onClick={() => setHidden(toggled(kind))}>
              <i style={{ background: kindColor(kind, p) }} />
              <span>{t(`node.${kind}`)}</span>
              <em className="num muted" style={{ fontStyle: 'normal' }}>{around.data?.nodes.filter((node) => node.kind === kind).length}</em>
            </button>
          ))}
        </aside>
        <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0,1fr) minmax(0,330px)', minHeight: 0 }} className="graph-split">
          <div className="map-stage">
            {!entity ? (
              <Empty title={t('knowledge.start')} text={t('knowledge.start_text')} action={<div className="chips" style={{ justifyContent: 'center', maxWidth: 560 }}>{(list ?? []).slice(0, 12).map((topic) => <button type="button" key={topic.id} className="chip" onClick={() => start(topic.id)}>{labelOf(topic)}</button>)}</div>} />
            ) : (
              <Loaded query={around} rows={10} absent={<Empty title={t('knowledge.none')} text={around.error?.message} />}>
                {(data) => (webgl ? (
                  <>
                    <GraphView data={data} hidden={hidden} name={nameOf} onNode={setChosen} onOpen={start} picture={picture} />
                    <div className="map-tools">
                      <FigureTools
                        title={`${t('menu.knowledge')} · ${nameOf(data.node, data.nodes.find((node) => node.id === data.node)?.label ?? '', data.nodes.find((node) => node.id === data.node)?.kind ?? '')}`}
                        explain={t('knowledge.explain')}
                        figures={() => ({ columns: [t('knowledge.from'), t('knowledge.relation'), t('knowledge.to'), t('column.documents'), t('knowledge.sentence')], rows: data.edges.map((edge) => [data.nodes.find((node) => node.id === edge.source)?.label ?? edge.source, t(`relation.${edge.relation}`), data.nodes.find((node) => node.id === edge.target)?.label ?? edge.target, edge.documents, edge.evidence?.sentence ?? '']) })}
                        picture={(imprint) => {
                          const drawn = picture.current?.();
                          return Promise.resolve(drawn ? framed(drawn.inner, drawn.width, drawn.height, p, imprint) : '');
                        }}
                      />
                    </div>
                  </>
                ) : <Empty title={t('map.no_webgl')} text={t('knowledge.no_webgl')} />)}
              </Loaded>
            )}
          </div>
          <aside style={{ borderLeft: '1px solid var(--line)', background: 'var(--card)', padding: 18, overflowY: 'auto' }}>
            {around.data && entity ? <NodeCard data={around.data} id={chosen || around.data.node} start={start} name={(node) => nameOf(node.id, node.label, node.kind)} /> : <p className="muted" style={{ lineHeight: 1.7 }}>{t('knowledge.card')}</p>}
          </aside>
        </div>
      </div>
    </div>
  );
}
