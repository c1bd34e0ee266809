import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordsNamed } from '../../shared/api/records';
import { count, decimal, share } from '../../shared/format';
import { NumberLink } from '../../shared/ui/number_link';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import type { Conflict, Expert, Identity, Recommendation } from './api';

const identityColors: Record<Identity, string> = { certain: 'success', uncertain: 'warning', none: 'default' };

export function IdentityTag({ identity }: { identity: Identity }) {
  const { t } = useTranslation();
  return <Tooltip title={t(`expert.identity_text.${identity}`)}><Tag variant="filled" color={identityColors[identity]}>{t(`expert.identity.${identity}`)}</Tag></Tooltip>;
}

export function ExpertLink({ id, name }: { id: string; name: string }) {
  const ws = useWorkspace();
  return <Link to={ws.page(`/experts/${encodeURIComponent(id)}`)} style={{ fontWeight: 500 }}>{name || id}</Link>;
}

/** Where somebody works and what for, in one line. */
export const placeOf = (expert: Expert): string => [expert.organisation, expert.title, expert.region || expert.country].filter(Boolean).join(' · ');

/** Why somebody may not judge, with the works that show it; "free" where nothing stands against it. */
export function ConflictList({ conflicts }: { conflicts: Conflict[] }) {
  const { t } = useTranslation();
  if (conflicts.length === 0) return <Tag variant="filled" color="success">{t('expert.free')}</Tag>;
  return (
    <ul className="xp-conflicts">
      {conflicts.map((conflict, i) => (
        <li key={`${conflict.kind}${conflict.with}${conflict.organisation}${i}`}>
          <Tag variant="filled" color={conflict.kind === 'unresolved' ? 'warning' : 'error'}>{t(`expert.conflict.${conflict.kind}`)}</Tag>
          {[conflict.with, conflict.organisation, conflict.reason].filter(Boolean).join(' · ')}
          {conflict.records.length > 0 ? <> · <NumberLink docs={recordsNamed(conflict.records)}>{t('expert.works_n', { n: count(conflict.records.length) })}</NumberLink></> : null}
        </li>
      ))}
    </ul>
  );
}

export function Load({ assigned, load, away }: { assigned: number; load: number; away?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className="num small">
      {t('expert.load_of', { n: count(assigned), of: count(load) })}
      {assigned >= load ? <Tag variant="filled" color="warning" style={{ marginLeft: 6 }}>{t('expert.full')}</Tag> : null}
      {away ? <Tag variant="filled" color="warning" style={{ marginLeft: 6 }}>{t('expert.away')}</Tag> : null}
    </span>
  );
}

/** A ranked person: score, the works that add most with the sentence of each that says why, load and conflicts. */
export function Recommended({ row, rank, extra }: { row: Recommendation; rank?: number; extra?: React.ReactNode }) {
  const { t } = useTranslation();
  const [, openRecord] = useUrlValue('record');
  return (
    <article className="record xp-row">
      <div className="xp-score"><b className="num">{rank ?? ''}</b><span className="xp-bar" title={decimal(row.score, 3)}><i style={{ width: `${100 * row.score}%` }} /></span></div>
      <div style={{ minWidth: 0 }}>
        <div className="xp-head">
          <ExpertLink id={row.id} name={row.expert.name} />
          {row.in_library ? null : <Tooltip title={t('expert.not_in_library_text')}><Tag variant="filled">{t('expert.not_in_library')}</Tag></Tooltip>}
          {row.in_library ? <IdentityTag identity={row.expert.identity} /> : null}
          <span style={{ flex: 1 }} />
          {extra}
        </div>
        <div className="muted small">{placeOf(row.expert)}</div>
        {row.works.map((work) => (
          <div key={work.record} className="xp-why">
            <button type="button" className="record-title small" onClick={() => openRecord(work.record)}>{work.title || work.record}</button> <span className="muted small num">{work.year || ''} · {share(work.part, 0)}</span>
            {work.sentence ? <blockquote>{work.sentence}</blockquote> : null}
          </div>
        ))}
        <div className="xp-foot">
          {row.works_found > row.works.length ? <span className="muted small">{t('expert.works_found', { n: count(row.works_found) })}</span> : null}
          <Load assigned={row.assigned} load={row.load} away={row.away} />
          <ConflictList conflicts={row.conflicts} />
        </div>
      </div>
    </article>
  );
}
