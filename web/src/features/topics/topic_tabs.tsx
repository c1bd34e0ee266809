import { SwapOutlined } from '@ant-design/icons';
import { Button, Input, Modal, Pagination, Select, Table, Timeline } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useJudge, useJudgements } from '../../shared/api/judgements';
import { documentsFilter } from '../../shared/api/records';
import { hasRole, useSession } from '../../shared/api/session';
import type { Topic } from '../../shared/api/topics';
import { countryName } from '../../shared/countries';
import { count, date, decimal, moment, share, yearlyGrowth } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { DocumentItem } from '../../shared/ui/documents';
import { Empty } from '../../shared/ui/empty';
import { EventLine } from '../../shared/ui/event_line';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded } from '../../shared/ui/page';
import { SaveSet } from '../../shared/ui/save_set';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { actorGroups, useTopicActors, useTopicDocuments, useTopicHistory, useTopicNeighbours, type ActorKind, type ActorRow, type TopicDetail } from './api';

const perPage = 25;

/** Documents with what ties them to the topic; chosen ones can be moved to another. */
export function DocumentsTab({ ws, topic, topics }: { ws: string; topic: TopicDetail; topics: Topic[] }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const { judge } = useJudge(ws);
  const [page, setPage] = useState(1);
  const [year, setYear] = useUrlValue('year');
  const [chosen, setChosen] = useState<string[]>([]);
  const [target, setTarget] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [moving, setMoving] = useState(false);
  const documents = useTopicDocuments(ws, topic.id, page > 1 ? String((page - 1) * perPage) : '', year);
  const may = hasRole(session, 'analyst', 'expert', 'curator');
  const years = Object.entries(topic.series ?? {}).filter(([, n]) => n > 0).map(([y]) => y).reverse();
  const move = async () => {
    if (!target) return;
    const kept = await judge({ kind: 'move', object: { type: 'topic', id: target }, arguments: { documents: chosen, from: topic.id }, reason, evidence: chosen.slice(0, 20) });
    if (kept) {
      setMoving(false);
      setChosen([]);
    }
  };
  return (
    <>
      <div className="filters">
        <Select allowClear placeholder={t('topic.all_years')} aria-label={t('chart.year')} value={year || null} style={{ width: 130 }} onChange={(value) => { setPage(1); setYear(value ?? null); }} options={years.map((y) => ({ value: y, label: y }))} />
        <SaveSet size="middle" suggested={labelOf(topic)} body={() => (chosen.length > 0 ? { origin: 'topic', records: chosen } : { origin: 'topic', query: documentsFilter(year ? `${topic.id}.${year}` : topic.id) })} />
        {may ? <Button icon={<SwapOutlined />} disabled={chosen.length === 0} onClick={() => setMoving(true)}>{t('topic.move', { n: chosen.length })}</Button> : null}
      </div>
      <Loaded query={documents}>
        {(data) => {
          const { items: rows, total } = data;
          return (
            <>
              {rows.map((row) => (
                <div key={row.id} style={{ display: 'grid', gridTemplateColumns: may ? '28px 1fr' : '1fr', alignItems: 'start' }}>
                  {may ? <input type="checkbox" style={{ marginTop: 20 }} aria-label={t('topic.choose', { title: row.title })} checked={chosen.includes(row.id)} onChange={() => setChosen(chosen.includes(row.id) ? chosen.filter((id) => id !== row.id) : [...chosen, row.id])} /> : null}
                  <DocumentItem row={row} />
                </div>
              ))}
              <Pagination size="small" align="center" hideOnSinglePage style={{ marginTop: 16 }} current={page} pageSize={perPage} total={total} showSizeChanger={false} onChange={setPage} />
            </>
          );
        }}
      </Loaded>
      <Modal open={moving} onCancel={() => setMoving(false)} onOk={() => void move()} okText={t('judge.keep')} okButtonProps={{ disabled: !target || !reason.trim() }} title={t('topic.move_title', { n: chosen.length })}>
        <p className="muted">{t('judge.text.move')}</p>
        <Select showSearch={{ optionFilterProp: 'label' }} style={{ width: '100%', marginBottom: 12 }} placeholder={t('topic.move_to')} value={target} onChange={setTarget} options={topics.filter((other) => other.id !== topic.id).map((other) => ({ value: other.id, label: labelOf(other) }))} />
        <Input.TextArea rows={2} placeholder={t('judge.reason_hint')} value={reason} onChange={(event) => setReason(event.target.value)} aria-label={t('judge.reason')} />
      </Modal>
    </>
  );
}

