import { FileExcelOutlined, FileImageOutlined, FilePdfOutlined, FileTextOutlined, FileWordOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Form, Modal, Segmented, Slider } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../shared/api/client';
import { isOpen, startJob, useJobs } from '../../shared/api/jobs';
import { hasRole, useSession } from '../../shared/api/session';
import { bytes, moment } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { JobRow } from '../../shared/ui/job_row';
import { Loaded, Page } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';

interface Report {
  id: string;
  created?: string;
  created_at?: string;
  language?: string;
  template?: string;
  run?: string;
  by?: string;
  files: (string | { name: string; bytes?: number })[];
}

const icons: Record<string, React.ReactNode> = { pdf: <FilePdfOutlined />, docx: <FileWordOutlined />, xlsx: <FileExcelOutlined />, svg: <FileImageOutlined />, png: <FileImageOutlined /> };

function ReportCard({ report }: { report: Report }) {
  const { t, i18n } = useTranslation();
  const ws = useWorkspace();
  const files = report.files.map((file) => (typeof file === 'string' ? { name: file, bytes: undefined } : file)).filter((file) => !file.name.endsWith('.json'));
  const first = files.find((file) => file.name.endsWith('.html'));
  const href = (name: string) => `/api/v1${ws.api(`/reports/${encodeURIComponent(report.id)}/${encodeURIComponent(name)}`)}`;
  return (
    <article className="panel" style={{ display: 'flex', flexDirection: 'column', gap: 10 }}>
      <div style={{ height: 6, width: 44, borderRadius: 3, background: 'var(--seal)' }} />
      <h2 style={{ fontFamily: 'var(--title)', fontSize: 18, margin: 0 }}>
        {first ? <a href={href(first.name)} target="_blank" rel="noreferrer" style={{ color: 'var(--ink)' }}>{t(`report.template.${report.template ?? 'study'}`, { defaultValue: report.id })}</a> : report.id}
      </h2>
      <div className="muted small num">{[moment(report.created ?? report.created_at), report.language ? t(`language.${report.language}`, { lng: i18n.language }) : '', report.run, report.by].filter(Boolean).join(' · ')}</div>
      <div className="chips" style={{ marginTop: 'auto' }}>
        {files.map((file) => {
          const ending = file.name.split('.').at(-1) ?? '';
          return (
            <a key={file.name} className="chip" href={href(file.name)} target={ending === 'html' ? '_blank' : undefined} rel="noreferrer" download={ending === 'html' ? undefined : file.name}>
              {icons[ending] ?? <FileTextOutlined />} {ending.toUpperCase()} {file.bytes ? <span className="muted">{bytes(file.bytes)}</span> : null}
            </a>
          );
        })}
      </div>
    </article>
  );
}

interface Values {
  language: 'zh' | 'en';
  formats: string[];
  top: number;
}

export default function ReportsPage() {
  const { t, i18n } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { data: session } = useSession();
  const [making, setMaking] = useState(false);
  const [form] = Form.useForm<Values>();
  const reports = useApi<{ items: Report[] }>(ws.api('/reports'), { limit: 100 });
  const jobs = (useJobs() ?? []).filter((job) => job.kind === 'report' && job.workspace === ws.id && isOpen(job));
  const make = async (values: Values) => {
    try {
      await startJob(ws.id, 'report', { template: 'study', language: values.language, formats: values.formats, top: values.top });
      await client.invalidateQueries({ queryKey: ['/jobs'] });
      setMaking(false);
      void message.success(t('report.started'));
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  const may = hasRole(session, 'analyst', 'curator', 'admin');
  const button = may ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('report.make')}</Button> : null;
  return (
    <Page title={t('menu.reports')} lead={t('report.lead')} actions={button}>
      {jobs.length > 0 ? <section className="panel" style={{ marginBottom: 18 }}>{jobs.map((job) => <JobRow key={job.id} job={job} changed={() => void client.invalidateQueries({ queryKey: ['/jobs'] })} />)}</section> : null}
      <Loaded query={reports} absent={<Empty title={t('report.none')} text={t('report.none_text')} action={button} />}>
        {(data) => (data.items.length === 0 ? <Empty title={t('report.none')} text={t('report.none_text')} action={button} /> : <div className="grid cols-3">{data.items.map((report) => <ReportCard key={report.id} report={report} />)}</div>)}
      </Loaded>
      <Modal open={making} onCancel={() => setMaking(false)} title={t('report.make')} okText={t('report.start')} onOk={() => form.submit()} forceRender>
        <Form form={form} layout="vertical" initialValues={{ language: i18n.language === 'en' ? 'en' : 'zh', formats: ['html'], top: 25 }} onFinish={(values) => void make(values)}>
          <Form.Item name="language" label={t('report.language')}><Segmented options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} /></Form.Item>
          <Form.Item name="formats" label={t('report.formats')} rules={[{ required: true, message: t('door.required') }]}><Checkbox.Group options={['html', 'pdf', 'docx'].map((value) => ({ value, label: value.toUpperCase() }))} /></Form.Item>
          <Form.Item name="top" label={t('report.top')}><Slider min={10} max={100} step={5} /></Form.Item>
        </Form>
      </Modal>
    </Page>
  );
}
