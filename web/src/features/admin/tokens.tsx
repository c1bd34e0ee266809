import { PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button, Form, Input, InputNumber, Modal, Popconfirm, Segmented, Table, Typography } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { moment } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';

type TokenPage = components['schemas']['TokenPage'];

/** Tokens for programs; the secret itself is shown once. */
export function Tokens() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ name: string; scope: 'read' | 'write'; days: number }>();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState('');
  const tokens = useApi<TokenPage>('/tokens', { limit: 200 });
  const refresh = () => client.invalidateQueries({ queryKey: ['/tokens'] });
  const make = async (values: { name: string; scope: 'read' | 'write'; days: number }) => {
    try {
      const token = await send<{ token: string }>('POST', '/tokens', values);
      setMade(token.token);
      setMaking(false);
      await refresh();
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  const remove = (id: string) => void send('DELETE', `/tokens/${id}`).then(refresh, (error: Error) => message.error(error.message));
  return (
    <>
      <div className="filters"><Button type="primary" icon={<PlusOutlined />} onClick={() => { form.resetFields(); setMaking(true); }}>{t('admin.add_token')}</Button></div>
      {made ? <Alert type="success" showIcon closable style={{ marginBottom: 16 }} onClose={() => setMade('')} title={t('admin.token_made')} description={<Typography.Text copyable code>{made}</Typography.Text>} /> : null}
      <Loaded query={tokens} absent={<Empty title={t('admin.no_tokens')} text={t('admin.no_tokens_text')} />}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t('admin.no_tokens')} text={t('admin.no_tokens_text')} />
          ) : (
            <Table
              size="small"
              rowKey="id"
              pagination={false}
              scroll={{ x: 560 }}
              dataSource={data.items}
              columns={[
                { title: t('admin.token_name'), dataIndex: 'name' },
                { title: t('admin.scope'), render: (_, token) => t(`admin.scope.${token.scope}`) },
                { title: t('admin.expires'), width: 150, render: (_, token) => moment(token.expires_at) },
                { title: t('admin.used'), width: 150, render: (_, token) => moment(token.used_at) },
                { title: '', width: 90, render: (_, token) => <Popconfirm title={t('admin.revoke_sure')} onConfirm={() => remove(token.id)}><Button size="small" type="text" danger>{t('admin.revoke')}</Button></Popconfirm> },
              ]}
            />
          )
        }
      </Loaded>
      <Modal open={making} onCancel={() => setMaking(false)} title={t('admin.add_token')} onOk={() => form.submit()} okText={t('action.save')} forceRender>
        <Form form={form} layout="vertical" requiredMark={false} initialValues={{ scope: 'read', days: 90 }} onFinish={(values) => void make(values)}>
          <Form.Item name="name" label={t('admin.token_name')} rules={[{ required: true, message: t('door.required') }]}><Input maxLength={80} /></Form.Item>
          <Form.Item name="scope" label={t('admin.scope')}><Segmented options={['read', 'write'].map((value) => ({ value, label: t(`admin.scope.${value}`) }))} /></Form.Item>
          <Form.Item name="days" label={t('admin.days')}><InputNumber min={1} max={730} /></Form.Item>
        </Form>
      </Modal>
    </>
  );
}
