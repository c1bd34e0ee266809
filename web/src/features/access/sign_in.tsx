import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { ApiError, useApi } from '../../shared/api/client';
import { useSession, useSignIn } from '../../shared/api/session';
import { Door } from './door';

export default function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { signIn } = useSignIn();
  const session = useSession();
  const setup = useApi<{ needed: boolean }>('/setup');
  const ways = useApi<{ oidc: { label: string; start: string } | null }>('/sign-on');
  const [error, setError] = useState(params.get('error') ?? '');
  const [busy, setBusy] = useState(false);
  const next = params.get('next') ?? '/';
  if (setup.data?.needed) return <Navigate to="/setup" replace />;
  if (session.data) return <Navigate to={next.startsWith('/') && !next.startsWith('//') ? next : '/'} replace />;

  const submit = async (values: { name: string; password: string }) => {
    setBusy(true);
    setError('');
    try {
      await signIn(values.name, values.password);
      void navigate(next.startsWith('/') && !next.startsWith('//') ? next : '/', { replace: true });
    } catch (failure) {
      setError(failure instanceof ApiError && failure.status === 401 ? t('door.wrong') : (failure as Error).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Door>
      <h2>{t('door.sign_in')}</h2>
      <p className="hint">{t('door.sign_in_hint')}</p>
      {error ? <Alert type="error" title={error} showIcon style={{ marginBottom: 16 }} /> : null}
      <Form layout="vertical" requiredMark={false} onFinish={(values: { name: string; password: string }) => void submit(values)} size="large">
        <Form.Item name="name" label={t('door.name')} rules={[{ required: true, message: t('door.required') }]}>
          <Input autoFocus autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t('door.password')} rules={[{ required: true, message: t('door.required') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('door.sign_in')}
        </Button>
        {ways.data?.oidc ? (
          <Button block style={{ marginTop: 12 }} href={ways.data.oidc.start}>
            {t('door.sign_on', { label: ways.data.oidc.label })}
          </Button>
        ) : null}
      </Form>
    </Door>
  );
}
