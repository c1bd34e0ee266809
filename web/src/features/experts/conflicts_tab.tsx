import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Failure, Waiting } from '../../shared/ui/page';
import { useUrlList } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { base, useExperts, type Conflicts } from './api';
import { useAsk } from './ask';
import { ExpertSelect } from './expert_select';
import { ConflictList, ExpertLink } from './parts';
import type { ThingState } from './thing_form';

/** May these people judge it? Can be asked before anybody is invited. */
export function ConflictsTab({ thing }: { thing: ThingState }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [who, setWho] = useUrlList('who');
  const [years, setYears] = useState(3);
  const { answer, error, asking, ask } = useAsk<Conflicts>(`${base(ws.id)}/conflicts`);
  const library = useExperts(ws.id, { limit: 500 });
  const nameOf = (id: string) => library.data?.items.find((one) => one.id === id)?.name ?? id;
  const run = () => {
    thing.keep();
    void ask({ ...thing.thing, experts: who, window_years: years });
  };
  return (
    <div className="grid cols-main xp-ask">
      <section className="panel xp-answer">
        {asking ? <Waiting /> : error ? <Failure error={error} retry={run} /> : answer ? (
          <>
            <p className="panel-note" style={{ marginTop: 0 }}>{t('expert.checked_explain', { from: answer.now - answer.window_years + 1, to: answer.now, free: count(answer.items.filter((one) => one.free).length), n: count(answer.items.length) })}</p>
            {answer.items.map((one) => (
              <div className="record" key={one.id}>
                <div className="xp-head"><ExpertLink id={one.id} name={nameOf(one.id)} /></div>
                <ConflictList conflicts={one.conflicts} />
              </div>
            ))}
          </>
        ) : <Empty title={t('expert.check_first')} text={t('expert.check_first_text')} />}
      </section>
      <section className="panel">
        <div className="panel-head"><h2>{t('expert.thing')}</h2></div>
        {thing.form}
        <div className="xp-form" style={{ marginTop: 14 }}>
          <ExpertSelect value={who} onChange={setWho} label={t('expert.who')} />
          <div className="filters" style={{ margin: 0 }}>
            <InputNumber min={0} max={100} value={years} onChange={(value) => setYears(value ?? 3)} prefix={t('expert.window')} suffix={t('expert.years')} style={{ width: 200 }} aria-label={t('expert.window')} />
            <Button type="primary" disabled={!thing.ready || who.length === 0} loading={asking} onClick={run}>{t('expert.ask.conflicts')}</Button>
          </div>
        </div>
      </section>
    </div>
  );
}
