import { App, Button, Upload } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sendBytes } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { count } from '../../shared/format';
import { said } from '../../shared/labels';
import { useWorkspace } from '../../shared/workspace';
import { root } from './api';

/** Outcomes and forecasts from a table, read by the server; what it cannot read is named by its line. */
export function TableImport() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const give = async (file: File) => {
    try {
      const done = await sendBytes<components['schemas']['LookBackImport']>(`${root(ws.id)}/imports?name=${encodeURIComponent(file.name)}`, file, 'POST');
      await client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(root(ws.id)) });
      const text = t('back.imported', { outcomes: count(done.outcomes), forecasts: count(done.forecasts) });
      if (done.rejects.length === 0) void message.success(text);
      else modal.warning({ title: text, content: <ul style={{ paddingLeft: 18 }}>{done.rejects.slice(0, 20).map((reject) => <li key={reject.line}>{t('expert.line', { n: reject.line })}: {said(reject, 'reason')}</li>)}</ul> });
    } catch (error) {
      void message.error((error as Error).message, 8);
    }
  };
  return <Upload accept=".xlsx,.csv,.tsv,.txt,.jsonl" showUploadList={false} beforeUpload={(file) => { void give(file); return false; }}><Button>{t('back.import')}</Button></Upload>;
}
