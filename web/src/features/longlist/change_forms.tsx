import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { inLanguage } from '../../shared/delphi/model';
import { useWorkspace } from '../../shared/workspace';
import { listPath, useListChange, type Entry } from './api';
import type { EntryAct } from './entry_row';

/** A change of entries that is being written: which, and what. Two entries or more are merged, or decided together. */
export interface Change {
  what: EntryAct | 'merge';
  entries: Entry[];
}

interface Values {
  zh?: string;
  en?: string;
  parts?: { zh?: string; en?: string }[];
  reason: string;
}

function Words({ name }: { name: (string | number)[] }) {
  const { t } = useTranslation();
  return (
    <div className="grid cols-2" style={{ gap: '0 12px' }}>
      <Form.Item name={[...name, 'zh']} label={t('delphi.statement_zh')}><Input.TextArea autoSize={{ minRows: 2 }} /></Form.Item>
      <Form.Item name={[...name, 'en']} label={t('delphi.statement_en')}><Input.TextArea autoSize={{ minRows: 2 }} /></Form.Item>
    </div>
  );
}

/** Reword, merge, split, accept, reject: each with a reason, each kept in the lineage with the words that stood before. */
export function ChangeForm({ change, list, close }: { change: Change; list: string; close: (done: boolean) => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const send = useListChange(ws.id);
  const [form] = Form.useForm<Values>();
  const { what, entries } = change;
  const [first] = entries;
  const path = `${listPath(ws.id, list)}/changes`;
  const save = async (values: Values) => {
    const { reason } = values;
    const words = { zh: values.zh?.trim() ?? '', en: values.en?.trim() ?? '' };
    if (what === 'reword') return close((await send('POST', path, { action: what, entry: first?.id, ...words, reason })) !== null);
    if (what === 'merge') return close((await send('POST', path, { action: what, entries: entries.map((entry) => entry.id), ...words, reason })) !== null);
    if (what === 'split') return close((await send('POST', path, { action: what, entry: first?.id, parts: (values.parts ?? []).map((part) => ({ zh: part.zh?.trim() ?? '', en: part.en?.trim() ?? '' })), reason })) !== null);
    for (const entry of entries) if (!(await send('POST', path, { action: what, entry: entry.id, reason }))) return undefined;
    return close(true);
  };
  const start: Values = { zh: first?.zh ?? '', en: first?.en ?? '', parts: [{ zh: first?.zh ?? '', en: first?.en ?? '' }, {}], reason: '' };
  return (
    <Modal open title={t(`list.act.${what}`)} width={720} okText={t('judge.keep')} cancelText={t('action.cancel')} onCancel={() => close(false)} onOk={() => form.submit()} destroyOnHidden>
      <ul style={{ margin: '0 0 12px', paddingLeft: 18 }}>{entries.map((entry) => <li key={entry.id}>{inLanguage(entry)}</li>)}</ul>
      <p className="panel-note">{t(`list.act_text.${what}`)}</p>
      <Form form={form} layout="vertical" initialValues={start} onFinish={(values) => void save(values)}>
        {what === 'reword' || what === 'merge' ? <Words name={[]} /> : null}
        {what === 'split' ? (
          <Form.List name="parts">
            {(fields, { add, remove }) => (
              <>
                {fields.map((field, i) => <div key={field.key}><b className="small">{t('list.part', { n: i + 1 })}</b>{i > 1 ? <Button size="small" type="link" onClick={() => remove(field.name)}>{t('action.delete')}</Button> : null}<Words name={[field.name]} /></div>)}
                <Button size="small" onClick={() => add({})}>{t('list.part_add')}</Button>
              </>
            )}
          </Form.List>
        ) : null}
        <Form.Item name="reason" label={t('judge.reason')} style={{ marginTop: 12 }} rules={[{ required: true, whitespace: true, message: t('judge.reason_needed') }]}><Input placeholder={t('judge.reason_hint')} /></Form.Item>
      </Form>
    </Modal>
  );
}
