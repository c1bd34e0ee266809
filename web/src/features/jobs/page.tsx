import { PlayCircleOutlined } from '@ant-design/icons';
import { Button, Collapse } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../shared/api/client';
import { useStartJob, useJobs, type Job } from '../../shared/api/jobs';
import type { components } from '../../shared/api/schema';
import { hasRole, useSession } from '../../shared/api/session';
import { Empty } from '../../shared/ui/empty';
import { JobRow } from '../../shared/ui/job_row';
import { Loaded, Page, Waiting } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';

function Log({ job }: { job: Job }) {
  const { t } = useTranslation();
  const log = useApi<components['schemas']['JobLogPage']>(`/jobs/${job.id}/log`, { limit: 200 });
  return (
    <Loaded query={log} rows={3} absent={<p className="muted">{t('jobs.no_log')}</p>}>
      {(data) => (data.items.length === 0 ? <p className="muted">{t('jobs.no_log')}</p> : <pre style={{ margin: 0, fontSize: 12, lineHeight: 1.6, whiteSpace: 'pre-wrap' }}>{data.items.map((line) => `${line.at.slice(11, 19)}  ${line.text}`).join('\n')}</pre>)}
    </Loaded>
  );
}

export default function JobsPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { data: session } = useSession();
  const jobs = useJobs();
  const changed = () => void client.invalidateQueries({ queryKey: ['/jobs'] });
  const start = useStartJob(ws.id);
  const may = hasRole(session, 'analyst', 'curator', 'admin');
  return (
    <Page
      title={t('menu.jobs')}
      lead={t('jobs.lead')}
      actions={
        may ? (
          <>
            <Button onClick={() => void start('hindcast')}>{t('jobs.hindcast')}</Button>
            <Button type="primary" icon={<PlayCircleOutlined />} onClick={() => void start('run')}>{t('action.run')}</Button>
          </>
        ) : null
      }
    >
      <section className="panel">
        {jobs === undefined ? (
          <Waiting />
        ) : jobs.length === 0 ? (
          <Empty title={t('jobs.empty')} text={t('jobs.none')} />
        ) : (
          jobs.map((job) => (
            <div key={job.id}>
              <JobRow job={job} changed={changed} />
              <Collapse ghost size="small" destroyOnHidden items={[{ key: 'log', label: <span className="muted small">{t('jobs.log')}</span>, children: <Log job={job} /> }]} />
            </div>
          ))
        )}
      </section>
    </Page>
  );
}
