import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, Modal, Select, Switch, Table, Tag } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import type { Role } from '../../shared/api/session';
import { moment } from '../../shared/format';
import { Loaded } from '../../shared/ui/page';

type User = components['schemas']['User'];
type UserPage = components['schemas']['UserPage'];

const roles: Role[] = ['viewer', 'analyst', 'expert', 'moderator', 'curator', 'admin', 'auditor'];

interface Values {
  name: string;
  display_name?: string;
  password?: string;
  roles: Role[];
  disabled?: boolean;
}

/** Accounts: make, change roles, disable. */
export function Users() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [editing, setEditing] = useState<User | 'new' | null>(null);
  const users = useApi<UserPage>('/users', { limit: 500 });
  const open = (user: User | 'new') => {
    form.resetFields();
    form.setFieldsValue(user === 'new' ? { roles: ['viewer'] } : { name: user.name, display_name: user.display_name, roles: user.roles, disabled: user.disabled });
    setEditing(user);
  };
  const save = async (values: Values) => {
    const { name, password, ...rest } = values;
    try {
      if (editing === 'new') await send('POST', '/users', { name, password, display_name: rest.display_name, roles: rest.roles });
      else if (editing) await send('PATCH', `/users/${editing.id}`, { ...rest, ...(password ? { password } : {}) });
      await client.invalidateQueries({ queryKey: ['/users'] });
      setEditing(null);
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  return (
    <>
      <div className="filters"><Button type="primary" icon={<PlusOutlined />} onClick={() => open('new')}>{t('admin.add_user')}</Button></div>
      <Loaded query={users}>
        {(data) => (
          <Table
            size="small"
            rowKey="id"
            scroll={{ x: 640 }}
            pagination={{ pageSize: 25, hideOnSinglePage: true, size: 'small' }}
            dataSource={data.items}
            columns={[
              { title: t('door.name'), render: (_, u) => <button type="button" className="record-title" onClick={() => open(u)}>{u.name}</button> },
              { title: t('door.display_name'), dataIndex: 'display_name' },
              { title: t('admin.roles'), render: (_, u) => u.roles.map((role) => <Tag key={role} variant="filled">{t(`role.${role}`)}</Tag>) },
              { title: t('admin.last_seen'), width: 150, render: (_, u) => moment(u.last_sign_in_at) },
              { title: t('admin.state'), width: 90, render: (_, u) => <Tag variant="filled" color={u.disabled ? 'error' : 'success'}>{t(u.disabled ? 'admin.disabled' : 'admin.active')}</Tag> },
            ]}
          />
        )}
      </Loaded>
      <Modal open={editing !== null} onCancel={() => setEditing(null)} title={t(editing === 'new' ? 'admin.add_user' : 'admin.edit_user')} okText={t('action.save')} onOk={() => form.submit()} forceRender>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void save(values)}>
          <Form.Item name="name" label={t('door.name')} rules={[{ required: true, message: t('door.required') }]}><Input disabled={editing !== 'new'} autoComplete="off" /></Form.Item>
          <Form.Item name="display_name" label={t('door.display_name')}><Input autoComplete="off" /></Form.Item>
          <Form.Item name="password" label={t(editing === 'new' ? 'door.password' : 'admin.new_password')} extra={t('door.password_rule')} rules={[{ required: editing === 'new', min: 10, message: t('door.password_rule') }]}><Input.Password autoComplete="new-password" /></Form.Item>
          <Form.Item name="roles" label={t('admin.roles')} rules={[{ required: true, message: t('door.required') }]}><Select mode="multiple" options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} /></Form.Item>
          {editing !== 'new' ? <Form.Item name="disabled" label={t('admin.disabled')} valuePropName="checked"><Switch /></Form.Item> : null}
        </Form>
      </Modal>
    </>
  );
}
