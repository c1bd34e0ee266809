import { App, Form, Input, Modal, Segmented } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { send } from '../shared/api/client';
import type { components } from '../shared/api/schema';

type Schemas = components['schemas'];

interface Values {
  id: string;
  name: string;
  language: 'zh' | 'en';
}

export default function NewWorkspace({ open, close }: { open: boolean; close: () => void }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const make = async (values: Values) => {
    setBusy(true);
    try {
      const made = await send<Schemas['WorkspaceSummary']>('POST', '/workspaces', values);
      await client.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'session' || query.queryKey[0] === '/workspaces' });
      close();
      form.resetFields();
      void navigate(`/w/${made.id}/data/import`);
    } catch (error) {
      void message.error((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open={open} onCancel={close} title={t('workspace.new')} okText={t('workspace.make')} onOk={() => form.submit()} okButtonProps={{ loading: busy }} forceRender>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ language: i18n.language === 'en' ? 'en' : 'zh' }} onFinish={(values) => void make(values)}>
        <Form.Item name="name" label={t('workspace.name')} rules={[{ required: true, whitespace: true, message: t('door.required') }]}><Input maxLength={200} /></Form.Item>
        <Form.Item name="id" label={t('workspace.id')} extra={t('workspace.id_rule')} rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9_-]{0,62}$/, message: t('workspace.id_rule') }]}><Input maxLength={63} /></Form.Item>
        <Form.Item name="language" label={t('workspace.language')}><Segmented options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} /></Form.Item>
      </Form>
    </Modal>
  );
}
