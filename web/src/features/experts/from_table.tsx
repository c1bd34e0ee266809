import { App, Button, Table, Upload } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendBytes } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { count } from '../../shared/format';
import { said } from '../../shared/labels';
import { Waiting } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { base } from './api';
import { IdentityTag } from './parts';

type Import = components['schemas']['ExpertImport'];

/** Experts from a table: what would be added and rejected is shown before anything is. */
export function FromTable({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [file, setFile] = useState<File | null>(null);
  const [found, setFound] = useState<Import | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (chosen: File, keep: boolean): Promise<Import | null> => {
    setBusy(true);
    try {
      return await sendBytes<Import>(`${base(ws.id)}/imports${keep ? '' : '/preview'}?name=${encodeURIComponent(chosen.name)}`, chosen, 'POST');
    } catch (error) {
      void message.error((error as Error).message, 8);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const preview = (chosen: File) => {
    setFile(chosen);
    setFound(null);
    void ask(chosen, false).then(setFound);
    return false;
  };
  const take = async () => {
    const done = file && (await ask(file, true));
    if (!done) return;
    await client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(base(ws.id)) });
    void message.success(t('expert.imported', { n: count(done.added) }));
    close();
  };
  return (
    <div className="xp-form">
      <p className="panel-note">{t('expert.from_table_text')}</p>
      <div><Upload accept=".xlsx,.csv,.tsv,.txt,.jsonl" showUploadList={false} beforeUpload={preview}><Button>{t('expert.choose_table')}</Button></Upload> {file ? <span className="small">{file.name}</span> : null}</div>
      {busy && !found ? <Waiting rows={3} /> : null}
      {found ? (
        <>
          <p className="small" style={{ margin: 0 }}>{found.columns.map((column) => `${column.heading} → ${column.field === '' ? t('expert.column_unread') : t(`expert.field.${column.field}`, { defaultValue: column.field })}`).join(' · ')}</p>
          <Table size="small" rowKey={(row) => `${row.id}${row.name}${row.organisation}`} pagination={{ pageSize: 6, size: 'small', hideOnSinglePage: true, showSizeChanger: false }} dataSource={found.experts} columns={[{ title: t('delphi.name'), dataIndex: 'name' }, { title: t('delphi.organisation'), dataIndex: 'organisation' }, { title: t('expert.identity'), render: (_, row) => <IdentityTag identity={row.identity === 'certain' || row.identity === 'uncertain' ? row.identity : 'none'} /> }]} />
          {found.rejects.length > 0 ? <ul className="small" style={{ margin: 0, paddingLeft: 18, color: 'var(--warn)' }}>{found.rejects.slice(0, 10).map((reject) => <li key={`${reject.line}${reject.field}`}>{t('expert.line', { n: reject.line })}{reject.field ? `, ${reject.field}` : ''}: {said(reject, 'reason')}</li>)}</ul> : null}
          <div><Button type="primary" disabled={found.added === 0} loading={busy} onClick={() => void take()}>{t('expert.take_n', { n: count(found.added) })}</Button></div>
        </>
      ) : null}
    </div>
  );
}
