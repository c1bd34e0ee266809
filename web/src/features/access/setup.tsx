import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate } from 'react-router';
import { useApi } from '../../shared/api/client';
import { useSignIn } from '../../shared/api/session';
import { Door } from './door';

interface Values {
  secret: string;
  name: string;
  display_name?: string;
  password: string;
}

/** The first start: whoever holds the secret the program printed becomes the administrator. */
export default function Setup() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { setUp } = useSignIn();
  const setup = useApi<{ needed: boolean }>('/setup');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  if (setup.data && !setup.data.needed) return <Navigate to="/sign-in" replace />;

  const submit = async (values: Values) => {
    setBusy(true);
    setError('');
    try {
      await setUp(values);
      void navigate('/', { replace: true });
    } catch (failure) {
      setError((failure as Error).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Door>
      <h2>{t('door.setup')}</h2>
      <p className="hint">{t('door.setup_hint')}</p>
      {error ? <Alert type="error" title={error} showIcon style={{ marginBottom: 16 }} /> : null}
      <Form layout="vertical" requiredMark={false} onFinish={(values: Values) => void submit(values)}>
        <Form.Item name="secret" label={t('door.secret')} extra={t('door.secret_where')} rules={[{ required: true, message: t('door.required') }]}>
          <Input autoFocus autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name="name" label={t('door.name')} rules={[{ required: true, message: t('door.required') }]}>
          <Input autoComplete="username" />
        </Form.Item>
        <Form.Item name="display_name" label={t('door.display_name')}>
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item name="password" label={t('door.password')} extra={t('door.password_rule')} rules={[{ required: true, min: 10, message: t('door.password_rule') }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block size="large" loading={busy}>
          {t('door.start')}
        </Button>
      </Form>
    </Door>
  );
}