function ActorTable({ topic, kind, rows, total, to }: { topic: string; kind: ActorKind; rows: ActorRow[]; total: number; to?: ((row: ActorRow) => string) | undefined }) {
  const { t } = useTranslation();
  return (
    <div>
      <h3 style={{ fontSize: 14, margin: '8px 0' }}>
        {t(`group.${kind}`)} <span className="muted small num">{count(total)}</span>
      </h3>
      <Table
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={rows.slice(0, 12)}
        scroll={{ x: 380 }}
        columns={[
          { title: '', ellipsis: true, render: (_, row) => { const text = kind === 'country' ? countryName(row.name) : row.name; return to ? <Link to={to(row)}>{text}</Link> : text; } },
          { title: t('column.recent'), align: 'right', width: 70, render: (_, row) => count(row.recent) },
          { title: t('column.documents'), align: 'right', width: 80, render: (_, row) => <NumberLink docs={`topic=${topic}&${kind}=${row.name}`}>{count(row.documents)}</NumberLink> },
          { title: t('column.share'), align: 'right', width: 76, render: (_, row) => share(row.share) },
        ]}
      />
    </div>
  );
}

const actorKinds = Object.keys(actorGroups) as ActorKind[];

export function ActorsTab({ ws, id }: { ws: string; id: string }) {
  const { t } = useTranslation();
  const { page } = useWorkspace();
  const actors = useTopicActors(ws, id);
  const to: Partial<Record<ActorKind, (row: ActorRow) => string>> = {
    organisation: (row) => page(`/organisations?q=${encodeURIComponent(row.name)}`),
    person: (row) => page(`/persons?q=${encodeURIComponent(row.name)}`),
  };
  return (
    <Loaded query={actors}>
      {(data) => {
        const shown = actorKinds.filter((kind) => data[actorGroups[kind]].length > 0);
        if (shown.length === 0) return <Empty title={t('topic.no_actors')} text={t('topic.no_actors_text')} />;
        return (
          <>
            <div className="grid cols-2">
              {shown.map((kind) => (
                <ActorTable key={kind} topic={id} kind={kind} rows={data[actorGroups[kind]]} total={data.totals[actorGroups[kind]] ?? data.totals[kind] ?? data[actorGroups[kind]].length} to={to[kind]} />
              ))}
            </div>
            <p className="panel-note">{t('topic.recent_note', { from: data.recent_from, to: data.recent_to })}</p>
          </>
        );
      }}
    </Loaded>
  );
}

export function NeighboursTab({ ws, id }: { ws: string; id: string }) {
  const { t } = useTranslation();
  const { page } = useWorkspace();
  const neighbours = useTopicNeighbours(ws, id);
  return (
    <Loaded query={neighbours}>
      {(data) => {
        const rows = data.links
          .filter((link) => link.source === id || link.target === id)
          .map((link) => ({ ...link, node: data.nodes.find((node) => node.id === (link.source === id ? link.target : link.source)) }))
          .sort((a, b) => b.similarity - a.similarity);
        if (rows.length === 0) return <Empty title={t('topic.no_neighbours')} />;
        return (
          <>
            <Table
              size="small"
              rowKey={(row) => row.node?.id ?? ''}
              pagination={false}
              dataSource={rows}
              columns={[
                { title: t('column.topic'), render: (_, row) => <Link to={page(`/topics/${row.node?.id}`)}>{labelOf(row.node)}</Link> },
                { title: t('column.similarity'), align: 'right', width: 110, render: (_, row) => decimal(row.similarity, 2) },
                { title: t('column.growth'), align: 'right', width: 110, render: (_, row) => yearlyGrowth(row.node?.log_slope) },
                { title: t('column.shared'), align: 'right', width: 120, render: (_, row) => <NumberLink docs={`topic=${id},${row.node?.id}`}>{count(row.shared_documents)}</NumberLink> },
              ]}
            />
            <p className="panel-note"><Link to={page(`/knowledge?entity=${id}`)}>{t('topic.in_graph')}</Link></p>
          </>
        );
      }}
    </Loaded>
  );
}

