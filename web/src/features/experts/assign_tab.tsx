import { useQueries } from '@tanstack/react-query';
import { Alert, App, Button, InputNumber, Segmented, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, useApi } from '../../shared/api/client';
import { inLanguage } from '../../shared/delphi/model';
import { count, decimal } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Failure, Waiting } from '../../shared/ui/page';
import { useUrlList } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { base, useExperts, type Assignment } from './api';
import { useAsk } from './ask';
import { ExpertSelect } from './expert_select';
import { ExpertLink } from './parts';
import { EntrySelect, RecordSelect, type EntryHead } from './thing_form';

/** What an entry of any list says; anything else is a title already. */
function useWords(): (item: string) => string {
  const ws = useWorkspace();
  const lists = useApi<{ items: { id: string }[] }>(ws.api('/longlists'));
  const entries = useQueries({ queries: (lists.data?.items ?? []).map(({ id }) => ({ queryKey: [ws.api(`/longlists/${id}`), 'words'], queryFn: () => get<{ entries: EntryHead[] }>(ws.api(`/longlists/${id}`)) })) }).flatMap((list) => list.data?.entries ?? []);
  return (item) => {
    const entry = entries.find((one) => one.id === item);
    return entry ? inLanguage(entry) : item;
  };
}

type Goal = 'greatest_sum' | 'fairest';

/** Who judges what, under load, coverage and conflicts; or the items that lack experts, with the count that proves it. */
export function AssignTab() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { message } = App.useApp();
  const [entries, setEntries] = useUrlList('entries');
  const [records, setRecords] = useUrlList('records');
  const [who, setWho] = useUrlList('who');
  const [perItem, setPerItem] = useState(3);
  const [load, setLoad] = useState(0);
  const [goal, setGoal] = useState<Goal>('greatest_sum');
  const { answer, error, asking, ask } = useAsk<Assignment>(`${base(ws.id)}/assign`);
  const library = useExperts(ws.id, { limit: 500 });
  const words = useWords();
  const nameOf = (id: string) => library.data?.items.find((one) => one.id === id)?.name ?? id;
  const body = { entries, records, experts: who, per_item: perItem, load, goal: goal === 'fairest' ? goal : '' };
  const keep = async () => {
    if (await ask({ ...body, keep: true })) void message.success(t('expert.assignment_kept'));
  };
  return (
    <div className="grid cols-main xp-ask">
      <section className="panel xp-answer">
        {asking ? <Waiting why={t('expert.assigning')} /> : error ? <Failure error={error} /> : !answer ? <Empty title={t('expert.assign_first')} text={t('expert.assign_first_text')} /> : answer.feasible ? (
          <>
            <p className="panel-note" style={{ marginTop: 0 }}>{t('expert.assign_explain', { sum: decimal(answer.sum, 2), worst: decimal(answer.worst_item, 2) })}</p>
            <Table
              size="small"
              rowKey="item"
              pagination={false}
              dataSource={answer.items}
              columns={[
                { title: t('delphi.tab.items'), render: (_, row) => words(row.item) },
                { title: t('menu.experts'), render: (_, row) => <span className="chips">{row.experts.map((one) => <span key={one.id} className="chip"><ExpertLink id={one.id} name={nameOf(one.id)} /> <span className="num muted">{decimal(one.similarity, 2)}</span></span>)}</span> },
              ]}
            />
            <Button style={{ marginTop: 12 }} onClick={() => void keep()}>{t('expert.assign_keep')}</Button>
          </>
        ) : (
          <Alert
            type="error"
            showIcon
            title={t('expert.assign_impossible')}
            description={answer.certificate ? (
              <>
                <p style={{ margin: '0 0 8px' }}>{t('expert.certificate', { items: count(answer.certificate.items.length), needed: count(answer.certificate.needed), available: count(answer.certificate.available) })}</p>
                <ul style={{ margin: 0, paddingLeft: 18 }}>{answer.certificate.items.map((item) => <li key={item}>{words(item)}</li>)}</ul>
                <p style={{ margin: '8px 0 0' }}>{t('expert.certificate_experts')} {answer.certificate.experts.map((id) => <span key={id} style={{ marginRight: 8 }}><ExpertLink id={id} name={nameOf(id)} /></span>)}{answer.certificate.experts.length === 0 ? t('expert.nobody') : null}</p>
              </>
            ) : null}
          />
        )}
      </section>
      <section className="panel">
        <div className="panel-head"><h2>{t('expert.assign_what')}</h2></div>
        <div className="xp-form">
          <EntrySelect mode="multiple" value={entries} onChange={setEntries} label={t('expert.thing.entry')} />
          <RecordSelect mode="multiple" value={records} onChange={setRecords} label={t('expert.thing.record')} />
          <ExpertSelect value={who} onChange={setWho} label={t('expert.assign_who')} />
          <div className="filters" style={{ margin: 0 }}>
            <InputNumber min={1} max={50} value={perItem} onChange={(value) => setPerItem(value ?? 3)} prefix={t('expert.per_item')} style={{ width: 190 }} aria-label={t('expert.per_item')} />
            <InputNumber min={0} max={1000} value={load} onChange={(value) => setLoad(value ?? 0)} prefix={t('expert.most_load')} style={{ width: 190 }} aria-label={t('expert.most_load')} />
          </div>
          <p className="panel-note" style={{ margin: 0 }}>{t('expert.most_load_text')}</p>
          <Segmented<Goal> block value={goal} onChange={setGoal} options={[{ value: 'greatest_sum', label: t('expert.goal.greatest_sum') }, { value: 'fairest', label: t('expert.goal.fairest') }]} />
          <p className="panel-note" style={{ margin: 0 }}>{t(`expert.goal_text.${goal}`)}</p>
          <div><Button type="primary" disabled={entries.length + records.length === 0} loading={asking} onClick={() => void ask(body)}>{t('expert.ask.assign')}</Button></div>
        </div>
      </section>
    </div>
  );
}
