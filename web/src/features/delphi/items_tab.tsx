import { Button, Checkbox, Form, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StateLamp } from '../../shared/delphi/lamp';
import { inLanguage } from '../../shared/delphi/model';
import { StatementInput } from '../../shared/delphi/statement_input';
import { count } from '../../shared/format';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, useChange, type Study, type StudyItem } from './api';

const editable = ['design', 'protocol_locked', 'recruiting', 'analyzed', 'feedback_released'];

interface Edit {
  what: 'reword' | 'merge' | 'split';
  items: StudyItem[];
}

interface Values {
  field?: string;
  zh?: string;
  en?: string;
  parts?: { zh?: string; en?: string }[];
  reason: string;
}

const words = (from: { zh?: string; en?: string }) => ({ zh: from.zh?.trim() ?? '', en: from.en?.trim() ?? '' });

function Words({ name }: { name: (string | number)[] }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name={[...name, 'zh']} label={t('delphi.statement_zh')}><Input.TextArea autoSize={{ minRows: 2 }} /></Form.Item>
      <Form.Item name={[...name, 'en']} label={t('delphi.statement_en')}><Input.TextArea autoSize={{ minRows: 2 }} /></Form.Item>
    </>
  );
}

/** Rewords, merges or splits statements; each is an event of the study with its reason, and what was there before stays. */
function EditForm({ edit, study, close }: { edit: Edit; study: Study; close: (done: boolean) => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const [form] = Form.useForm<Values>();
  const [first] = edit.items;
  const path = `${studyPath(ws.id, study.id)}/items/change`;
  const save = async (values: Values) => {
    const { reason } = values;
    const field = first?.field ?? '';
    const body =
      edit.what === 'reword' ? { action: 'reword', item: first?.id, ...words(values), reason }
      : edit.what === 'merge' ? { action: 'merge', items: edit.items.map((item) => item.id), into: { field, ...words(values) }, reason }
      : { action: 'split', item: first?.id, parts: (values.parts ?? []).map((part) => ({ field, ...words(part) })), reason };
    close((await change('POST', path, body)) !== null);
  };
  const start: Values = { zh: first?.zh ?? '', en: first?.en ?? '', parts: [{ zh: first?.zh ?? '', en: first?.en ?? '' }, { zh: '', en: '' }], reason: '' };
  return (
    <Modal open title={t(edit.what === 'reword' ? 'delphi.reword' : `delphi.item_do.${edit.what}`)} width={640} okText={t('action.save')} cancelText={t('action.cancel')} onCancel={() => close(false)} onOk={() => form.submit()} destroyOnHidden>
      {edit.what === 'reword' ? null : <><ul style={{ margin: '0 0 8px', paddingLeft: 18 }}>{edit.items.map((item) => <li key={item.id}>{inLanguage(item)}</li>)}</ul><p className="panel-note">{t(`delphi.item_do_text.${edit.what}`)}</p></>}
      <Form form={form} layout="vertical" initialValues={start} onFinish={(values) => void save(values)}>
        {edit.what === 'split' ? (
          <Form.List name="parts">
            {(fields, { add }) => <>{fields.map((field, i) => <div key={field.key}><b className="small">{t('list.part', { n: i + 1 })}</b><Words name={[field.name]} /></div>)}<Button size="small" style={{ marginBottom: 12 }} onClick={() => add({ zh: '', en: '' })}>{t('list.part_add')}</Button></>}
          </Form.List>
        ) : <Words name={[]} />}
        <Form.Item name="reason" label={t('delphi.reason')} rules={[{ required: true, whitespace: true, message: t('door.required') }]}><Input /></Form.Item>
      </Form>
    </Modal>
  );
}

/** The statements, open to correction between rounds: reworded, merged, split, added by hand or from a table. */
export function Items({ study, may }: { study: Study; may: boolean }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const [edit, setEdit] = useState<Edit | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const open = may && editable.includes(study.state);
  const picked = study.items.filter((item) => chosen.includes(item.id) && item.state === 'active');
  const add = async (items: unknown[]) => {
    setBusy(true);
    const done = await change('POST', `${studyPath(ws.id, study.id)}/items`, { items });
    setBusy(false);
    return done !== null;
  };
  return (
    <>
      {study.items.map((item) => (
        <div className="record" key={item.id} style={{ display: 'flex', gap: 14, alignItems: 'baseline', flexWrap: 'wrap' }}>
          {open && item.state === 'active' ? <Checkbox checked={chosen.includes(item.id)} onChange={(event) => setChosen(event.target.checked ? [...chosen, item.id] : chosen.filter((id) => id !== item.id))} aria-label={t('list.choose', { name: inLanguage(item) })} /> : null}
          <div style={{ flex: 1, minWidth: 240 }}>
            <div className="record-meta"><span>{item.field}</span>{item.origin.card ? <Tag variant="filled">{t('delphi.from_topic', { topic: inLanguage(item.origin.card.label) })}</Tag> : null}</div>
            <div style={{ fontWeight: 500, lineHeight: 1.6 }}>{inLanguage(item)}</div>
          </div>
          {['merged', 'split', 'dropped'].includes(item.state) ? <Tag variant="filled">{t(`delphi.item_${item.state}`)}</Tag> : <StateLamp state={item.state} />}
          {open && item.state === 'active' ? (
            <span className="chips">
              <Button size="small" onClick={() => setEdit({ what: 'reword', items: [item] })}>{t('delphi.reword')}</Button>
              <Button size="small" onClick={() => setEdit({ what: 'split', items: [item] })}>{t('delphi.item_do.split')}</Button>
            </span>
          ) : null}
        </div>
      ))}
      {picked.length > 1 ? <div className="tray"><span>{t('list.chosen', { n: count(picked.length) })}</span><Button size="small" onClick={() => setEdit({ what: 'merge', items: picked })}>{t('delphi.item_do.merge')}</Button></div> : null}
      {open ? <div style={{ marginTop: 16 }}><StatementInput take={add} busy={busy} /></div> : null}
      {edit ? <EditForm edit={edit} study={study} close={(done) => { setEdit(null); if (done) setChosen([]); }} /> : null}
    </>
  );
}
