import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select, Table, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { hasRole, useSession } from '../../shared/api/session';
import { countryName } from '../../shared/countries';
import { count } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { AddExpert } from './add_expert';
import { facetNames, useExperts, type Expert, type ExpertPage, type Facet } from './api';
import './experts.css';
import { ExpertLink, IdentityTag, placeOf } from './parts';

const perPage = 50;

/** What a facet's value is called; countries have names, the rest is as it was entered. */
const named = (facet: Facet, value: string): string => (facet === 'country' ? countryName(value) : value);

function FacetFilter({ facet, page, clear }: { facet: Facet; page: ExpertPage | undefined; clear: () => void }) {
  const { t } = useTranslation();
  const [value, setValue] = useUrlValue(facet);
  const values = page?.facets[facet] ?? [];
  if (values.length === 0 && value === '') return null;
  return (
    <Select
      allowClear
      showSearch
      style={{ minWidth: 130, maxWidth: 220 }}
      placeholder={t(`expert.facet.${facet}`)}
      aria-label={t(`expert.facet.${facet}`)}
      value={value || null}
      onChange={(next: string | null) => { clear(); setValue(next ?? null); }}
      options={values.map((one) => ({ value: one.value, label: `${named(facet, one.value)} · ${count(one.count)}` }))}
      optionFilterProp="label"
    />
  );
}

export default function ExpertListPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { data: session } = useSession();
  const [q, setQ] = useUrlValue('q');
  const [at, setAt] = useUrlValue('page', '1');
  const [add, setAdd] = useState(false);
  const [params] = useSearchParams();
  const chosen = Object.fromEntries(facetNames.map((facet) => [facet, params.get(facet) ?? '']));
  const page = Number(at) || 1;
  const experts = useExperts(ws.id, { q, ...chosen, limit: perPage, cursor: page > 1 ? (page - 1) * perPage : undefined });
  const may = hasRole(session, 'moderator', 'curator');
  const filtered = q !== '' || Object.values(chosen).some((value) => value !== '');
  const none = filtered ? <Empty title={t('actors.none')} text={t('actors.none_text')} /> : <Empty title={t('expert.none')} text={t('expert.none_text')} action={may ? <Button type="primary" onClick={() => setAdd(true)}>{t('expert.add')}</Button> : null} />;
  const columns: TableColumnsType<Expert> = [
    { title: t('delphi.name'), render: (_, row) => <><ExpertLink id={row.id ?? ''} name={row.name} />{row.name_en && row.name_en !== row.name ? <div className="muted small">{row.name_en}</div> : null}</> },
    { title: t('delphi.organisation'), render: (_, row) => <span className="small">{placeOf(row) || '–'}</span> },
    { title: t('expert.facet.field'), render: (_, row) => <span className="chips">{row.fields.slice(0, 3).map((field) => <Tag variant="filled" key={field}>{field}</Tag>)}</span> },
    { title: t('expert.facet.sector'), render: (_, row) => row.sector || '–' },
    { title: t('expert.identity'), render: (_, row) => <IdentityTag identity={row.identity} /> },
    { title: t('expert.panels'), align: 'right', render: (_, row) => count(row.panels.length) },
    { title: t('expert.consent'), render: (_, row) => (row.consent === '' ? <span className="muted">{t('expert.consent_none')}</span> : row.consent === 'withdrawn' ? <Tag variant="filled" color="warning">{t('expert.consent_withdrawn')}</Tag> : t('expert.consent_given', { version: row.consent })) },
  ];
  return (
    <Page
      title={t('menu.experts')}
      lead={t('expert.lead')}
      actions={
        <>
          <Link to={ws.page('/experts/ask')}><Button>{t('menu.ask_experts')}</Button></Link>
          {may ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdd(true)}>{t('expert.add')}</Button> : null}
        </>
      }
    >
      <div className="filters">
        <Input.Search allowClear key={q} defaultValue={q} onSearch={(text) => { setAt(null); setQ(text.trim() || null); }} placeholder={t('expert.find')} aria-label={t('expert.find')} style={{ width: 280, maxWidth: '100%' }} />
        {facetNames.map((facet) => <FacetFilter key={facet} facet={facet} page={experts.data} clear={() => setAt(null)} />)}
        {experts.data ? <span className="muted small num" style={{ marginLeft: 'auto' }}>{t('actors.total', { n: count(experts.data.total) })}</span> : null}
      </div>
      <Loaded query={experts} rows={10} absent={none}>
        {(data) =>
          data.items.length === 0 ? none : (
            <section className="panel" style={{ padding: '6px 10px' }}>
              <Table size="small" rowKey="id" columns={columns} dataSource={data.items} scroll={{ x: 860 }} pagination={{ current: page, pageSize: perPage, total: data.total, onChange: (next) => setAt(String(next)), size: 'small', showSizeChanger: false, hideOnSinglePage: true }} />
            </section>
          )
        }
      </Loaded>
      <AddExpert open={add} close={() => setAdd(false)} />
    </Page>
  );
}
