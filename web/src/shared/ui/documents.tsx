import { useTranslation } from 'react-i18next';
import type { DocumentRow } from '../api/records';
import { share } from '../format';
import { Highlight } from './highlight';
import { useUrlValue } from './url_state';

/** Why a document stands in a list, as short words. */
const reasons = (row: DocumentRow): string[] => {
  const terms = (row.why ?? row.terms ?? []).map((reason) => reason.term);
  // Chinese words are also matched by their parts, which say nothing more.
  return terms.filter((term) => !/^[\u4e00-\u9fff]+$/.test(term) || !terms.some((other) => other !== term && other.includes(term))).slice(0, 6);
};

export function DocumentItem({ row }: { row: DocumentRow }) {
  const { t } = useTranslation();
  const [, open] = useUrlValue('record');
  const why = reasons(row);
  return (
    <article className="record">
      <button type="button" className="record-title" onClick={() => open(row.id)}>
        {row.title || row.id}
      </button>
      {row.snippet ? <div className="small" style={{ color: 'var(--soft)', marginTop: 4, lineHeight: 1.6 }}><Highlight text={row.snippet} terms={why} /></div> : null}
      <div className="record-meta">
        {row.year ? <span>{row.year}</span> : null}
        {row.venue ? <span>{row.venue}</span> : null}
        {row.kind ? <span>{t(`kind_one.${row.kind}`)}</span> : null}
        {row.weight !== undefined ? <span>{t('documents.belongs', { value: share(row.weight, 0) })}</span> : null}
        {why.length > 0 ? <span>{t('documents.why', { terms: why.join(' · ') })}</span> : null}
        {row.url && /^https?:/.test(row.url) ? (
          <a href={row.url} target="_blank" rel="noreferrer noopener">
            {t('documents.source_link')} ↗
          </a>
        ) : null}
      </div>
    </article>
  );
}

export function DocumentList({ rows }: { rows: DocumentRow[] }) {
  return (
    <div>
      {rows.map((row) => (
        <DocumentItem key={row.id} row={row} />
      ))}
    </div>
  );
}
