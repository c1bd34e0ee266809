import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isOpen, useJobs } from '../../shared/api/jobs';
import { hasRole, useSession } from '../../shared/api/session';
import { JobRow } from '../../shared/ui/job_row';
import { Page } from '../../shared/ui/page';
import { UrlTabs } from '../../shared/ui/url_tabs';
import { useWorkspace } from '../../shared/workspace';
import { Gallery } from './gallery';
import { Issues } from './issues';
import { Schedules } from './schedules';

export default function ReportsPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { data: session } = useSession();
  const jobs = (useJobs() ?? []).filter((job) => job.kind === 'report' && job.workspace === ws.id && isOpen(job));
  const may = hasRole(session, 'analyst', 'curator', 'admin');
  const button = may ? <Link to={ws.page('/reports/new')}><Button type="primary" icon={<PlusOutlined />}>{t('report.make')}</Button></Link> : null;
  return (
    <Page title={t('menu.reports')} lead={t('report.lead')} actions={button}>
      {jobs.length > 0 ? <section className="panel" style={{ marginBottom: 18 }}>{jobs.map((job) => <JobRow key={job.id} job={job} changed={() => void client.invalidateQueries({ queryKey: ['/jobs'] })} />)}</section> : null}
      <UrlTabs
        items={[
          { key: 'gallery', label: t('report.tab.gallery'), children: <Gallery make={button} /> },
          { key: 'issues', label: t('report.tab.issues'), children: <Issues /> },
          { key: 'schedules', label: t('report.tab.schedules'), children: <Schedules may={may} /> },
        ]}
      />
    </Page>
  );
}
