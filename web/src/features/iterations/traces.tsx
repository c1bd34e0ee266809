import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { count, moment, yearlyGrowth } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { standsAsIs, type View } from './model';

type Schemas = components['schemas'];
type Trace = Schemas['TopicTraces']['items'][number];
type Step = Trace['steps'][number];

function Figures({ view }: { view: NonNullable<View> }) {
  const { t } = useTranslation();
  return (
    <div className="muted small num">
      {t('iterations.documents', { n: count(view.documents) })} · {yearlyGrowth(view.growth_rate)}
      {(view.rank ?? 0) > 0 ? ` · ${t('iterations.rank', { n: view.rank ?? 0 })}` : ''}
    </div>
  );
}

/** One turn of a topic: the machine's word, what people did to it, what it became. */
function Turn({ id, step }: { id: string; step: Step }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { machine, revised } = step;
  return (
    <li className="it-turn">
      <div className="it-turn-head">{t('iterations.turn_short', { n: step.iteration })}</div>
      <div className="it-station">
        <span className="muted small">{t('iterations.machine')}</span>
        {machine ? <><div className="it-name">{labelOf({ id, label: machine.label ?? {} })}</div><Figures view={machine} /></> : <div className="muted">{t('iterations.not_there')}</div>}
      </div>
      {step.judgements.length > 0 ? (
        <div className="it-who">
          <span className="muted small">{t('iterations.experts')}</span>
          {step.judgements.map((event) => (
            <div key={event.sequence} className="small">
              <Link to={ws.page('/judgements')}>#{event.sequence}</Link> <b style={{ fontWeight: 500 }}>{t(`judge.kind.${event.kind}`)}</b>
              {event.state !== 'stands' ? <> <Tag variant="filled">{t(`judge.state.${event.state}`)}</Tag></> : null}
              <div className="muted">{event.by} · {t(`role.${event.role}`)} · {moment(event.at)}{event.reason ? ` · ${event.reason}` : ''}</div>
            </div>
          ))}
        </div>
      ) : null}
      {standsAsIs(machine ?? undefined, revised ?? undefined) ? null : (
        <div className="it-station">
          <span className="muted small">{t('iterations.revised')}</span>
          {revised ? <><div className="it-name">{labelOf({ id, label: revised.label ?? {} })}</div><Figures view={revised} /></> : <div className="muted">{t('iterations.not_there')}</div>}
        </div>
      )}
    </li>
  );
}

/** Every topic that people or their judgements touched, over all kept turns in a row. */
export function Traces() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const traces = useApi<Schemas['TopicTraces']>(ws.api('/iterations/topics'), { last: 10 });
  const none = <Empty title={t('iterations.no_trace')} text={t('iterations.no_change_text')} />;
  return (
    <section className="panel">
      <Loaded query={traces} rows={8} absent={none}>
        {(data) => data.items.length === 0 ? none : data.items.map((trace) => (
          <article key={trace.id} className="record it-trace">
            <ol className="it-turns">{trace.steps.map((step) => <Turn key={step.iteration} id={trace.id} step={step} />)}</ol>
            <div className="record-meta"><Link to={ws.page(`/topics/${trace.id}?tab=history`)}>{t('action.open_topic')}</Link> <span className="muted">{trace.id}</span></div>
          </article>
        ))}
      </Loaded>
    </section>
  );
}
