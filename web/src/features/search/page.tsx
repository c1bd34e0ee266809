import { Checkbox, Input, Pagination, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../shared/api/client';
import type { DocumentRow } from '../../shared/api/records';
import { useTopics } from '../../shared/api/topics';
import { countryName } from '../../shared/countries';
import { count } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { DocumentItem } from '../../shared/ui/documents';
import { Empty } from '../../shared/ui/empty';
import { Loaded, Page } from '../../shared/ui/page';
import { toggled, useUrlList, useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { filterPath } from './model';

interface Found {
  items: DocumentRow[];
  total: number;
  next_cursor: string | null;
  matches: number;
  all_words: boolean;
  facets?: Record<string, { name: string; documents: number }[]>;
}

const perPage = 20;
const shownFacets = ['kind', 'source', 'language', 'country'];

function Facet({ name, values, chosen, toggle }: { name: string; values: { name: string; documents: number }[]; chosen: string[]; toggle: (condition: string) => void }) {
  const { t } = useTranslation();
  const text = (value: string) => (name === 'kind' ? t(`kind.${value}`) : name === 'language' ? t(`language.${value}`, { defaultValue: value }) : name === 'country' ? countryName(value) : value);
  return (
    <div style={{ marginBottom: 18 }}>
      <h3 style={{ fontSize: 12.5, fontWeight: 500, color: 'var(--muted)', margin: '0 0 6px' }}>{t(`group.${name}`)}</h3>
      {values.slice(0, 8).map((value) => (
        <div key={value.name} style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
          <Checkbox checked={chosen.includes(`${name}=${value.name}`)} onChange={() => toggle(`${name}=${value.name}`)}>{text(value.name)}</Checkbox>
          <span className="num muted small">{count(value.documents)}</span>
        </div>
      ))}
    </div>
  );
}

export default function SearchPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [q, setQ] = useUrlValue('q');
  const [method, setMethod] = useUrlValue('method', 'bm25');
  const [years] = useUrlValue('y');
  const [filters, setFilters] = useUrlList('f');
  const [page, setPage] = useState(1);
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  useEffect(() => setPage(1), [q, method, filters.join(',')]);
  const topics = useTopics(ws.id);
  const conditions = years && /^\d{4}-\d{4}$/.test(years) ? [...filters, `from=${years.slice(0, 4)}`, `to=${years.slice(5)}`] : filters;
  const found = useApi<Found>(q ? filterPath(ws.api('/search'), { q, method, facets: 'true', limit: String(perPage), cursor: page > 1 ? String((page - 1) * perPage) : '' }, conditions) : years ? filterPath(ws.api('/records'), { from: years.slice(0, 4), to: years.slice(5), limit: '100' }, []) : null);
  const matching = q ? (topics.data?.items ?? []).filter((topic) => [labelOf(topic, 'zh'), labelOf(topic, 'en'), ...topic.terms.slice(0, 12).map(([term]) => term)].some((text) => text.toLowerCase().includes(q.toLowerCase()))).slice(0, 6) : [];
  const toggle = (condition: string) => setFilters(toggled(condition));
  return (
    <Page title={t('search.title')}>
      <Input.Search size="large" allowClear value={typed} placeholder={t('search.placeholder')} aria-label={t('search.placeholder')} onChange={(event) => setTyped(event.target.value)} onSearch={(text) => setQ(text.trim() || null)} style={{ maxWidth: 720, marginBottom: 14 }} />
      <div className="filters">
        <Segmented value={method} onChange={(value) => setMethod(value)} options={['bm25', 'dense', 'hybrid'].map((value) => ({ value, label: t(`search.method.${value}`) }))} />
        {matching.map((topic) => <Link key={topic.id} className="chip" to={ws.page(`/topics/${topic.id}`)}>{labelOf(topic)}</Link>)}
      </div>
      {!q && !years ? (
        <Empty title={t('search.start')} text={t('search.start_text')} />
      ) : (
        <Loaded query={found} rows={10} absent={<Empty title={t('search.none')} text={t('search.none_text')} />}>
          {(data) => (
            <div className="grid" style={{ gridTemplateColumns: data.facets ? 'minmax(0,1fr) 240px' : '1fr' }}>
              <section className="panel">
                <p className="muted small num" style={{ margin: '0 0 4px' }}>{t(data.all_words === false ? 'search.any_words' : 'search.found', { n: count(data.matches ?? data.total) })}</p>
                {data.items.length === 0 ? <Empty title={t('search.none')} text={t('search.none_text')} /> : data.items.map((row) => <DocumentItem key={row.id} row={row} />)}
                <Pagination size="small" align="center" hideOnSinglePage style={{ marginTop: 18 }} current={page} pageSize={q ? perPage : 100} total={Math.min(data.total, 10_000)} onChange={setPage} showSizeChanger={false} />
              </section>
              {data.facets ? <aside>{shownFacets.filter((name) => (data.facets?.[name]?.length ?? 0) > 1).map((name) => <Facet key={name} name={name} values={data.facets?.[name] ?? []} chosen={filters} toggle={toggle} />)}</aside> : null}
            </div>
          )}
        </Loaded>
      )}
    </Page>
  );
}
