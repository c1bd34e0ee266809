import { Button, Form, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StateLamp } from '../../shared/delphi/lamp';
import { inLanguage } from '../../shared/delphi/model';
import { count } from '../../shared/format';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, useChange, type Study, type StudyItem } from './api';
import { parseItems } from './model';

const editable = ['design', 'protocol_locked', 'recruiting', 'analyzed', 'feedback_released'];

/** The statements, their words open to correction between rounds; what was there before stays in their history. */
export function Items({ study, may }: { study: Study; may: boolean }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const [form] = Form.useForm<{ zh: string; en: string; reason: string }>();
  const [open, setOpen] = useState<StudyItem | null>(null);
  const [text, setText] = useState('');
  const path = studyPath(ws.id, study.id);
  const edit = may && editable.includes(study.state);
  const added = parseItems(text);
  const save = async (values: { zh: string; en: string; reason: string }) => {
    if (open && (await change('POST', `${path}/items/change`, { action: 'reword', item: open.id, ...values }))) setOpen(null);
  };
  return (
    <>
      {study.items.map((item) => (
        <div className="record" key={item.id} style={{ display: 'flex', gap: 14, alignItems: 'baseline', flexWrap: 'wrap' }}>
          <div style={{ flex: 1, minWidth: 240 }}>
            <div className="record-meta"><span>{item.field}</span>{item.origin.card ? <Tag variant="filled">{t('delphi.from_topic', { topic: inLanguage(item.origin.card.label) })}</Tag> : null}</div>
            <div style={{ fontWeight: 500, lineHeight: 1.6 }}>{inLanguage(item)}</div>
          </div>
          {['merged', 'split', 'dropped'].includes(item.state) ? <Tag variant="filled">{t(`delphi.item_${item.state}`)}</Tag> : <StateLamp state={item.state} />}
          {edit && item.state === 'active' ? <Button size="small" onClick={() => { form.setFieldsValue({ zh: item.zh, en: item.en, reason: '' }); setOpen(item); }}>{t('delphi.reword')}</Button> : null}
        </div>
      ))}
      {edit ? (
        <div style={{ marginTop: 16 }}>
          <Input.TextArea rows={3} value={text} onChange={(event) => setText(event.target.value)} placeholder={t('delphi.paste_items')} aria-label={t('delphi.paste')} />
          <div className="dp-row tight"><Button disabled={added.length === 0} onClick={() => void change('POST', `${path}/items`, { items: added }).then((done) => { if (done) setText(''); })}>{t('delphi.items_take', { n: count(added.length) })}</Button></div>
        </div>
      ) : null}
      <Modal open={open !== null} title={t('delphi.reword')} okText={t('action.save')} cancelText={t('action.cancel')} onCancel={() => setOpen(null)} onOk={() => form.submit()}>
        <Form form={form} layout="vertical" onFinish={(values) => void save(values)}>
          <Form.Item name="zh" label={t('delphi.statement_zh')}><Input.TextArea autoSize /></Form.Item>
          <Form.Item name="en" label={t('delphi.statement_en')}><Input.TextArea autoSize /></Form.Item>
          <Form.Item name="reason" label={t('delphi.reason')} rules={[{ required: true, whitespace: true, message: t('door.required') }]}><Input /></Form.Item>
        </Form>
      </Modal>
    </>
  );
}
