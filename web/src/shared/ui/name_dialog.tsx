import { App, Form, Input, Modal, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks for a name and keeps something under it; what the server says against it is shown, and the dialog stays. */
export default function NameDialog({ open, close, title, text, suggested = '', keep }: { open: boolean; close: () => void; title: string; text?: React.ReactNode; suggested?: string; keep: (name: string) => Promise<unknown> }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<{ name: string }>();
  const input = useRef<InputRef>(null);
  const submit = async ({ name }: { name: string }) => {
    setBusy(true);
    try {
      await keep(name.trim());
      close();
    } catch (error) {
      void message.error((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const opened = (now: boolean) => {
    if (!now) return;
    input.current?.focus({ cursor: 'all' });
  };
  return (
    <Modal open={open} onCancel={close} title={title} okText={t('action.save')} onOk={() => form.submit()} okButtonProps={{ loading: busy }} afterOpenChange={opened} destroyOnHidden width={440}>
      <Form form={form} preserve={false} layout="vertical" requiredMark={false} initialValues={{ name: suggested }} onFinish={(values) => void submit(values)}>
        <Form.Item name="name" label={t('sets.name')} rules={[{ required: true, whitespace: true, message: t('door.required') }]}><Input ref={input} maxLength={120} /></Form.Item>
      </Form>
      {text ? <p className="muted small" style={{ marginTop: 0 }}>{text}</p> : null}
    </Modal>
  );
}
