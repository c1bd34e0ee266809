import { Button, Drawer, Input, Table } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTopics } from '../../shared/api/topics';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { stackedYears } from '../../shared/charts/options';
import { countryName } from '../../shared/countries';
import { count, share, yearSpan } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useActor, useActors, type ActorKind, type ActorRow } from './api';

const perPage = 25;
const groups = ['organisation', 'person', 'country', 'funder', 'venue', 'source'];

function Profile({ kind, id }: { kind: ActorKind; id: string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const actor = useActor(ws.id, kind, id);
  const topics = useTopics(ws.id);
  const [, openDocs] = useUrlValue('docs');
  const family = kind === 'persons' ? 'person' : 'organisation';
  return (
    <Loaded query={actor} rows={8}>
      {(data) => (
        <>
          <h2 style={{ fontFamily: 'var(--title)', fontSize: 22, margin: '0 0 4px' }}>{data.name}</h2>
          <p className="muted num" style={{ margin: '0 0 14px' }}>
            <NumberLink docs={`${family}=${data.name}`}>{t('documents.count', { n: count(data.documents) })}</NumberLink> · {yearSpan(data.first_year, data.last_year)}
          </p>
          {data.years ? <ChartFrame bare title={t('home.years')} explain={t('actors.years_explain')} height={170} option={(p) => stackedYears(p, data.years?.map((y) => y.year) ?? [], [{ name: t('chart.records'), values: data.years?.map((y) => y.documents) ?? [] }])} figures={{ columns: [t('chart.year'), t('chart.records')], rows: data.years.map((y) => [y.year, y.documents]) }} onClick={(click) => openDocs(`${family}=${data.name}&from=${click.name}&to=${click.name}`)} /> : null}
          <h3 style={{ fontSize: 14 }}>{t('menu.topics')}</h3>
          {(data.topics ?? []).slice(0, 10).map((topic) => (
            <div className="bar-row" key={topic.id}>
              <Link to={ws.page(`/topics/${topic.id}`)} style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{labelOf(topics.data?.items.find((one) => one.id === topic.id) ?? topic)}</Link>
              <span className="track"><span className="fill" style={{ display: 'block', width: share(topic.share, 0) }} /></span>
              <NumberLink docs={`topic=${topic.id}&${family}=${data.name}`}>{count(topic.documents)}</NumberLink>
            </div>
          ))}
          {groups.filter((group) => (data.partners?.[group]?.items.length ?? 0) > 0).map((group) => (
            <div key={group}>
              <h3 style={{ fontSize: 14, marginBottom: 6 }}>{t(group === family ? 'actors.partners' : `group.${group}`)}</h3>
              <div className="chips">
                {data.partners?.[group]?.items.slice(0, 10).map((partner) => (
                  <button key={partner.name} type="button" className="chip" onClick={() => openDocs(group === family ? `${group}=${data.name}` : `${family}=${data.name}&${group}=${partner.name}`)}>
                    {group === 'country' ? countryName(partner.name) : partner.name} <span className="num muted">{count(partner.documents)}</span>
                  </button>
                ))}
              </div>
            </div>
          ))}
        </>
      )}
    </Loaded>
  );
}

/** Organisations or people by documents; a name opens its page beside the list. */
export function ActorList({ kind }: { kind: ActorKind }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [q, setQ] = useUrlValue('q');
  const [id, setId] = useUrlValue('id');
  const [page, setPage] = useState(1);
  useEffect(() => setPage(1), [q]);
  const actors = useActors(ws.id, kind, q, page, perPage);
  // Nothing found by a name is one thing, records that name nobody another.
  const none = q ? <Empty title={t('actors.none')} text={t('actors.none_text')} /> : <Empty title={t(`${kind}.none`)} text={t(`${kind}.none_text`)} action={<Link to={ws.page('/data')}><Button>{t('menu.data')}</Button></Link>} />;
  const others = (row: ActorRow) => (kind === 'persons' ? row.organisations : row.persons) ?? [];
  return (
    <Page title={t(`menu.${kind}`)} lead={t(`${kind}.lead`)}>
      <div className="filters">
        <Input.Search allowClear key={q} defaultValue={q} onSearch={(text) => setQ(text.trim() || null)} placeholder={t(`${kind}.find`)} aria-label={t(`${kind}.find`)} style={{ width: 320, maxWidth: '100%' }} />
        {actors.data ? <span className="muted small num" style={{ marginLeft: 'auto' }}>{t('actors.total', { n: count(actors.data.total) })}</span> : null}
      </div>
      <Loaded query={actors} rows={12} absent={<section className="panel">{none}</section>}>
        {(data) =>
          data.items.length === 0 ? (
            <section className="panel">{none}</section>
          ) : (
            <section className="panel" style={{ padding: '6px 10px' }}>
              <Table
                size="small"
                rowKey="id"
                dataSource={data.items}
                scroll={{ x: 640 }}
                pagination={{ current: page, pageSize: perPage, total: data.total, onChange: setPage, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
                columns={[
                  { title: t('actors.name'), ellipsis: true, render: (_, r) => <button type="button" className="record-title" onClick={() => setId(r.id)}>{r.name}</button> },
                  { title: t(kind === 'persons' ? 'menu.organisations' : 'menu.persons'), ellipsis: true, render: (_, r) => <span className="muted">{others(r).slice(0, 2).map((o) => o.name).join('; ') || '–'}</span> },
                  { title: t('actors.years'), width: 120, render: (_, r) => (yearSpan(r.first_year, r.last_year)) },
                  { title: t('column.documents'), align: 'right', width: 110, render: (_, r) => <NumberLink docs={`${kind === 'persons' ? 'person' : 'organisation'}=${r.name}`}>{count(r.documents)}</NumberLink> },
                ]}
              />
            </section>
          )
        }
      </Loaded>
      <Drawer open={id !== ''} onClose={() => setId(null)} size={Math.min(600, window.innerWidth)} title={t(`menu.${kind}`)} destroyOnHidden>
        <Profile kind={kind} id={id} />
      </Drawer>
    </Page>
  );
}
