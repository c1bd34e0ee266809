import { Button, Progress, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { cancelJob, isOpen, retryJob, type Job } from '../api/jobs';
import { duration, moment } from '../format';
import { said } from '../labels';

const colors: Record<Job['state'], string> = { queued: 'default', running: 'processing', done: 'success', failed: 'error', cancelled: 'default' };

export function JobRow({ job, changed }: { job: Job; changed: () => void }) {
  const { t, i18n } = useTranslation();
  const act = (what: (id: Job['id']) => Promise<unknown>) => void what(job.id).then(changed, changed);
  return (
    <div style={{ padding: '10px 0', borderBottom: '1px solid var(--line)' }}>
      <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
        <b style={{ fontWeight: 500 }}>{t(`job.kind.${job.kind}`)}</b>
        <Tag color={colors[job.state]} variant="filled">{t(`job.state.${job.state}`)}</Tag>
        <span style={{ flex: 1 }} />
        {isOpen(job) ? <Button size="small" type="text" onClick={() => act(cancelJob)}>{t('action.cancel')}</Button> : null}
        {job.state === 'failed' ? <Button size="small" type="text" onClick={() => act(retryJob)}>{t('action.retry')}</Button> : null}
      </div>
      {job.state === 'running' ? <Progress size="small" percent={job.total > 0 ? Math.round((100 * job.done) / job.total) : 0} status="active" showInfo={job.total > 0} /> : null}
      <div className="muted small num">
        {[job.state === 'running' ? (i18n.language === 'en' ? job.stage_en : job.stage_zh) : '', job.seconds_left ? t('job.eta', { time: duration(job.seconds_left) }) : '', moment(job.finished_at || job.started_at || job.asked_at), job.asked_by.name].filter((part) => part && part !== '–').join(' · ')}
      </div>
      {job.state === 'failed' && job.message ? <div style={{ color: 'var(--seal)' }} className="small">{said(job, 'message')}</div> : null}
    </div>
  );
}
