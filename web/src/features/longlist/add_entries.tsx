import { App, Button, Form, Input, InputNumber, Modal, Select, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopics } from '../../shared/api/topics';
import { StatementInput } from '../../shared/delphi/statement_input';
import { count } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { useWorkspace } from '../../shared/workspace';
import { listPath, useListChange, type Entry } from './api';

/** Entries from what the machine found, from a table, or by hand. Statements the list has already are passed over. */
export function AddEntries({ list, open, close }: { list: string; open: boolean; close: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useListChange(ws.id);
  const { message } = App.useApp();
  const topics = useTopics(ws.id);
  const [chosen, setChosen] = useState<string[]>([]);
  const [limit, setLimit] = useState(20);
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<{ zh?: string; en?: string; field?: string; authors?: string[] }>();
  const add = async (body: unknown): Promise<boolean> => {
    setBusy(true);
    const made = await change<{ items: Entry[] }>('POST', `${listPath(ws.id, list)}/entries`, body);
    setBusy(false);
    if (!made) return false;
    void message.success(t('list.added', { n: count(made.items.length) }));
    close();
    return true;
  };
  const most = <InputNumber min={1} max={500} value={limit} onChange={(value) => setLimit(value ?? 20)} prefix={t('list.most')} style={{ width: 150 }} aria-label={t('list.most')} />;
  return (
    <Modal open={open} title={t('list.add')} width={760} footer={null} onCancel={close} destroyOnHidden>
      <Tabs
        items={[
          {
            key: 'topics',
            label: t('list.from.topics'),
            children: (
              <>
                <p className="panel-note">{t('list.from_text.topics')}</p>
                <Select mode="multiple" style={{ width: '100%' }} maxTagCount="responsive" value={chosen} onChange={setChosen} placeholder={t('list.topics_choose')} aria-label={t('list.topics_choose')} optionFilterProp="label" options={(topics.data?.items ?? []).map((topic) => ({ value: topic.id, label: `${labelOf(topic)} · ${count(topic.documents)}` }))} />
                <div className="filters" style={{ margin: '12px 0 0' }}>{chosen.length === 0 ? most : null}<Button type="primary" loading={busy} onClick={() => void add(chosen.length > 0 ? { from: 'topics', topics: chosen } : { from: 'topics', limit })}>{chosen.length > 0 ? t('list.take_topics', { n: count(chosen.length) }) : t('list.take_emerging', { n: count(limit) })}</Button></div>
              </>
            ),
          },
          { key: 'signals', label: t('list.from.signals'), children: <><p className="panel-note">{t('list.from_text.signals')}</p><div className="filters" style={{ margin: '12px 0 0' }}>{most}<Button type="primary" loading={busy} onClick={() => void add({ from: 'signals', limit })}>{t('list.take_signals', { n: count(limit) })}</Button></div></> },
          { key: 'table', label: t('list.from.table'), children: <><p className="panel-note">{t('list.from_text.table')}</p><StatementInput busy={busy} take={(entries) => add({ entries })} /></> },
          {
            key: 'hand',
            label: t('list.from.hand'),
            children: (
              <Form form={form} layout="vertical" onFinish={(values) => void add({ entries: [{ zh: values.zh?.trim() ?? '', en: values.en?.trim() ?? '', field: values.field?.trim() ?? '', authors: values.authors ?? [] }] })}>
                <Form.Item name="zh" label={t('delphi.statement_zh')}><Input.TextArea autoSize={{ minRows: 2 }} /></Form.Item>
                <Form.Item name="en" label={t('delphi.statement_en')}><Input.TextArea autoSize={{ minRows: 2 }} /></Form.Item>
                <div className="grid cols-2" style={{ gap: '0 12px' }}>
                  <Form.Item name="field" label={t('delphi.field')}><Input /></Form.Item>
                  <Form.Item name="authors" label={t('expert.thing.authors')} extra={t('list.authors_text')}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[';', '；', '、']} /></Form.Item>
                </div>
                <Button type="primary" htmlType="submit" loading={busy}>{t('list.propose')}</Button>
              </Form>
            ),
          },
        ]}
      />
    </Modal>
  );
}
