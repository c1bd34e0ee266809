import { App, Button, Select, Tag } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { send, useApi } from '../../shared/api/client';
import { useJudge, useJudgements } from '../../shared/api/judgements';
import { useStartJob } from '../../shared/api/jobs';
import type { components } from '../../shared/api/schema';
import { hasRole, useSession } from '../../shared/api/session';
import { useTopics } from '../../shared/api/topics';
import { count, share } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { Empty } from '../../shared/ui/empty';
import { EventLine } from '../../shared/ui/event_line';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { UrlTabs } from '../../shared/ui/url_tabs';
import { useWorkspace } from '../../shared/workspace';

type Schemas = components['schemas'];
type Conflict = Schemas['Conflict'];

const kinds = ['rename', 'merge', 'split', 'remove', 'move', 'link', 'comment', 'vote', 'watch', 'resolve'];

function useTopicName(): (id: string) => string {
  const ws = useWorkspace();
  const topics = useTopics(ws.id);
  return (id) => {
    const topic = topics.data?.items.find((one) => one.id === id);
    return topic ? labelOf(topic) : id;
  };
}

/** Judgements that no longer fit the data: what became of their object, and what can be done. */
function Conflicts() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { data: session } = useSession();
  const name = useTopicName();
  const conflicts = useApi<Schemas['ConflictPage']>(ws.api('/conflicts'), { limit: 200 });
  const resolve = async (conflict: Conflict, action: string, to = '') => {
    try {
      await send('POST', ws.api(`/conflicts/${conflict.id}`), { action, ...(to ? { to } : {}), reason: '' });
      await client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(`/w/${ws.id}`) });
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  const may = hasRole(session, 'analyst', 'curator', 'admin');
  return (
    <Loaded query={conflicts} absent={<Empty title={t('conflicts.none')} text={t('conflicts.none_text')} />}>
      {(data) =>
        data.items.length === 0 ? (
          <Empty title={t('conflicts.none')} text={t('conflicts.none_text')} />
        ) : (
          <>
            {data.items.map((conflict) => (
              <div className="record" key={conflict.id}>
                <div style={{ display: 'flex', gap: 8, alignItems: 'baseline', flexWrap: 'wrap' }}>
                  <b style={{ fontWeight: 500 }}>#{conflict.id} · {name(conflict.object)}</b>
                  <Tag variant="filled" color="warning">{t(`conflict.${conflict.reason}`)}</Tag>
                  {conflict.waiting ? <Tag variant="filled">{t('conflicts.waiting')}</Tag> : null}
                </div>
                <p className="small" style={{ color: 'var(--soft)', margin: '4px 0 8px' }}>{conflict.text}</p>
                {may ? (
                  <div className="chips">
                    {conflict.successors.slice(0, 3).map((one) => <Button key={one.id} size="small" type="primary" ghost onClick={() => void resolve(conflict, 'apply', one.id)}>{t('conflicts.apply', { name: name(one.id), share: share(one.share, 0) })}</Button>)}
                    <Button size="small" onClick={() => void resolve(conflict, 'wait')}>{t('conflicts.wait')}</Button>
                    <Button size="small" danger onClick={() => void resolve(conflict, 'drop')}>{t('conflicts.drop')}</Button>
                  </div>
                ) : null}
              </div>
            ))}
          </>
        )
      }
    </Loaded>
  );
}

function Ledger({ state }: { state?: string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const name = useTopicName();
  const [kind, setKind] = useUrlValue('kind');
  const { act } = useJudge(ws.id);
  const events = useJudgements(ws.id, { kind, state, limit: 200 });
  return (
    <>
      <Select allowClear style={{ width: 180, marginBottom: 8 }} placeholder={t('judge.all_kinds')} aria-label={t('judge.all_kinds')} value={kind || null} onChange={(value: string | null) => setKind(value)} options={kinds.map((value) => ({ value, label: t(`judge.kind.${value}`) }))} />
      <Loaded query={events} absent={<Empty title={t('judge.none')} text={t('judge.none_text')} />}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t('judge.none')} text={t('judge.none_text')} />
          ) : (
            <>
              {data.items.map((event) => {
                const object = event.object;
                return <EventLine key={event.sequence} event={event} act={act} objectLink={object.type === 'topic' ? <Link to={ws.page(`/topics/${object.id}?tab=history`)}>{name(object.id)}</Link> : undefined} />;
              })}
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Verified() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const check = useApi<Schemas['LedgerCheck']>(ws.api('/judgements/verify'));
  if (!check.data) return null;
  return <span className="muted small num" title={check.data.head}>{check.data.whole ? t('judge.chain_whole', { n: count(check.data.events), head: check.data.head.slice(0, 10) || '–' }) : t('judge.chain_broken', { problem: check.data.problem })}</span>;
}

export default function JudgementsPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { data: session } = useSession();
  const start = useStartJob(ws.id);
  return (
    <Page
      title={t('menu.judgements')}
      lead={t('judge.lead')}
      actions={
        <>
          <Button href={`/api/v1${ws.api('/judgements/export')}`} download>{t('action.export')}</Button>
          {hasRole(session, 'analyst', 'curator', 'admin') ? <Button onClick={() => void start('run')}>{t('judge.rerun')}</Button> : null}
        </>
      }
    >
      <section className="panel">
        <UrlTabs
          tabBarExtraContent={<span className="desk-only"><Verified /></span>}
          items={[
            { key: 'all', label: t('judge.tab.all'), children: <Ledger /> },
            { key: 'proposed', label: t('judge.tab.proposed'), children: <Ledger state="proposed" /> },
            { key: 'conflicts', label: t('judge.tab.conflicts'), children: <Conflicts /> },
          ]}
        />
      </section>
    </Page>
  );
}
