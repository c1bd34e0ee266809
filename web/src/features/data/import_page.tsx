import { InboxOutlined } from '@ant-design/icons';
import { Alert, App, Button, Progress, Steps, Table, Tabs, Tag, Upload as Drop } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { startJob, useJobs } from '../../shared/api/jobs';
import { bytes, count, decimal, share } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { JobRow } from '../../shared/ui/job_row';
import { Page } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { previewImport, uploadFile, type ImportPreview } from './api';

interface Entry {
  file: File;
  progress: number;
  upload: string;
  preview: ImportPreview | null;
  error: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : Array.isArray(value) ? value.map((v) => (typeof v === 'object' && v !== null && 'name' in v ? String((v as { name: unknown }).name) : String(v))).join('; ') : '');

function Samples({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation();
  const rows = preview.records ?? preview.samples ?? [];
  if (rows.length === 0) return <Empty title={t('import.no_samples')} />;
  const field = (row: Record<string, unknown>, name: string): unknown => row[name] ?? (row['record'] as Record<string, unknown> | undefined)?.[name];
  const columns = ['title', 'date', 'persons', 'venue', 'keywords'].filter((name) => rows.some((row) => text(field(row, name)) !== ''));
  return <Table size="small" rowKey={(_, i) => String(i)} pagination={{ pageSize: 8, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} scroll={{ x: 700 }} dataSource={rows} columns={columns.map((name) => ({ title: t(`field.${name}`), ellipsis: true, render: (_: unknown, row: Record<string, unknown>) => text(field(row, name)) }))} />;
}

function PreviewPanel({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const preview = entry.preview;
  if (!preview) return null;
  const mapping = preview.mapping ?? preview.columns ?? [];
  const rejects = preview.rejects ?? [];
  return (
    <section className="panel" style={{ marginBottom: 18 }}>
      <div className="panel-head"><h2>{entry.file.name}</h2><span className="muted small num">{bytes(entry.file.size)}</span></div>
      <div className="chips" style={{ marginBottom: 10 }}>
        <Tag variant="filled" color="success">{t('import.format', { format: preview.format || '?' })}{preview.confidence !== undefined ? ` · ${share(preview.confidence, 0)}` : ''}</Tag>
        <Tag variant="filled">{t('import.encoding', { encoding: preview.encoding || '?' })}</Tag>
        {preview.read !== undefined ? <Tag variant="filled">{t('import.read', { n: count(preview.read) })}</Tag> : null}
        {preview.duplicates !== undefined ? <Tag variant="filled">{t('import.duplicates', { n: count(preview.duplicates) })}</Tag> : null}
        {preview.rejected ? <Tag variant="filled" color="warning">{t('import.rejected', { n: count(preview.rejected) })}</Tag> : null}
      </div>
      <Tabs
        size="small"
        items={[
          { key: 'samples', label: t('import.samples'), children: <Samples preview={preview} /> },
          ...(mapping.length > 0
            ? [{
                key: 'mapping',
                label: t('import.mapping'),
                children: (
                  <Table
                    size="small"
                    rowKey="column"
                    pagination={false}
                    dataSource={mapping}
                    columns={[
                      { title: t('import.column'), dataIndex: 'column' },
                      { title: t('import.field'), render: (_, m) => (m.field ? t(`field.${m.field}`, { defaultValue: m.field }) : <span className="muted">{t('import.ignored')}</span>) },
                      { title: t('import.confidence'), width: 160, render: (_, m) => <Progress size="small" percent={Math.round(100 * m.confidence)} status="normal" /> },
                      { title: t('data.examples'), ellipsis: true, render: (_, m) => <span className="muted">{(m.samples ?? []).slice(0, 3).join(' | ')}</span> },
                    ]}
                  />
                ),
              }]
            : []),
          {
            key: 'rejects',
            label: t('import.rejects', { n: count(rejects.length) }),
            children: rejects.length === 0 ? <Empty title={t('import.no_rejects')} /> : <Table size="small" rowKey={(_, i) => String(i)} pagination={{ pageSize: 10, size: 'small', hideOnSinglePage: true }} dataSource={rejects} columns={[{ title: t('import.line'), width: 110, render: (_, r) => r.line ?? r.index }, { title: t('import.reason'), dataIndex: 'reason' }]} />,
          },
        ]}
      />
      {(preview.warnings ?? []).map((warning, i) => <p key={i} className="panel-note">{warning.message}{warning.count ? ` (×${decimal(warning.count, 0)})` : ''}</p>)}
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
          {good.map((entry) => <PreviewPanel key={entry.upload} entry={entry} />)}
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
