import { App, Button, Form, Input, Modal, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inLanguage, sideOf } from '../../shared/delphi/model';
import { count } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, useArguments, useChange, type ModeratedArgument, type Study } from './api';

type Act = 'redact' | 'hide' | 'show' | 'identity';

/** Arguments as the panel reads them; what is changed is recorded with its reason, what was written stays in the store. */
export function Moderation({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const { message } = App.useApp();
  const list = useArguments(ws.id, study.id);
  const [open, setOpen] = useState<{ act: Act; argument: ModeratedArgument } | null>(null);
  const [form] = Form.useForm<{ text?: string; reason: string }>();
  const statement = (id: string) => inLanguage(study.items.find((item) => item.id === id)) || id;
  const begin = (act: Act, argument: ModeratedArgument) => {
    form.setFieldsValue({ text: argument.text, reason: '' });
    setOpen({ act, argument });
  };
  const done = async ({ text, reason }: { text?: string; reason: string }) => {
    if (!open) return;
    const { act, argument } = open;
    const path = studyPath(ws.id, study.id);
    const made = act === 'identity' ? await change('POST', `${path}/identities`, { argument: argument.number, reason }) : await change('PATCH', `${path}/arguments/${argument.number}`, { reason, ...(act === 'redact' ? { text } : { hidden: act === 'hide' }) });
    if (!made) return;
    setOpen(null);
    if (act === 'identity') void message.success(t('delphi.identity_asked'), 6);
  };
  return (
    <Loaded query={list} rows={5}>
      {(data) =>
        data.items.length === 0 ? <Empty title={t('delphi.no_arguments')} text={t('delphi.no_arguments_text')} /> : (
          <>
            {data.items.map((argument) => (
              <div className="record" key={argument.number} style={argument.hidden ? { opacity: 0.6 } : undefined}>
                <div className="record-meta"><span>{t(`delphi.side.${sideOf(study.protocol, argument.category)}`)}</span><span>{t('delphi.round_n', { n: argument.round })}</span><span>{t('panel.votes', { n: count(argument.votes) })}</span><span>{statement(argument.item)}</span>{argument.hidden ? <Tag variant="filled">{t('delphi.argument_hidden')}</Tag> : null}{argument.redacted ? <Tag variant="filled">{t('delphi.argument_redacted')}</Tag> : null}</div>
                <p style={{ margin: '6px 0 8px', lineHeight: 1.65 }}>{argument.text}</p>
                <div className="chips">
                  <Button size="small" onClick={() => begin('redact', argument)}>{t('delphi.act.redact')}</Button>
                  <Button size="small" onClick={() => begin(argument.hidden ? 'show' : 'hide', argument)}>{t(argument.hidden ? 'delphi.act.show' : 'delphi.act.hide')}</Button>
                  <Button size="small" type="text" onClick={() => begin('identity', argument)}>{t('delphi.act.identity')}</Button>
                </div>
              </div>
            ))}
            <Modal open={open !== null} title={open ? t(`delphi.act.${open.act}`) : ''} okText={open ? t(`delphi.act.${open.act}`) : ''} cancelText={t('action.cancel')} onCancel={() => setOpen(null)} onOk={() => form.submit()} destroyOnHidden>
              <p className="panel-note">{open ? t(`delphi.act_text.${open.act}`) : ''}</p>
              <Form form={form} layout="vertical" onFinish={(values) => void done(values)}>
                {open?.act === 'redact' ? <Form.Item name="text" label={t('delphi.argument_text')} rules={[{ required: true, whitespace: true, message: t('door.required') }]}><Input.TextArea autoSize={{ minRows: 3 }} /></Form.Item> : null}
                <Form.Item name="reason" label={t('delphi.reason')} rules={[{ required: true, whitespace: true, message: t('door.required') }]}><Input.TextArea rows={2} /></Form.Item>
              </Form>
            </Modal>
          </>
        )
      }
    </Loaded>
  );
}