export function CommentsTab({ ws, id }: { ws: string; id: string }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const { judge } = useJudge(ws);
  const [text, setText] = useState('');
  const comments = useJudgements(ws, { object: id, kind: 'comment', limit: 200 });
  const may = hasRole(session, 'analyst', 'expert', 'curator');
  return (
    <Loaded query={comments} absent={<Empty title={t('topic.no_comments')} text={t('topic.no_comments_text')} />}>
      {(data) => {
        const standing = data.items.filter((event) => event.object.id === id && event.state === 'stands');
        return (
          <div style={{ maxWidth: 760 }}>
            {may ? (
              <div style={{ display: 'grid', gap: 8, marginBottom: 18 }}>
                <Input.TextArea rows={3} value={text} maxLength={8000} onChange={(event) => setText(event.target.value)} placeholder={t('topic.comment_hint')} aria-label={t('topic.comment')} />
                <div><Button type="primary" disabled={!text.trim()} onClick={() => void judge({ kind: 'comment', object: { type: 'topic', id }, arguments: { text: text.trim() }, reason: '' }).then((kept) => kept && setText(''))}>{t('topic.comment')}</Button></div>
              </div>
            ) : null}
            {standing.length === 0 ? <Empty title={t('topic.no_comments')} text={t('topic.no_comments_text')} /> : null}
            {standing.map((event) => (
              <div className="record" key={event.sequence}>
                <p style={{ margin: 0, lineHeight: 1.7, whiteSpace: 'pre-wrap' }}>{String(event.arguments['text'] ?? '')}</p>
                <div className="record-meta"><span>{event.actor}</span><span>{moment(event.at)}</span></div>
              </div>
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}

/** What happened to the topic: births, splits and merges found by runs, and what people decided. */
export function HistoryTab({ ws, id }: { ws: string; id: string }) {
  const { t } = useTranslation();
  const { page } = useWorkspace();
  const history = useTopicHistory(ws, id);
  const judged = useJudgements(ws, { object: id, limit: 200 });
  const { act } = useJudge(ws);
  return (
    <div className="grid cols-2">
      <div>
        <h3>{t('topic.lineage')}</h3>
        <Loaded query={history} absent={<Empty title={t('topic.no_history')} />}>
          {(data) => {
            const generations = data.items;
            return (
              <Timeline
                items={[...generations].reverse().map((generation) => ({
                  key: generation.generation,
                  content: (
                    <div>
                      <b style={{ fontWeight: 500 }}>{date(generation.created)}</b> <span className="muted small">{t('topic.generation', { n: generation.generation, records: count(generation.records) })}</span>
                      {generation.topics.map((topic) => <div key={topic.id} className="small">{labelOf(topic)} · {count(topic.documents)}</div>)}
                      {generation.events.map((event, i) => (
                        <div key={i} className="small muted">
                          {t(`event.${event.event}`)}: {event.from.join(', ') || '–'} → {event.to.map((to) => <Link key={to} to={page(`/topics/${to}`)} style={{ marginRight: 6 }}>{to}</Link>)} ({t('topic.shared', { n: count(event.documents_shared) })})
                        </div>
                      ))}
                    </div>
                  ),
                }))}
              />
            );
          }}
        </Loaded>
      </div>
      <div>
        <h3>{t('topic.judged')}</h3>
        <Loaded query={judged} absent={<Empty title={t('judge.none')} text={t('judge.none_text')} />}>
          {(data) => {
            const events = data.items.filter((event) => event.object.id === id && event.kind !== 'watch');
            return events.length === 0 ? <Empty title={t('judge.none')} text={t('judge.none_text')} /> : <>{events.map((event) => <EventLine key={event.sequence} event={event} act={act} />)}</>;
          }}
        </Loaded>
      </div>
      <p className="muted small">
        <NumberLink docs={id}>{t('action.open_documents')}</NumberLink>
      </p>
    </div>
  );
}
