import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Table } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isOpen, startJob, useJobs } from '../../shared/api/jobs';
import { toCsv } from '../../shared/charts/xlsx';
import { count } from '../../shared/format';
import { said } from '../../shared/labels';
import { saveFile } from '../../shared/save_file';
import { JobRow } from '../../shared/ui/job_row';
import { useWorkspace } from '../../shared/workspace';
import type { FileResult } from './api';

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** The import at work, then what it gave file by file, and the way on: an analysis. */
export function ImportRun({ jobs, more }: { jobs: string[]; more: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [analysis, setAnalysis] = useState('');
  const all = useJobs() ?? [];
  const refresh = () => void client.invalidateQueries({ queryKey: ['/jobs'] });
  const shown = [...jobs, analysis].flatMap((id) => all.filter((job) => job.id === id));
  const imports = shown.filter((job) => job.kind === 'import');
  const files = imports.flatMap((job) => (job.state === 'done' ? ((job.result as { files?: FileResult[] } | null)?.files ?? []) : []));
  const rejects = files.flatMap((file) => file.rejects.map((reject) => ({ file: nameOf(file.path), ...reject })));
  const done = imports.length === jobs.length && !imports.some(isOpen);
  const analysed = shown.find((job) => job.id === analysis);
  const analyse = async () => {
    try {
      setAnalysis((await startJob(ws.id, 'run')).id);
      refresh();
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  const save = () => saveFile('rejects.csv', toCsv([[t('import.file'), t('import.record'), t('import.line'), t('import.reason')], ...rejects.map((row) => [row.file, row.index + 1, row.line || null, said(row, 'reason')])]), 'text/csv;charset=utf-8');
  return (
    <section className="panel" style={{ maxWidth: 900 }} aria-live="polite">
      {shown.map((job) => <JobRow key={job.id} job={job} changed={refresh} />)}
      {files.length > 0 ? (
        <Table
          size="small"
          rowKey="path"
          style={{ marginTop: 14 }}
          pagination={{ pageSize: 12, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
          dataSource={files}
          scroll={{ x: 560 }}
          columns={[
            { title: t('import.file'), render: (_, f) => nameOf(f.path) },
            { title: t('import.sum.read'), align: 'right', width: 90, render: (_, f) => count(f.read) },
            { title: t('import.sum.new'), align: 'right', width: 90, render: (_, f) => count(f.kept) },
            { title: t('import.sum.duplicates'), align: 'right', width: 90, render: (_, f) => count(f.duplicates) },
            { title: t('import.sum.updated'), align: 'right', width: 90, render: (_, f) => count(f.updated) },
            { title: t('import.sum.rejected'), align: 'right', width: 90, render: (_, f) => count(f.rejected) },
          ]}
        />
      ) : null}
      {done ? (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 10, marginTop: 16 }}>
          {analysed?.state === 'done' ? <Link to={ws.page('/emerging')}><Button type="primary">{t('menu.emerging')}</Button></Link> : <Button type="primary" disabled={analysed !== undefined && isOpen(analysed)} onClick={() => void analyse()}>{t('action.run')}</Button>}
          <Link to={ws.page('/data')}><Button>{t('menu.data')}</Button></Link>
          {rejects.length > 0 ? <Button icon={<DownloadOutlined />} onClick={save}>{t('import.save_rejects')}</Button> : null}
          <Button onClick={more}>{t('import.more')}</Button>
        </div>
      ) : (
        <p className="muted">{t('import.background')}</p>
      )}
    </section>
  );
}
