import { Drawer, Table, Tabs, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { count, moment, signed } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useDifference, useIssues, type Difference } from './api';
import { ReportFiles } from './files';

type Since = NonNullable<Difference['since']>;
type Change = Since['topics'][number];

const colors: Record<Change['event'], string> = { new: 'error', gone: 'default', changed: 'processing' };

function Changes({ rows }: { rows: Change[] }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  if (rows.length === 0) return <Empty title={t('report.no_changes')} />;
  const rank = (value: number) => (value > 0 ? String(value) : '–');
  return (
    <Table
      size="small"
      rowKey="id"
      dataSource={rows}
      scroll={{ x: 520 }}
      pagination={{ pageSize: 20, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
      columns={[
        { title: '', width: 84, render: (_, r) => <Tag variant="filled" color={colors[r.event]}>{t(`report.change.${r.event}`)}</Tag> },
        { title: t('column.topic'), render: (_, r) => (r.id.startsWith('topic') && r.event !== 'gone' ? <Link to={ws.page(`/topics/${r.id}`)}>{labelOf(r)}</Link> : labelOf(r)) },
        { title: t('column.rank'), width: 110, align: 'right', render: (_, r) => <span className="num">{rank(r.rank_before)} → {rank(r.rank)}</span> },
        { title: t('column.documents'), width: 150, align: 'right', render: (_, r) => <span className="num">{r.event === 'gone' ? count(r.documents_before) : <NumberLink docs={r.id}>{count(r.documents)}</NumberLink>} <span className={r.documents > r.documents_before ? 'tag-emerging' : 'muted'}>{signed(r.documents - r.documents_before)}</span></span> },
      ]}
    />
  );
}

/** What an issue changed against the one before it, each figure from the frozen numbers of both. */
function DifferenceView({ id }: { id: string }) {
  const { t } = useTranslation();
  const difference = useDifference(useWorkspace().id, id);
  return (
    <Loaded query={difference} rows={8}>
      {(data) => {
        const since = data.since;
        if (!since) return <Empty title={t('report.first_issue')} text={t('report.first_issue_text')} />;
        return (
          <>
            <p className="muted">{t('report.since', { number: since.number, before: count(since.documents), now: count(data.documents), added: count(since.new_records.length), gone: count(since.gone_records.length), alerts: count(since.new_alerts.length) })}</p>
            {since.comparable ? null : <p className="tag-emerging">{t('report.not_comparable')}</p>}
            <Tabs size="small" items={[{ key: 'topics', label: t('menu.topics'), children: <Changes rows={since.topics} /> }, { key: 'terms', label: t('report.terms'), children: <Changes rows={since.terms} /> }]} />
          </>
        );
      }}
    </Loaded>
  );
}

/** The issues of every series, newest first. */
export function Issues() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const issues = useIssues(ws.id);
  const [open, setOpen] = useUrlValue('issue');
  const none = <Empty title={t('report.no_issues')} text={t('report.no_issues_text')} />;
  return (
    <>
      <Loaded query={issues} absent={none}>
        {(data) =>
          data.items.length === 0 ? (
            none
          ) : (
            <section className="panel" style={{ padding: '6px 10px' }}>
              <Table
                size="small"
                rowKey="id"
                dataSource={data.items}
                scroll={{ x: 760 }}
                pagination={{ pageSize: 20, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
                columns={[
                  { title: t('report.series'), render: (_, i) => <b style={{ fontWeight: 500 }}>{i.series}</b> },
                  { title: t('report.number'), width: 80, align: 'right', dataIndex: 'number' },
                  { title: t('report.template_label'), render: (_, i) => t(`report.template.${i.template}`, { defaultValue: i.template }) },
                  { title: t('sets.made'), width: 150, render: (_, i) => <span className="muted num small">{moment(i.created)}</span> },
                  { title: t('report.files'), render: (_, i) => <ReportFiles id={i.id} files={i.files.map((path) => ({ name: path.split('/').at(-1) ?? path }))} /> },
                  { title: '', width: 170, align: 'right', render: (_, i) => <button type="button" className="number-link" onClick={() => setOpen(i.id)}>{t('report.difference')}</button> },
                ]}
              />
            </section>
          )
        }
      </Loaded>
      <Drawer open={open !== ''} onClose={() => setOpen(null)} size={Math.min(720, window.innerWidth)} title={t('report.difference')} destroyOnHidden>
        <DifferenceView id={open} />
      </Drawer>
    </>
  );
}
