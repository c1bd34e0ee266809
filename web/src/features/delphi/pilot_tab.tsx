import { Alert, Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { inLanguage } from '../../shared/delphi/model';
import { count, decimal, duration, share } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, useChange, type Study } from './api';

type Pilot = components['schemas']['DelphiPilot'];

/** The questionnaire tried by a few before it counts: how long a card takes, which questions are skipped or not understood. Pilot answers never enter results. */
export function PilotTab({ study, may, toPeople }: { study: Study; may: boolean; toPeople: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const path = `${studyPath(ws.id, study.id)}/pilot`;
  const pilot = useApi<Pilot>(path);
  const label = (id: string) => inLanguage(study.questions.find((question) => question.id === id)?.label) || id;
  const before = study.round === 0;
  return (
    <Loaded query={pilot} rows={5}>
      {(data) => (
        <>
          <div className="dp-row tight" style={{ marginTop: 0 }}>
            <span className="muted small">{t(data.open ? 'delphi.pilot_open' : 'delphi.pilot_closed')}</span>
            {may && before ? <Button size="small" type={data.open ? 'default' : 'primary'} onClick={() => void change('PUT', path, { open: !data.open })}>{t(data.open ? 'delphi.pilot_close' : 'delphi.pilot_start')}</Button> : null}
            {may && before ? <Button size="small" onClick={toPeople}>{t('delphi.pilot_invite')}</Button> : null}
          </div>
          {data.seats === 0 ? <Empty title={t('delphi.pilot_none')} text={t('delphi.pilot_none_text')} /> : (
            <>
              <div className="kpi-strip" style={{ margin: '12px 0 18px' }}>
                <div className="kpi"><span className="label">{t('delphi.pilot_seats_n')}</span><span className="value">{count(data.seats)}</span><span className="note">{t('delphi.pilot_done', { started: count(data.started), finished: count(data.finished) })}</span></div>
                <div className="kpi"><span className="label">{t('delphi.pilot_card')}</span><span className="value">{data.seconds_a_card === null ? '–' : duration(data.seconds_a_card)}</span></div>
                <div className="kpi"><span className="label">{t('delphi.pilot_seat')}</span><span className="value">{data.minutes_a_seat === null ? '–' : t('time.minutes', { n: decimal(data.minutes_a_seat, 1) })}</span></div>
                <div className="kpi"><span className="label">{t('delphi.pilot_unknown')}</span><span className="value">{share(data.dont_know_share, 0)}</span></div>
                <div className="kpi"><span className="label">{t('delphi.pilot_skipped')}</span><span className="value">{share(data.skipped_share, 0)}</span></div>
              </div>
              <Table size="small" rowKey="question" pagination={false} scroll={{ x: 480 }} dataSource={data.questions} columns={[{ title: t('delphi.step.questions'), render: (_, row) => label(row.question) }, { title: t('delphi.pilot_answered'), align: 'right', render: (_, row) => count(row.answered) }, { title: t('delphi.pilot_unknown'), align: 'right', render: (_, row) => count(row.dont_know) }, { title: t('delphi.pilot_skipped'), align: 'right', render: (_, row) => count(row.skipped) }]} />
              <h3>{t('delphi.tab.items')}</h3>
              <Table size="small" rowKey="item" pagination={{ pageSize: 15, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 480 }} dataSource={data.items} columns={[{ title: t('delphi.item'), render: (_, row) => inLanguage(row) }, { title: t('delphi.column.cards'), align: 'right', render: (_, row) => count(row.cards) }, { title: t('delphi.pilot_card'), align: 'right', render: (_, row) => (row.seconds === null ? '–' : duration(row.seconds)) }]} />
            </>
          )}
          <Alert type="info" showIcon style={{ marginTop: 14 }} title={t('delphi.pilot_apart')} />
        </>
      )}
    </Loaded>
  );
}
