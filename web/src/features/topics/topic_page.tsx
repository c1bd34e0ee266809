import { StarFilled, StarOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useJudge, useJudgements } from '../../shared/api/judgements';
import { useApi } from '../../shared/api/client';
import { useTopics } from '../../shared/api/topics';
import { count, decimal, growthInterval, share, signed, yearlyGrowth } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { UrlTabs } from '../../shared/ui/url_tabs';
import { useWorkspace } from '../../shared/workspace';
import { useTopic, type TopicDetail } from './api';
import { TopicDraft } from './draft';
import { TopicEdit } from './edit';
import { SeriesChart, TermsPanel } from './topic_charts';
import { ActorsTab, CommentsTab, DocumentsTab, HistoryTab, NeighboursTab } from './topic_tabs';

function Kpis({ topic, corpus }: { topic: TopicDetail; corpus: number }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const emergence = topic.emergence;
  const growth = topic.growth;
  const cells = [
    { label: t('column.documents'), value: <NumberLink docs={topic.id}>{count(topic.documents)}</NumberLink>, note: corpus > 0 ? t('topic.of_all', { share: share(topic.documents / corpus) }) : '' },
    { label: t('topic.growth'), value: <span className={growth.low > 0 ? 'tag-emerging' : undefined}>{yearlyGrowth(growth.log_slope)}</span>, note: growthInterval(growth.low, growth.high) },
    { label: t('topic.window'), value: signed(growth.count), note: t('topic.window_note') },
    { label: t('topic.emergence'), value: emergence ? decimal(emergence.score, 3) : '–', note: emergence ? <Link to={ws.page('/emerging')}>{t('topic.rank', { rank: emergence.rank })}</Link> : '' },
    { label: t('topic.diversity'), value: decimal(growth.diversity, 2), note: t('topic.diversity_note') },
    { label: t('topic.coherence'), value: decimal(topic.quality?.npmi, 2), note: t('topic.coherence_note') },
  ];
  return (
    <div className="kpi-strip" style={{ marginBottom: 18 }}>
      {cells.map((cell) => (
        <div className="kpi" key={cell.label}>
          <span className="label">{cell.label}</span>
          <span className="value">{cell.value}</span>
          <span className="note">{cell.note}</span>
        </div>
      ))}
    </div>
  );
}

function Watch({ ws, topic }: { ws: string; topic: TopicDetail }) {
  const { t } = useTranslation();
  const { judge } = useJudge(ws);
  const events = useJudgements(ws, { object: topic.id, kind: 'watch', limit: 50 });
  const last = (events.data?.items ?? []).filter((event) => event.object.id === topic.id && event.state === 'stands').sort((a, b) => b.sequence - a.sequence)[0];
  const on = Number(last?.arguments['value'] ?? 0) === 1;
  const name = t(on ? 'emergence.unwatch' : 'emergence.watch', { label: labelOf(topic) });
  return (
    <Tooltip title={name}>
      <Button aria-pressed={on} aria-label={name} icon={on ? <StarFilled style={{ color: 'var(--seal)' }} /> : <StarOutlined />} onClick={() => void judge({ kind: 'watch', object: { type: 'topic', id: topic.id }, arguments: { value: on ? 0 : 1 }, reason: '' }, true)} />
    </Tooltip>
  );
}

function Content({ topic }: { topic: TopicDetail }) {
  const { t, i18n } = useTranslation();
  const ws = useWorkspace();
  const topics = useTopics(ws.id);
  const overview = useApi<{ records: number }>(ws.api('/overview'));
  const corpus = overview.data?.records ?? 0;
  const other = labelOf(topic, i18n.language === 'zh' ? 'en' : 'zh');
  const level = [topic.domain, topic.area].filter((l) => l !== undefined).map((l) => labelOf(l));
  const list = topics.data?.items ?? [];
  return (
    <Page
      title={labelOf(topic)}
      lead={
        <>
          {other !== labelOf(topic) ? <span>{other}</span> : null}
          <span className="muted small" style={{ display: 'block', marginTop: 4 }}>{[topic.id, ...level].join(' · ')}</span>
        </>
      }
      actions={
        <>
          <Watch ws={ws.id} topic={topic} />
          <Link to={ws.page(`/knowledge?entity=${topic.id}`)}><Button>{t('menu.knowledge')}</Button></Link>
          <TopicEdit ws={ws.id} topic={topic} topics={list} />
        </>
      }
    >
      <TopicDraft topic={topic.id} />
      <Kpis topic={topic} corpus={corpus} />
      <div className="grid cols-main" style={{ alignItems: 'start' }}>
        <SeriesChart ws={ws.id} topic={topic} />
        <TermsPanel ws={ws.id} topic={topic} />
      </div>
      <section className="panel" style={{ marginTop: 18 }}>
        <UrlTabs
          items={[
            { key: 'documents', label: t('topic.tab.documents'), children: <DocumentsTab ws={ws.id} topic={topic} topics={list} /> },
            { key: 'actors', label: t('topic.tab.actors'), children: <ActorsTab ws={ws.id} id={topic.id} /> },
            { key: 'neighbours', label: t('topic.tab.neighbours'), children: <NeighboursTab ws={ws.id} id={topic.id} /> },
            { key: 'comments', label: t('topic.tab.comments'), children: <CommentsTab ws={ws.id} id={topic.id} /> },
            { key: 'history', label: t('topic.tab.history'), children: <HistoryTab ws={ws.id} id={topic.id} /> },
          ]}
        />
      </section>
    </Page>
  );
}

export default function TopicPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const ws = useWorkspace();
  const topic = useTopic(ws.id, id);
  return (
    <Loaded query={topic} rows={10} absent={<div className="page"><Empty title={t('topic.absent')} text={t('topic.absent_text', { id })} action={<Link to={ws.page('/topics')}><Button type="primary">{t('menu.topics')}</Button></Link>} /></div>}>
      {(data) => <Content key={data.id} topic={data} />}
    </Loaded>
  );
}
