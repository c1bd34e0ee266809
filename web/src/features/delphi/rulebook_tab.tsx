import { CheckCircleFilled, WarningFilled } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { hasRole, useSession } from '../../shared/api/session';
import { Rules } from '../../shared/delphi/rules';
import { count, moment } from '../../shared/format';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { root, useChange, useStudyEvents, type Study, type StudyEvent } from './api';
import { isOver, openRequests } from './model';
import { RuleChange } from './rule_change';

function Requests({ events }: { events: StudyEvent[] }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const { modal } = App.useApp();
  const { data: session } = useSession();
  const waiting = openRequests(events);
  if (waiting.length === 0) return null;
  const grant = async (request: unknown) => {
    const person = await change<{ name: string; email: string; organisation: string }>('POST', `${root(ws.id)}/identities/${String(request)}/grant`, {});
    if (person) modal.info({ title: t('delphi.identity_shown'), content: <dl className="facts"><dt>{t('delphi.name')}</dt><dd>{person.name}</dd><dt>{t('delphi.email')}</dt><dd>{person.email || '–'}</dd><dt>{t('delphi.organisation')}</dt><dd>{person.organisation || '–'}</dd></dl> });
  };
  return (
    <>
      <h3>{t('delphi.identity_requests')}</h3>
      {waiting.map((event) => {
        const mine = event.actor === session?.user.name;
        return (
          <div className="record" key={event.seq}>
            <b style={{ fontWeight: 500 }}>{t('delphi.identity_request', { actor: event.actor, reason: String(event.detail['reason'] ?? '') })}</b>
            <div className="dp-row tight">
              {hasRole(session, 'auditor', 'admin') && !mine ? <Button size="small" onClick={() => void grant(event.detail['request'])}>{t('delphi.identity_grant')}</Button> : <span className="muted small">{t('delphi.identity_second')}</span>}
            </div>
          </div>
        );
      })}
    </>
  );
}

/** The rules as they were locked, every change of them, and the chain of all events. */
export function Rulebook({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { data: session } = useSession();
  const events = useStudyEvents(ws.id, study.id);
  return (
    <div className="grid cols-2">
      <div>
        <h3>{t('delphi.rules_read')} {hasRole(session, 'moderator') && !isOver(study.state) ? <RuleChange study={study} /> : null}</h3>
        <Rules protocol={study.protocol} questions={study.questions} hash={study.protocol_hash} />
        {study.protocol_versions.map((version) => (
          <details key={version.version} style={{ marginTop: 14 }}>
            <summary>{t('delphi.version', { n: version.version, at: moment(version.at), by: version.by })}{version.version > 1 ? `: ${version.reason}` : ''}</summary>
            <pre className="dp-protocol">{version.text}{'\n'}SHA-256 {version.hash}</pre>
          </details>
        ))}
        {study.protocol_versions.length === 0 ? <p className="panel-note">{t('delphi.not_locked')}</p> : null}
      </div>
      <Loaded query={events} rows={5}>
        {(data) => (
          <div>
            <Requests events={data.items} />
            <h3>{t('delphi.events')}</h3>
            <p className="small" style={{ color: data.whole ? 'var(--good)' : 'var(--seal)' }}>{data.whole ? <CheckCircleFilled /> : <WarningFilled />} {data.whole ? t('delphi.chain_whole', { n: count(data.items.length) }) : t('delphi.chain_broken', { n: data.broken_at ?? 0 })}</p>
            {[...data.items].reverse().map((event) => (
              <div className="dp-event" key={event.seq}>
                <span className="muted num">{event.seq}</span>
                <span className="muted num">{moment(event.at)}</span>
                <span>{t(`delphi.event.${event.kind}`)}{typeof event.detail['reason'] === 'string' && event.detail['reason'] ? `: ${event.detail['reason']}` : ''} <span className="muted">{event.actor}</span></span>
                <code className="muted small" title={event.hash}>{event.hash.slice(0, 8)}</code>
              </div>
            ))}
          </div>
        )}
      </Loaded>
    </div>
  );
}
