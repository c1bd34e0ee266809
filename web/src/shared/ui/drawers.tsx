import { useQueries } from '@tanstack/react-query';
import { Button, Drawer, Pagination, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { get, useApi } from '../api/client';
import { documentsFilter, documentsPath, namedRecords, rowOf, useRecord, type DocumentPage, type RecordFields, type ShownRecord } from '../api/records';
import { count, date } from '../format';
import { labelOf } from '../labels';
import { useWorkspace } from '../workspace';
import { DocumentList } from './documents';
import { Highlight } from './highlight';
import { Loaded, Waiting } from './page';
import { SaveSet } from './save_set';
import { useUrlValue } from './url_state';

const links: Record<string, (value: string) => string> = {
  doi: (v) => `https://doi.org/${v}`,
  arxiv: (v) => `https://arxiv.org/abs/${v}`,
  pmid: (v) => `https://pubmed.ncbi.nlm.nih.gov/${v}/`,
  openalex: (v) => `https://openalex.org/${v}`,
};

function Identifiers({ fields }: { fields: RecordFields }) {
  return (
    <>
      {(fields.identifiers ?? []).map((id) => {
        const href = links[id.scheme.toLowerCase()]?.(id.value);
        return (
          <div key={`${id.scheme}${id.value}`}>
            <span className="muted">{id.scheme.toUpperCase()} </span>
            {href ? (
              <a href={href} target="_blank" rel="noreferrer noopener">
                {id.value} ↗
              </a>
            ) : (
              id.value
            )}
          </div>
        );
      })}
      {fields.url && /^https?:/.test(fields.url) ? (
        <a href={fields.url} target="_blank" rel="noreferrer noopener">
          {fields.url} ↗
        </a>
      ) : null}
    </>
  );
}

/** One record, whole: what it says (with the wanted terms marked), who wrote it, from which files it came. */
function RecordDrawer() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [id, setId] = useUrlValue('record');
  const [marked] = useUrlValue('q');
  const record = useRecord(ws.id, id || null);
  const terms = marked.split(/\s+/).filter(Boolean);
  return (
    <Drawer open={id !== ''} onClose={() => setId(null)} size={Math.min(680, window.innerWidth)} title={t('record.title')} destroyOnHidden>
      <Loaded query={record}>
        {(shown) => {
          const f = shown.record;
          return (
            <article>
              <h2 style={{ fontFamily: 'var(--title)', fontSize: 21, lineHeight: 1.45, margin: '0 0 6px' }}>
                <Highlight text={f.title ?? shown.id} terms={terms} />
              </h2>
              {f.title_translated ? <p className="muted" style={{ margin: '0 0 8px' }}>{f.title_translated}</p> : null}
              <p style={{ color: 'var(--soft)', margin: '0 0 14px' }}>
                {(f.persons ?? []).map((person, i) => (
                  <span key={`${person.name}${i}`}>
                    {i > 0 ? ', ' : ''}
                    <Link to={ws.page(`/persons?q=${encodeURIComponent(person.name)}`)}>{person.name}</Link>
                  </span>
                ))}
              </p>
              {f.abstract ? (
                <p className="abstract">
                  <Highlight text={f.abstract} terms={terms} />
                </p>
              ) : (
                <p className="muted">{t('record.no_abstract')}</p>
              )}
              {f.abstract_translated ? <p className="abstract muted">{f.abstract_translated}</p> : null}
              {(f.keywords ?? []).length > 0 ? (
                <div className="chips" style={{ margin: '12px 0 18px' }}>
                  {(f.keywords ?? []).map((keyword) => (
                    <Link key={keyword} className="chip" to={ws.page(`/search?q=${encodeURIComponent(keyword)}`)}>
                      {keyword}
                    </Link>
                  ))}
                </div>
              ) : null}
              <dl className="facts">
                <dt>{t('record.kind')}</dt>
                <dd>{t(`kind_one.${f.kind}`)}</dd>
                <dt>{t('record.date')}</dt>
                <dd className="num">{date(f.date)}</dd>
                {f.venue ? (
                  <>
                    <dt>{t('record.venue')}</dt>
                    <dd>{f.venue}</dd>
                  </>
                ) : null}
                {(f.organisations ?? []).length > 0 ? (
                  <>
                    <dt>{t('record.organisations')}</dt>
                    <dd>{(f.organisations ?? []).map((o) => (o.country ? `${o.name} (${o.country})` : o.name)).join('; ')}</dd>
                  </>
                ) : null}
                {(f.funding ?? []).length > 0 ? (
                  <>
                    <dt>{t('record.funding')}</dt>
                    <dd>{(f.funding ?? []).map((grant) => [grant.funder, grant.award].filter(Boolean).join(' ')).join('; ')}</dd>
                  </>
                ) : null}
                {f.citation_count !== undefined ? (
                  <>
                    <dt>{t('record.citations')}</dt>
                    <dd className="num">{count(f.citation_count)}</dd>
                  </>
                ) : null}
                {(shown.topics ?? []).length > 0 ? (
                  <>
                    <dt>{t('record.topics')}</dt>
                    <dd>
                      {(shown.topics ?? []).map((topic) => (
                        <Link key={topic.id} to={ws.page(`/topics/${topic.id}`)} style={{ marginRight: 10 }}>
                          {labelOf(topic)}
                        </Link>
                      ))}
                    </dd>
                  </>
                ) : null}
                <dt>{t('record.links')}</dt>
                <dd>
                  <Identifiers fields={f} />
                </dd>
                <dt>{t('record.origin')}</dt>
                <dd>
                  {(shown.versions ?? []).map((version) => (
                    <div key={version.id} className="small">
                      {version.file}
                      {version.line ? `:${version.line}` : ''} {version.live ? null : <Tag>{t('record.older')}</Tag>}
                    </div>
                  ))}
                  {(shown.versions ?? []).length === 0 ? (f.source ?? '–') : null}
                </dd>
                <dt>ID</dt>
                <dd className="num small">{shown.id}</dd>
              </dl>
            </article>
          );
        }}
      </Loaded>
    </Drawer>
  );
}

