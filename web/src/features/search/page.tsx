import { Checkbox, Input, Pagination, Segmented, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTopics } from '../../shared/api/topics';
import { countryName } from '../../shared/countries';
import { count } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { DocumentItem } from '../../shared/ui/documents';
import { Empty } from '../../shared/ui/empty';
import { Loaded, Page } from '../../shared/ui/page';
import { SaveSet } from '../../shared/ui/save_set';
import { toggled, useUrlList, useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useFound, type Facets } from './api';
import { filterPath, yearConditions } from './model';

const perPage = 20;
const shownFacets = ['kind', 'source', 'language', 'country'] as const;

function Facet({ name, values, chosen, toggle }: { name: string; values: Facets[string]; chosen: string[]; toggle: (condition: string) => void }) {
  const { t } = useTranslation();
  const text = (value: string) => (name === 'kind' ? t(`kind.${value}`) : name === 'language' ? t(`language.${value}`, { defaultValue: value }) : name === 'country' ? countryName(value) : value);
  return (
    <fieldset style={{ border: 0, margin: '0 0 18px', padding: 0, minWidth: 0 }}>
      <legend style={{ fontSize: 12.5, fontWeight: 500, color: 'var(--muted)', padding: '0 0 6px' }}>{t(`group.${name}`)}</legend>
      {values.slice(0, 8).map((value) => (
        <div key={value.name} style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
          <Checkbox checked={chosen.includes(`${name}=${value.name}`)} onChange={() => toggle(`${name}=${value.name}`)}>{text(value.name)}</Checkbox>
          <span className="num muted small">{count(value.documents)}</span>
        </div>
      ))}
    </fieldset>
  );
}

export default function SearchPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [q, setQ] = useUrlValue('q');
  const [method, setMethod] = useUrlValue('method', 'bm25');
  const [years] = useUrlValue('y');
  const [filters, setFilters] = useUrlList('f');
  const conditions = [...filters, ...yearConditions(years)];
  // A page number belongs to one question: another question begins at its first page.
  const question = [q, method, ...conditions].join('|');
  const [turned, setTurned] = useState({ question, page: 1 });
  const page = turned.question === question ? turned.page : 1;
  const topics = useTopics(ws.id);
  const found = useFound(ws.api(''), q, method, conditions, page, perPage);
  const matching = q ? (topics.data?.items ?? []).filter((topic) => [labelOf(topic, 'zh'), labelOf(topic, 'en'), ...topic.terms.slice(0, 12).map(([term]) => term)].some((text) => text.toLowerCase().includes(q.toLowerCase()))).slice(0, 6) : [];
  return (
    <Page title={t('search.title')}>
      <Input.Search key={q} size="large" allowClear defaultValue={q} placeholder={t('search.placeholder')} aria-label={t('search.placeholder')} onSearch={(text) => setQ(text.trim() || null)} style={{ maxWidth: 720, marginBottom: 14 }} />
      <div className="filters">
        <Segmented value={method} onChange={(value) => setMethod(value)} options={['bm25', 'dense', 'hybrid'].map((value) => ({ value, label: t(`search.method.${value}`) }))} />
        {matching.map((topic) => <Link key={topic.id} className="chip" to={ws.page(`/topics/${topic.id}`)}>{labelOf(topic)}</Link>)}
      </div>
      {!q && conditions.length === 0 ? (
        <Empty title={t('search.start')} text={t('search.start_text')} />
      ) : (
        <Loaded query={found} rows={10} absent={<Empty title={t('search.none')} text={t('search.none_text')} />}>
          {(data) => (
            <div className="search-split" aria-busy={found.isPlaceholderData}>
              <section className="panel">
                <div style={{ display: 'flex', gap: 10, alignItems: 'center', marginBottom: 4 }}>
                  <p className="muted small num" role="status" style={{ margin: 0 }}>{t(data.all_words ? 'search.found' : 'search.any_words', { n: count(data.matches) })}</p>
                  {found.isPlaceholderData ? <Spin size="small" aria-label={t('state.loading')} /> : null}
                  <span style={{ flex: 1 }} />
                  <SaveSet suggested={q || years} n={data.matches} body={() => ({ origin: 'search', query: filterPath('', { q }, conditions).slice(1) })} />
                </div>
                {data.items.length === 0 ? <Empty title={t('search.none')} text={t('search.none_text')} /> : data.items.map((row) => <DocumentItem key={row.id} row={row} />)}
                <Pagination size="small" align="center" hideOnSinglePage style={{ marginTop: 18 }} current={page} pageSize={perPage} total={Math.min(data.total, 10_000)} onChange={(next) => setTurned({ question, page: next })} showSizeChanger={false} />
              </section>
              <aside>{shownFacets.filter((name) => (data.facets[name]?.length ?? 0) > 1 || filters.some((f) => f.startsWith(`${name}=`))).map((name) => <Facet key={name} name={name} values={data.facets[name] ?? []} chosen={filters} toggle={(condition) => setFilters(toggled(condition))} />)}</aside>
            </div>
          )}
        </Loaded>
      )}
    </Page>
  );
}
