import { Input, Segmented, Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { sparkValues, useTopics, type Topic } from '../../shared/api/topics';
import { Sparkline } from '../../shared/charts/sparkline';
import { byName, count, yearlyGrowth } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { byDomain } from './model';

function TopicTable({ rows }: { rows: Topic[] }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const columns: TableColumnsType<Topic> = [
    {
      title: t('column.topic'),
      ellipsis: true,
      sorter: (a, b) => byName(labelOf(a), labelOf(b)),
      render: (_, topic) => (
        <div style={{ minWidth: 0 }}>
          <Link to={ws.page(`/topics/${topic.id}`)} style={{ color: 'var(--ink)', fontWeight: 500 }}>{labelOf(topic)}</Link>
          <div className="muted small" style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{topic.terms.slice(0, 8).map(([term]) => term).join(' · ')}</div>
        </div>
      ),
    },
    { title: t('column.series'), width: 120, render: (_, topic) => <Sparkline values={sparkValues(topic.series)} /> },
    { title: t('column.growth'), width: 110, align: 'right', sorter: (a, b) => a.growth.log_slope - b.growth.log_slope, render: (_, topic) => <span className={topic.growth.low > 0 ? 'tag-emerging' : undefined}>{yearlyGrowth(topic.growth.log_slope)}</span> },
    { title: t('column.documents'), width: 110, align: 'right', sorter: (a, b) => a.documents - b.documents, defaultSortOrder: 'descend', render: (_, topic) => <NumberLink docs={topic.id}>{count(topic.documents)}</NumberLink> },
  ];
  return <Table size="small" rowKey="id" pagination={false} scroll={{ x: 620 }} columns={columns} dataSource={rows} />;
}

export default function TopicList() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const topics = useTopics(ws.id);
  const [find, setFind] = useUrlValue('find');
  const [view, setView] = useUrlValue('view', 'list');
  const rows = useMemo(() => {
    const q = find.toLowerCase();
    return (topics.data?.items ?? []).filter((topic) => !q || [labelOf(topic, 'zh'), labelOf(topic, 'en'), ...topic.terms.map(([term]) => term)].some((text) => text.toLowerCase().includes(q)));
  }, [topics.data, find]);
  const domains = byDomain(rows);
  return (
    <Page title={t('menu.topics')} lead={t('topics.lead')}>
      <div className="filters">
        <Input allowClear placeholder={t('topics.find')} aria-label={t('topics.find')} value={find} onChange={(event) => setFind(event.target.value)} style={{ width: 260 }} />
        {domains.length > 1 ? <Segmented value={view} onChange={(value) => setView(value)} options={[{ value: 'list', label: t('topics.list') }, { value: 'tree', label: t('topics.tree') }]} /> : null}
        <span className="muted small" style={{ marginLeft: 'auto' }}>{t('topics.shown', { n: count(rows.length) })}</span>
      </div>
      <Loaded query={topics} rows={12} absent={<Empty title={t('topics.none')} text={t('topics.none_text')} />}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('topics.no_match')} text={t('topics.no_match_text')} />
          ) : view === 'tree' ? (
            <div className="grid">
              {domains.map((domain) => (
                <section className="panel" key={domain.id}>
                  <div className="panel-head"><h2 style={{ fontFamily: 'var(--title)', fontSize: 18 }}>{domain.label}</h2><span className="muted small num">{t('topics.shown', { n: domain.count })}</span></div>
                  {domain.areas.map((area) => (
                    <div key={area.id} style={{ marginBottom: 18 }}>
                      {area.label !== domain.label ? <h3 style={{ fontSize: 13.5, fontWeight: 500, color: 'var(--soft)', margin: '6px 8px' }}>{area.label}</h3> : null}
                      <TopicTable rows={area.topics} />
                    </div>
                  ))}
                </section>
              ))}
            </div>
          ) : (
            <section className="panel" style={{ padding: '6px 10px' }}><TopicTable rows={rows} /></section>
          )
        }
      </Loaded>
    </Page>
  );
}