const perPage = 25;

/** Records named one by one: the evidence of a judgement rather than what meets a condition. */
function NamedDocuments({ ids }: { ids: string[] }) {
  const ws = useWorkspace();
  const [page, setPage] = useState(1);
  const shown = ids.slice((page - 1) * perPage, page * perPage);
  const found = useQueries({ queries: shown.map((id) => { const path = ws.api(`/records/${encodeURIComponent(id)}`); return { queryKey: [path], queryFn: () => get<ShownRecord>(path) }; }) });
  const rows = found.flatMap((query) => (query.data ? [rowOf(query.data)] : []));
  return (
    <>
      {found.some((query) => query.isPending) ? <Waiting rows={3} /> : null}
      <DocumentList rows={rows} />
      {ids.length > perPage ? <Pagination size="small" align="center" style={{ marginTop: 16 }} current={page} pageSize={perPage} total={ids.length} onChange={setPage} showSizeChanger={false} /> : null}
    </>
  );
}

/** The documents a number counts. */
function DocumentsDrawer() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [docs, setDocs] = useUrlValue('docs');
  const [page, setPage] = useState(1);
  const named = namedRecords(docs);
  const { path, query } = documentsPath(docs);
  const found = useApi<DocumentPage>(docs && named.length === 0 ? ws.api(path) : null, query);
  const total = named.length > 0 ? named.length : (found.data?.total ?? null);
  const close = () => {
    setPage(1);
    setDocs(null);
  };
  const topic = /^topic-\d+/.exec(docs)?.[0];
  const filter = documentsFilter(docs);
  return (
    <Drawer
      open={docs !== ''}
      onClose={close}
      size={Math.min(620, window.innerWidth)}
      destroyOnHidden
      title={total === null ? t('documents.title') : t('documents.count', { n: count(total) })}
      extra={
        <span style={{ display: 'flex', gap: 8 }}>
          {filter || named.length > 0 ? <SaveSet suggested={topic ?? t('documents.title')} n={total ?? undefined} body={() => (named.length > 0 ? { origin: 'list', records: named } : { origin: 'list', query: filter })} /> : null}
          {topic ? <Link to={ws.page(`/topics/${topic}`)}><Button size="small">{t('action.open_topic')}</Button></Link> : null}
        </span>
      }
    >
      {named.length > 0 ? <NamedDocuments key={docs} ids={named} /> : null}
      {named.length > 0 ? null : <Loaded query={found}>
        {(data) => {
          const rows = data.items;
          return (
            <>
              <DocumentList rows={rows.slice((page - 1) * perPage, page * perPage)} />
              {rows.length > perPage ? <Pagination size="small" align="center" style={{ marginTop: 16 }} current={page} pageSize={perPage} total={rows.length} onChange={setPage} showSizeChanger={false} /> : null}
            </>
          );
        }}
      </Loaded>}
    </Drawer>
  );
}

export function Drawers() {
  return (
    <>
      <DocumentsDrawer />
      <RecordDrawer />
    </>
  );
}
