import { InboxOutlined } from '@ant-design/icons';
import { Alert, App, Button, Progress, Steps, Table, Tabs, Tag, Upload as Drop } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { startJob, useJobs } from '../../shared/api/jobs';
import { bytes, count, share } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { JobRow } from '../../shared/ui/job_row';
import { Page } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { previewImport, uploadFile, type FilePreview } from './api';

interface Entry {
  file: File;
  progress: number;
  upload: string;
  preview: FilePreview[] | null;
  error: string;
}

/** What a file was recognised as, what it fills, and what would be refused. */
function PreviewPanel({ entry, file }: { entry: Entry; file: FilePreview }) {
  const { t } = useTranslation();
  const fields = Object.entries(file.fields);
  return (
    <section className="panel" style={{ marginBottom: 18 }}>
      <div className="panel-head"><h2>{file.path.split(/[\\/]/).at(-1) || entry.file.name}</h2><span className="muted small num">{bytes(entry.file.size)}</span></div>
      <div className="chips" style={{ marginBottom: 14 }}>
        <Tag variant="filled" color={file.format ? 'success' : 'error'}>{t('import.format', { format: file.format || '?' })}</Tag>
        <Tag variant="filled">{t('import.encoding', { encoding: file.encoding || '?' })}</Tag>
        <Tag variant="filled">{t('import.read', { n: count(file.read) })}</Tag>
        <Tag variant="filled" color="processing">{t('import.new', { n: count(file.kept) })}</Tag>
        <Tag variant="filled">{t('import.duplicates', { n: count(file.duplicates) })}</Tag>
        {file.updated > 0 ? <Tag variant="filled">{t('import.updated', { n: count(file.updated) })}</Tag> : null}
        <Tag variant="filled" {...(file.rejected > 0 ? { color: 'warning' } : {})}>{t('import.rejected', { n: count(file.rejected) })}</Tag>
      </div>
      <Tabs
        size="small"
        items={[
          {
            key: 'fields',
            label: t('import.fields'),
            children: (
              <div className="grid cols-2" style={{ gap: '2px 36px' }}>
                {fields.map(([name, filled]) => (
                  <div className="bar-row" key={name}>
                    <span>{t(`field.${name}`, { defaultValue: name })}</span>
                    <span className="track"><span className={filled < 0.5 ? 'fill minus' : 'fill'} style={{ display: 'block', width: share(filled, 0) }} /></span>
                    <span className="num muted small">{share(filled, 0)}</span>
                  </div>
                ))}
              </div>
            ),
          },
          {
            key: 'rejects',
            label: t('import.rejects', { n: count(file.rejected) }),
            children: file.rejects.length === 0 ? <Empty title={t('import.no_rejects')} /> : <Table size="small" rowKey={(_, i) => String(i)} pagination={{ pageSize: 10, size: 'small', hideOnSinglePage: true }} dataSource={file.rejects} columns={[{ title: t('import.line'), width: 110, render: (_, r) => r.line || r.index }, { title: t('import.reason'), dataIndex: 'reason' }]} />,
          },
        ]}
      />
      {file.warnings.map((warning, i) => <p key={i} className="panel-note">{warning.message}{warning.count > 1 ? ` (×${count(warning.count)})` : ''}</p>)}
    </section>
  );
}

/** Files in, seen before they are kept: upload in parts, what they were recognised as, what would be rejected, then the import as a job. */
export default function ImportPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [entries, setEntries] = useState<Entry[]>([]);
  const [step, setStep] = useState(0);
  const [job, setJob] = useState('');
  const running = useJobs()?.find((one) => one.id === job);
  const change = (file: File, change: Partial<Entry>) => setEntries((all) => all.map((entry) => (entry.file === file ? { ...entry, ...change } : entry)));

  const take = async (file: File) => {
    setEntries((all) => [...all, { file, progress: 0, upload: '', preview: null, error: '' }]);
    try {
      const upload = await uploadFile(ws.id, file, (progress) => change(file, { progress }));
      change(file, { upload: upload.id, progress: 1 });
      change(file, { preview: await previewImport(ws.id, upload.id) });
    } catch (error) {
      change(file, { error: (error as Error).message });
    }
  };
  const good = entries.filter((entry) => entry.upload && !entry.error);
  const ready = good.length > 0 && good.every((entry) => entry.preview);
  const run = async () => {
    try {
      const made = await startJob(ws.id, 'import', { uploads: good.map((entry) => entry.upload) });
      setJob(made.id);
      setStep(2);
      await client.invalidateQueries({ queryKey: ['/jobs'] });
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  const analyse = async () => {
    try {
      const made = await startJob(ws.id, 'run');
      setJob(made.id);
      await client.invalidateQueries({ queryKey: ['/jobs'] });
    } catch (error) {
      void message.error((error as Error).message);
    }
  };

  return (
    <Page title={t('menu.import')} lead={t('import.lead')}>
      <Steps current={step} style={{ maxWidth: 760, marginBottom: 26 }} items={['upload', 'preview', 'run'].map((key) => ({ title: t(`import.step.${key}`) }))} />
      {step === 0 ? (
        <>
          <Drop.Dragger multiple showUploadList={false} beforeUpload={(file) => { void take(file); return false; }} style={{ background: 'var(--card)' }}>
            <p style={{ fontSize: 40, color: 'var(--primary)', margin: '10px 0' }}><InboxOutlined /></p>
            <p style={{ fontSize: 16, margin: 0 }}>{t('import.drop')}</p>
            <p className="muted" style={{ margin: '6px 20px 14px' }}>{t('import.formats')}</p>
          </Drop.Dragger>
          {entries.map((entry) => (
            <div key={entry.file.name + entry.file.lastModified} style={{ marginTop: 14 }}>
              <div style={{ display: 'flex', justifyContent: 'space-between' }}><span>{entry.file.name}</span><span className="muted num small">{bytes(entry.file.size)}</span></div>
              <Progress percent={Math.round(100 * entry.progress)} size="small" {...(entry.error ? { status: 'exception' as const } : {})} />
              {entry.error ? <Alert type="error" showIcon title={entry.error} /> : entry.upload && !entry.preview ? <p className="muted small">{t('import.looking')}</p> : null}
            </div>
          ))}
          <Button type="primary" style={{ marginTop: 18 }} disabled={!ready} onClick={() => setStep(1)}>{t('action.next')}</Button>
        </>
      ) : null}
      {step === 1 ? (
        <>
          {good.flatMap((entry) => (entry.preview ?? []).map((file) => <PreviewPanel key={entry.upload + file.path} entry={entry} file={file} />))}
          <div style={{ display: 'flex', gap: 10 }}>
            <Button onClick={() => setStep(0)}>{t('action.back')}</Button>
            <Button type="primary" onClick={() => void run()}>{t('import.run', { n: good.length })}</Button>
          </div>
        </>
      ) : null}
      {step === 2 ? (
        <section className="panel" style={{ maxWidth: 760 }}>
          {running ? <JobRow job={running} changed={() => void client.invalidateQueries({ queryKey: ['/jobs'] })} /> : null}
          {running?.state === 'done' ? (
            <div style={{ display: 'flex', gap: 10, marginTop: 16 }}>
              {running.kind === 'import' ? <Button type="primary" onClick={() => void analyse()}>{t('action.run')}</Button> : <Link to={ws.page('/emerging')}><Button type="primary">{t('menu.emerging')}</Button></Link>}
              <Link to={ws.page('/data')}><Button>{t('menu.data')}</Button></Link>
            </div>
          ) : (
            <p className="muted">{t('import.background')}</p>
          )}
        </section>
      ) : null}
    </Page>
  );
}
