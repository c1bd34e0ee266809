import { Button, Checkbox, InputNumber, Segmented } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Failure, Page, Waiting } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { base, type Recommendation } from './api';
import { useAsk } from './ask';
import { AssignTab } from './assign_tab';
import { ConflictsTab } from './conflicts_tab';
import './experts.css';
import { PanelTab } from './panel_tab';
import { Recommended } from './parts';
import { useThing, type ThingState } from './thing_form';

/** Who knows about this? Ranked people with the works and sentences that say why. */
function RecommendTab({ thing }: { thing: ThingState }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [limit, setLimit] = useState(10);
  const [eligible, setEligible] = useState(false);
  const { answer, error, asking, ask } = useAsk<{ items: Recommendation[] }>(`${base(ws.id)}/recommend`);
  const run = () => {
    thing.keep();
    void ask({ ...thing.thing, limit, eligible_only: eligible });
  };
  const once = useRef(false);
  useEffect(() => {
    // A link to a question opens with its answer.
    if (!once.current && thing.ready) run();
    once.current = true;
    // eslint-disable-next-line
  }, []);
  return (
    <div className="grid cols-main xp-ask">
      <section className="panel xp-answer">
        {asking ? <Waiting why={t('expert.asking')} /> : error ? <Failure error={error} retry={run} /> : answer ? (
          answer.items.length === 0 ? <Empty title={t('expert.nobody')} text={t('expert.nobody_text')} /> : (
            <>
              <p className="panel-note" style={{ marginTop: 0 }}>{t('expert.ranked_explain', { n: count(answer.items.length) })}</p>
              {answer.items.map((row, i) => <Recommended key={row.id} row={row} rank={i + 1} />)}
            </>
          )
        ) : <Empty title={t('expert.ask_first')} text={t('expert.ask_first_text')} />}
      </section>
      <section className="panel">
        <div className="panel-head"><h2>{t('expert.thing')}</h2></div>
        {thing.form}
        <div className="filters" style={{ margin: '14px 0 0' }}>
          <InputNumber min={1} max={100} value={limit} onChange={(value) => setLimit(value ?? 10)} prefix={t('expert.how_many')} style={{ width: 150 }} aria-label={t('expert.how_many')} />
          <Checkbox checked={eligible} onChange={(event) => setEligible(event.target.checked)}>{t('expert.eligible_only')}</Checkbox>
          <Button type="primary" disabled={!thing.ready} loading={asking} onClick={run}>{t('expert.ask.recommend')}</Button>
        </div>
      </section>
    </div>
  );
}

const tabs = ['recommend', 'conflicts', 'panel', 'assign'] as const;
type Tab = (typeof tabs)[number];

export default function AskExpertsPage() {
  const { t } = useTranslation();
  const [chosen, setTab] = useUrlValue('tab', 'recommend');
  const tab: Tab = (tabs as readonly string[]).includes(chosen) ? (chosen as Tab) : 'recommend';
  const thing = useThing();
  return (
    <Page title={t('menu.ask_experts')} lead={t(`expert.ask_lead.${tab}`)}>
      <div className="filters"><Segmented<Tab> value={tab} onChange={(next) => setTab(next)} options={tabs.map((value) => ({ value, label: t(`expert.ask.${value}`) }))} /></div>
      {tab === 'recommend' ? <RecommendTab thing={thing} /> : tab === 'conflicts' ? <ConflictsTab thing={thing} /> : tab === 'panel' ? <PanelTab thing={thing} /> : <AssignTab />}
    </Page>
  );
}
