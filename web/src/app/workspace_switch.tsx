import { DownOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Form, Input, Modal, Segmented } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { send, useApi } from '../shared/api/client';
import type { components } from '../shared/api/schema';
import { hasRole, type Session } from '../shared/api/session';
import { useWorkspace } from '../shared/workspace';

type Schemas = components['schemas'];

interface Values {
  id: string;
  name: string;
  language: 'zh' | 'en';
}

function NewWorkspace({ open, close }: { open: boolean; close: () => void }) {
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

/** The workspaces of the server, and a new one where the server has a folder for them. */
export function WorkspaceSwitch({ session }: { session: Session }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const all = useApi<Schemas['WorkspacePage']>(hasRole(session, 'curator', 'admin') ? '/workspaces' : null, { limit: 500 });
  const may = all.data?.can_create ?? false;
  const name = session.workspaces.find((w) => w.id === ws.id)?.name ?? ws.id;
  const text = { fontWeight: 500, maxWidth: 300, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
  if (session.workspaces.length < 2 && !may) return <span className="desk-only" style={{ ...text, padding: '0 8px' }}>{name}</span>;
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          selectedKeys: [`ws:${ws.id}`],
          items: [...session.workspaces.map((w) => ({ key: `ws:${w.id}`, label: w.name })), ...(may ? [{ type: 'divider' as const }, { key: 'new', label: t('workspace.new') }] : [])],
          onClick: ({ key }) => (key === 'new' ? setMaking(true) : void navigate(`/w/${key.slice(3)}`)),
        }}
      >
        <Button type="text" className="desk-only" aria-label={t('header.workspace')}><span style={text}>{name}</span> <DownOutlined style={{ fontSize: 10 }} /></Button>
      </Dropdown>
      <NewWorkspace open={making} close={() => setMaking(false)} />
    </>
  );
}
