import { Button, Segmented, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../shared/api/client';
import { useStartJob } from '../../shared/api/jobs';
import { hasRole, useSession } from '../../shared/api/session';
import { count, moment, signed, yearlyGrowth } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { Empty } from '../../shared/ui/empty';
import { argumentsText } from '../../shared/ui/event_line';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import './iterations.css';
import { chains, type Chain, type Iteration, type View } from './model';
import { Traces } from './traces';

/** One station of a topic: what it is called and what it counts there. */
function Station({ title, view, id, live, before }: { title: string; view: View | undefined; id: string; live: boolean; before?: View | undefined }) {
  const { t } = useTranslation();
  if (!view) return <div className="it-station gone"><span className="muted small">{title}</span><div className="muted">{t('iterations.not_there')}</div></div>;
  const change = before && typeof view.documents === 'number' && typeof before.documents === 'number' ? view.documents - before.documents : 0;
  return (
    <div className="it-station">
      <span className="muted small">{title}</span>
      <div className="it-name">{labelOf({ id, label: view.label ?? {} })}</div>
      <div className="small num">
        {live ? <NumberLink docs={id}>{t('iterations.documents', { n: count(view.documents) })}</NumberLink> : t('iterations.documents', { n: count(view.documents) })}
        {change !== 0 ? <span className="muted"> ({signed(change)})</span> : null}
      </div>
      <div className="muted small num">{yearlyGrowth(view.growth_rate)}{(view.rank ?? 0) > 0 ? ` · ${t('iterations.rank', { n: view.rank ?? 0 })}` : ''}</div>
    </div>
  );
}

function ChainRow({ chain, live }: { chain: Chain; live: boolean }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  return (
    <article className="record">
      <div className="it-chain">
        <Station title={t('iterations.machine')} view={chain.machine} id={chain.id} live={false} />
        <div className="it-who">
          <span className="muted small">{t('iterations.experts')}</span>
          {chain.judgements.length === 0 ? <div className="muted small">{t(chain.what === 'same' ? 'iterations.nobody' : 'iterations.indirectly')}</div> : null}
          {chain.judgements.map((event) => (
            <div key={event.sequence} className="small">
              <Link to={ws.page('/judgements')}>#{event.sequence}</Link> <b style={{ fontWeight: 500 }}>{t(`judge.kind.${event.kind}`)}</b> {argumentsText(event as Parameters<typeof argumentsText>[0])}
              <div className="muted">{event.actor} · {moment(event.at)}{event.reason ? ` · ${event.reason}` : ''}</div>
            </div>
          ))}
          {chain.what !== 'same' ? <div><Tag variant="filled" color="processing">{t(`iterations.what.${chain.what}`)}</Tag></div> : null}
        </div>
        <Station title={t('iterations.revised')} view={chain.revised} id={chain.id} live={live && chain.next === undefined} before={chain.machine} />
        {chain.hasNext ? <Station title={t('iterations.next_machine')} view={chain.next} id={chain.id} live={live} before={chain.revised} /> : <div className="it-station open"><span className="muted small">{t('iterations.next_machine')}</span><div className="muted small">{t('iterations.not_run')}</div></div>}
      </div>
      <div className="record-meta"><Link to={ws.page(`/topics/${chain.id}?tab=history`)}>{t('action.open_topic')}</Link> <span className="muted">{chain.id}</span></div>
    </article>
  );
}

/** Machine judgement, expert revision, machine judgement: topic by topic, with who and why. */
export default function IterationsPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { data: session } = useSession();
  const iterations = useApi<Iteration[]>(ws.api('/iterations'), { last: 10 });
  const [turn, setTurn] = useUrlValue('turn');
  const [which, setWhich] = useUrlValue('show', 'changed');
  const start = useStartJob(ws.id);
  const may = hasRole(session, 'analyst', 'curator', 'admin');
  const again = may ? <Button type="primary" onClick={() => void start('run')}>{t('iterations.run')}</Button> : null;
  return (
    <Page title={t('menu.iterations')} lead={t('iterations.lead')} actions={again}>
      <Loaded query={iterations} rows={10} absent={<section className="panel"><Empty title={t('iterations.none')} text={t('iterations.none_text')} action={again} /></section>}>
        {(data) => {
          const shown = data.find((one) => String(one.iteration) === turn) ?? [...data].reverse().find((one) => one.judgements.length > 0) ?? data.at(-1);
          if (!shown) return <section className="panel"><Empty title={t('iterations.none')} text={t('iterations.none_text')} action={again} /></section>;
          const rows = chains(data, shown).filter((chain) => which === 'all' || chain.what !== 'same' || chain.judgements.length > 0);
          const next = data.find((one) => one.iteration === shown.iteration + 1);
          return (
            <>
              <div className="filters">
                <Select style={{ minWidth: 260, maxWidth: '100%' }} value={shown.iteration} onChange={(value) => setTurn(String(value))} aria-label={t('iterations.turn')} options={[...data].reverse().map((one) => ({ value: one.iteration, label: t('iterations.turn_n', { n: one.iteration, at: moment(one.finished), judgements: count(one.judgements.length) }) }))} />
                <Segmented value={which} onChange={(value) => setWhich(String(value))} options={[{ value: 'changed', label: t('iterations.changed') }, { value: 'all', label: t('iterations.all') }, { value: 'turns', label: t('iterations.over_turns') }]} />
              </div>
              <div className="kpi-strip" style={{ marginBottom: 18 }}>
                <div className="kpi"><span className="label">{t('iterations.judgements')}</span><span className="value">{count(shown.judgements.length)}</span><span className="note">{t('iterations.people', { n: count(new Set(shown.judgements.map((one) => one.actor)).size) })}</span></div>
                <div className="kpi"><span className="label">{t('iterations.topics_changed')}</span><span className="value">{count(shown.topics.filter((one) => one.what !== 'same').length)}</span><span className="note">{t('iterations.of_topics', { n: count(shown.topics.length) })}</span></div>
                {next ? <div className="kpi"><span className="label">{t('iterations.next_run')}</span><span className="value">{t('iterations.born_ended', { born: count(next.born.length), ended: count(next.ended.length) })}</span><span className="note">{moment(next.finished)}</span></div> : <div className="kpi"><span className="label">{t('iterations.next_run')}</span><span className="value">–</span><span className="note">{t('iterations.not_run')}</span></div>}
              </div>
              {which === 'turns' ? <Traces /> : <section className="panel">
                {rows.length === 0 ? <Empty title={t('iterations.no_change')} text={t('iterations.no_change_text')} action={<Link to={ws.page('/topics')}><Button>{t('menu.topics')}</Button></Link>} /> : rows.slice(0, 200).map((chain) => <ChainRow key={chain.id} chain={chain} live={(next ?? shown) === data.at(-1)} />)}
              </section>}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
