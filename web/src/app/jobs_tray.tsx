import { ThunderboltOutlined } from '@ant-design/icons';
import { Badge, Button, Popover } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isOpen, useJobs } from '../shared/api/jobs';
import { JobRow } from '../shared/ui/job_row';
import { useWorkspace } from '../shared/workspace';

export function JobsTray() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const ws = useWorkspace();
  const jobs = useJobs() ?? [];
  const open = jobs.filter(isOpen).length;
  const shown = jobs.slice(0, 5);
  const content = (
    <div style={{ width: 320 }}>
      {shown.length === 0 ? <p className="muted">{t('jobs.none')}</p> : shown.map((job) => <JobRow key={job.id} job={job} changed={() => void client.invalidateQueries({ queryKey: ['/jobs'] })} />)}
      <div style={{ paddingTop: 10 }}>
        <Link to={ws.page('/jobs')}>{t('jobs.all')}</Link>
      </div>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" title={t('menu.jobs')} content={content}>
      <Button type="text" aria-label={t('jobs.tray', { n: open })} icon={<Badge count={open} size="small"><ThunderboltOutlined spin={false} /></Badge>} />
    </Popover>
  );
}
