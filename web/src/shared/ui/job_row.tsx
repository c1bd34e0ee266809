import { Button, Progress, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { cancelJob, isOpen, retryJob, type Job } from '../api/jobs';
import { duration, moment } from '../format';

const colors: Record<Job['state'], string> = { queued: 'default', running: 'processing', done: 'success', failed: 'error', cancelled: 'default' };

export function JobRow({ job, changed }: { job: Job; changed: () => void }) {
  const { t } = useTranslation();
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
      {job.state === 'running' ? <Progress size="small" percent={Math.round(100 * (job.progress ?? 0))} /> : null}
      <div className="muted small num">
        {[job.stage, job.eta_seconds ? t('job.eta', { time: duration(job.eta_seconds) }) : '', moment(job.finished_at ?? job.started_at ?? job.created_at), job.created_by].filter((part) => part && part !== '–').join(' · ')}
      </div>
      {job.error ? <div style={{ color: 'var(--seal)' }} className="small">{job.error}</div> : null}
    </div>
  );
}
