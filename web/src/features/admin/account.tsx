import { App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { send } from '../../shared/api/client';
import { useSession } from '../../shared/api/session';

export function Account() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: session } = useSession();
  const [form] = Form.useForm<{ current: string; new: string }>();
  const save = async (values: { current: string; new: string }) => {
    try {
      await send('POST', '/password', values);
      form.resetFields();
      void message.success(t('admin.password_changed'));
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  return (
    <div style={{ maxWidth: 420 }}>
      <dl className="facts" style={{ marginBottom: 24 }}>
        <dt>{t('door.name')}</dt>
        <dd>{session?.user.name}</dd>
        <dt>{t('door.display_name')}</dt>
        <dd>{session?.user.display_name}</dd>
        <dt>{t('admin.roles')}</dt>
        <dd>{session?.user.roles.map((role) => t(`role.${role}`)).join(' · ')}</dd>
      </dl>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void save(values)}>
        <Form.Item name="current" label={t('admin.current_password')} rules={[{ required: true, message: t('door.required') }]}><Input.Password autoComplete="current-password" /></Form.Item>
        <Form.Item name="new" label={t('admin.new_password')} extra={t('door.password_rule')} rules={[{ required: true, min: 10, message: t('door.password_rule') }]}><Input.Password autoComplete="new-password" /></Form.Item>
        <Button type="primary" htmlType="submit">{t('action.save')}</Button>
      </Form>
    </div>
  );
}
