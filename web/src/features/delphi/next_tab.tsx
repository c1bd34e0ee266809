import { Segmented, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { inLanguage } from '../../shared/delphi/model';
import { count, decimal, share } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, type Study } from './api';
import { replayChart } from './charts';

type Schemas = components['schemas'];

/** Which question, to which seat, would change the outcome most; seats are codes. */
function Next({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const next = useApi<Schemas['DelphiNextQuestions']>(`${studyPath(ws.id, study.id)}/next-questions`, { limit: 50 });
  const words = (id: string) => { const item = study.items.find((one) => one.id === id); return item ? inLanguage(item) : id; };
  return (
    <Loaded query={next} rows={5}>
      {(data) => (
        <>
          <p className="panel-note" style={{ marginTop: 0 }}>{t('delphi.next_text', { n: count(data.undecided), certainty: share(data.certainty, 0) })}</p>
          <Table size="small" rowKey="item" scroll={{ x: 620 }} pagination={{ pageSize: 15, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} dataSource={[...data.items].sort((a, b) => (b.value ?? 0) - (a.value ?? 0))} columns={[
            { title: t('delphi.item'), render: (_, row) => inLanguage(row) },
            { title: t('delphi.column.cards'), align: 'right', render: (_, row) => `${count(row.answered)} / ${count(row.due)}` },
            { title: t('delphi.next_in'), align: 'right', render: (_, row) => share(row.in, 0) },
            { title: t('delphi.next_out'), align: 'right', render: (_, row) => share(row.out, 0) },
            { title: t('delphi.next_value'), align: 'right', render: (_, row) => (row.decided ? t('delphi.next_decided') : decimal(row.value, 3)) },
          ]} />
          <h3>{t('delphi.next_questions')}</h3>
          {data.questions.length === 0 ? <p className="panel-note">{t('delphi.next_none')}</p> : <Table size="small" rowKey={(row) => `${row.item} ${row.seat}`} pagination={{ pageSize: 10, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} dataSource={data.questions} columns={[{ title: t('delphi.next_seat'), render: (_, row) => <code>{row.seat}</code> }, { title: t('delphi.item'), render: (_, row) => words(row.item) }, { title: t('delphi.next_value'), align: 'right', render: (_, row) => decimal(row.value, 3) }]} />}
        </>
      )}
    </Loaded>
  );
}

/** What that order would have saved in a round that is over. */
function Replay({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const replay = useApi<Schemas['DelphiReplay']>(`${studyPath(ws.id, study.id)}/replay`);
  return (
    <Loaded query={replay} rows={5}>
      {(data) => (
        <>
          <div className="kpi-strip" style={{ marginBottom: 16 }}>
            <div className="kpi"><span className="label">{t('delphi.replay_active')}</span><span className="value">{count(data.active_needed)}</span><span className="note">{t('delphi.replay_of', { n: count(data.questions) })}</span></div>
            <div className="kpi"><span className="label">{t('delphi.replay_random')}</span><span className="value">{count(data.random_needed)}</span><span className="note">{count(data.random_needed_low)} – {count(data.random_needed_high)}</span></div>
            <div className="kpi"><span className="label">{t('delphi.replay_saved')}</span><span className="value">{share(data.saved, 0)}</span></div>
            <div className="kpi"><span className="label">{t('delphi.replay_right')}</span><span className="value">{share(data.right_when_stopped, 0)}</span><span className="note">{t('delphi.replay_stopped', { n: count(data.stopped_at) })}</span></div>
          </div>
          <ChartFrame bare title={t('delphi.replay')} explain={t('delphi.replay_explain')} height={320} option={(p) => replayChart(p, data.points, { asked: t('delphi.replay_asked'), right: t('delphi.replay_share'), active: t('delphi.replay_by_value'), random: t('delphi.replay_by_chance'), percent: (v) => share(v, 0) })} figures={{ columns: [t('delphi.replay_asked'), t('delphi.replay_by_value'), t('delphi.replay_by_chance'), t('column.low'), t('column.high')], rows: data.points.map((point) => [point.asked, point.active, point.random, point.random_low, point.random_high]) }} />
        </>
      )}
    </Loaded>
  );
}

/** Active questions: what to ask next while a round is open, what it would have saved when one is over. */
export function NextQuestions({ study }: { study: Study }) {
  const { t } = useTranslation();
  const open = study.state === 'round_open';
  const [view, setView] = useUrlValue('view', open ? 'next' : 'replay');
  return (
    <>
      <div className="filters"><Segmented value={view} onChange={(value) => setView(String(value))} options={[{ value: 'next', label: t('delphi.next_view') }, { value: 'replay', label: t('delphi.replay_view') }]} /></div>
      {view === 'next' ? (open ? <Next study={study} /> : <Empty title={t('delphi.next_closed')} text={t('delphi.next_closed_text')} />) : <Replay study={study} />}
    </>
  );
}
