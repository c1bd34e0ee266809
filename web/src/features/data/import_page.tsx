import { DeleteOutlined, InboxOutlined } from '@ant-design/icons';
import { Alert, App, Button, Progress, Steps, Tabs, Tag, Upload as Drop } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { startJob } from '../../shared/api/jobs';
import { bytes, count } from '../../shared/format';
import { Page } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { ImportRun } from './import_run';
import { jobsOf, sum, totalsOf, type Entry } from './import_model';
import { PreviewPanel } from './preview_panel';
import { useEntries } from './use_entries';

function FileLine({ entry, again, drop }: { entry: Entry; again: () => void; drop: () => void }) {
  const { t } = useTranslation();
  return (
    <li style={{ padding: '10px 0', borderBottom: '1px solid var(--line)' }}>
      <div style={{ display: 'flex', gap: 10, alignItems: 'center' }}>
        <span style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{entry.file.name}</span>
        {entry.preview?.format ? <Tag variant="filled" color="success">{t('import.format', { format: entry.preview.format })}</Tag> : null}
        <span className="muted num small">{bytes(entry.file.size)}</span>
        <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('import.drop_file', { name: entry.file.name })} onClick={drop} />
      </div>
      {entry.progress < 1 || entry.error ? <Progress percent={Math.round(100 * entry.progress)} size="small" aria-label={entry.file.name} {...(entry.error ? { status: 'exception' as const } : {})} /> : null}
      {entry.error ? <Alert type="error" showIcon title={entry.error} action={<Button size="small" onClick={again}>{t('action.retry')}</Button>} /> : entry.checking ? <span className="muted small">{t('import.looking')}</span> : null}
    </li>
  );
}

/** What all files together would give, as far as it is known. */
function Summary({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation();
  const known = entries.map(totalsOf).filter((totals) => totals !== null);
  const all = sum(known);
  const cells = [
    { label: t('import.sum.read'), value: all.read },
    { label: t('import.sum.new'), value: all.kept },
    { label: t('import.sum.duplicates'), value: all.duplicates },
    { label: t('import.sum.updated'), value: all.updated },
    { label: t('import.sum.rejected'), value: all.rejected },
  ];
  return (
    <div className="kpi-strip" style={{ marginBottom: 18 }} role="status">
      {cells.map((cell) => (
        <div className="kpi" key={cell.label}>
          <span className="label">{cell.label}</span>
          <span className="value">{count(cell.value)}</span>
          <span className="note">{known.length < entries.length ? t('import.sum.partly', { n: known.length, all: entries.length }) : ''}</span>
        </div>
      ))}
    </div>
  );
}

/** Files in, seen before they are kept: sent in parts, recognised, mapped, what would be refused or is here already, then the import as a job. */
export default function ImportPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { entries, take, again, change, countAll, drop, clear } = useEntries(ws.id);
  const [step, setStep] = useState(0);
  const [jobs, setJobs] = useState<string[]>([]);
  const head = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else head.current?.focus();
  }, [step]);

  const seen = entries.filter((entry) => entry.preview !== null);
  const good = seen.filter((entry) => entry.preview?.format && !entry.error);
  const busy = entries.some((entry) => !entry.error && (entry.checking || entry.preview === null));
  const run = async () => {
    try {
      const made: string[] = [];
      for (const job of jobsOf(good)) made.push((await startJob(ws.id, 'import', { uploads: job.uploads, ...(job.format ? { format: job.format } : {}), ...(job.mapping ? { mapping: job.mapping } : {}) })).id);
      setJobs(made);
      setStep(2);
      await client.invalidateQueries({ queryKey: ['/jobs'] });
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  const more = () => {
    clear();
    setJobs([]);
    setStep(0);
  };
  const panel = (entry: Entry) => <PreviewPanel entry={entry} change={(next) => change(entry, next)} countAll={() => countAll(entry)} />;

  return (
    <Page title={t('menu.import')} lead={t('import.lead')}>
      <Steps current={step} style={{ maxWidth: 760, marginBottom: 26 }} items={['upload', 'preview', 'run'].map((key) => ({ title: t(`import.step.${key}`) }))} />
      <h2 ref={head} tabIndex={-1} style={{ fontSize: 17, margin: '0 0 14px', outlineOffset: 6 }}>{t(`import.head.${['upload', 'preview', 'run'][step] ?? 'run'}`)}</h2>
      {step === 0 ? (
        <>
          <Drop.Dragger multiple showUploadList={false} beforeUpload={(file) => { take(file); return false; }} style={{ background: 'var(--card)' }}>
            <p style={{ fontSize: 40, color: 'var(--primary)', margin: '10px 0' }}><InboxOutlined /></p>
            <p style={{ fontSize: 16, margin: 0 }}>{t('import.drop')}</p>
            <p className="muted" style={{ margin: '6px 20px 14px' }}>{t('import.formats')}</p>
          </Drop.Dragger>
          <ul aria-live="polite" style={{ listStyle: 'none', margin: '14px 0 0', padding: 0 }}>
            {entries.map((entry) => <FileLine key={entry.key} entry={entry} again={() => again(entry)} drop={() => drop(entry)} />)}
          </ul>
          <Button type="primary" style={{ marginTop: 18 }} disabled={busy || seen.length === 0} onClick={() => setStep(1)}>{t('action.next')}</Button>
        </>
      ) : null}
      {step === 1 ? (
        <>
          <Summary entries={seen} />
          {seen.length > 1 ? (
            <Tabs
              tabPlacement="top"
              items={seen.map((entry) => ({ key: entry.key, label: <span>{entry.file.name} {entry.preview?.format && !entry.error ? null : <Tag color="error" variant="filled">!</Tag>}</span>, children: panel(entry) }))}
            />
          ) : (
            seen.map((entry) => <div key={entry.key}>{panel(entry)}</div>)
          )}
          {good.length < seen.length ? <Alert type="warning" showIcon title={t('import.left_out', { n: seen.length - good.length })} style={{ marginBottom: 14 }} /> : null}
          <div style={{ display: 'flex', gap: 10 }}>
            <Button onClick={() => setStep(0)}>{t('action.back')}</Button>
            <Button type="primary" disabled={busy || good.length === 0} onClick={() => void run()}>{t('import.run', { n: good.length })}</Button>
          </div>
        </>
      ) : null}
      {step === 2 ? <ImportRun jobs={jobs} more={more} /> : null}
    </Page>
  );
}
