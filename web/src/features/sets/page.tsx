import { DeleteOutlined, DiffOutlined, EditOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useKept, useSets, useViews, type RecordSet, type SavedView } from '../../shared/api/sets';
import { count, moment } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import NameDialog from '../../shared/ui/name_dialog';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { toggled, useUrlList } from '../../shared/ui/url_state';
import { UrlTabs } from '../../shared/ui/url_tabs';
import { useWorkspace } from '../../shared/workspace';

/** The pencil and the bin beside a kept thing. */
function Tools({ ws, what, item }: { ws: string; what: 'sets' | 'views'; item: { id: string; name: string } }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { rename, remove } = useKept(ws, what);
  const [editing, setEditing] = useState(false);
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('sets.rename', { name: item.name })} onClick={() => setEditing(true)} />
      <Popconfirm title={t('sets.remove_sure', { name: item.name })} okText={t('action.delete')} onConfirm={() => void remove(item.id).catch((error: Error) => message.error(error.message))}>
        <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('sets.remove', { name: item.name })} />
      </Popconfirm>
      <NameDialog open={editing} close={() => setEditing(false)} title={t('sets.rename', { name: item.name })} suggested={item.name} keep={(name) => rename(item.id, name)} />
    </span>
  );
}

function Sets() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const sets = useSets(ws.id);
  const [chosen, setChosen] = useUrlList('chosen');
  const compare = () => void navigate(ws.page(`/sets/compare?a=${encodeURIComponent(chosen[0] ?? '')}&b=${encodeURIComponent(chosen[1] ?? '')}`));
  return (
    <Loaded query={sets}>
      {(data) =>
        data.items.length === 0 ? (
          <Empty title={t('sets.none')} text={t('sets.none_text')} action={<span style={{ display: 'flex', gap: 8 }}><Link to={ws.page('/map')}><Button type="primary">{t('menu.map')}</Button></Link><Link to={ws.page('/search')}><Button>{t('search.title')}</Button></Link></span>} />
        ) : (
          <>
            <div className="filters">
              <Button type="primary" icon={<DiffOutlined />} disabled={chosen.length !== 2} onClick={compare}>{t('sets.compare')}</Button>
              <span className="muted small">{t(chosen.length === 2 ? 'sets.two' : 'sets.choose_two')}</span>
            </div>
            <Table<RecordSet>
              size="small"
              rowKey="id"
              dataSource={data.items}
              scroll={{ x: 720 }}
              pagination={{ pageSize: 25, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
              rowSelection={{ selectedRowKeys: chosen, hideSelectAll: true, onSelect: (set) => setChosen((old) => toggled(set.id)(old).slice(-2)), getCheckboxProps: (set) => ({ 'aria-label': t('sets.choose', { name: set.name }) }) }}
              columns={[
                { title: t('sets.name'), render: (_, s) => <b style={{ fontWeight: 500 }}>{s.name}</b> },
                { title: t('sets.kind'), width: 210, render: (_, s) => <><Tag variant="filled">{t(`sets.kind.${s.kind}`)}</Tag>{s.origin ? <span className="muted small">{t(`sets.origin.${s.origin}`, { defaultValue: s.origin })}</span> : null}</> },
                { title: t('chart.records'), align: 'right', width: 110, render: (_, s) => (s.records === null ? <span className="muted" title={s.problem}>–</span> : <NumberLink docs={`set:${s.id}`}>{count(s.records)}</NumberLink>) },
                { title: t('sets.made'), width: 150, render: (_, s) => <span className="muted num small">{moment(s.created_at)}</span> },
                { title: '', width: 90, align: 'right', render: (_, s) => <Tools ws={ws.id} what="sets" item={s} /> },
              ]}
            />
          </>
        )
      }
    </Loaded>
  );
}

function Views() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const views = useViews(ws.id);
  return (
    <Loaded query={views}>
      {(data) =>
        data.items.length === 0 ? (
          <Empty title={t('views.none')} text={t('views.none_text')} />
        ) : (
          <Table<SavedView>
            size="small"
            rowKey="id"
            dataSource={data.items}
            scroll={{ x: 620 }}
            pagination={{ pageSize: 25, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
            columns={[
              { title: t('sets.name'), render: (_, v) => <Link to={ws.page(`${v.page === '/' ? '' : v.page}${v.query ? `?${v.query}` : ''}`)}>{v.name}</Link> },
              { title: t('views.page'), render: (_, v) => <code className="muted small">{v.page}</code> },
              { title: t('export.filters'), ellipsis: true, render: (_, v) => <span className="muted small">{[...new URLSearchParams(v.query)].map(([name, value]) => `${name}=${value}`).join('  ')}</span> },
              { title: t('sets.made'), width: 150, render: (_, v) => <span className="muted num small">{moment(v.created_at)}</span> },
              { title: '', width: 90, align: 'right', render: (_, v) => <Tools ws={ws.id} what="views" item={v} /> },
            ]}
          />
        )
      }
    </Loaded>
  );
}

/** What one keeps for oneself: sets of records, and pages as they were looked at. */
export default function SetsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('menu.sets')} lead={t('sets.lead')}>
      <section className="panel">
        <UrlTabs items={[{ key: 'sets', label: t('sets.tab'), children: <Sets /> }, { key: 'views', label: t('views.tab'), children: <Views /> }]} />
      </section>
    </Page>
  );
}
