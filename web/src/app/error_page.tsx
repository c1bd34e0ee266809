import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { Empty } from '../shared/ui/empty';

export function ErrorPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  const text = error instanceof Error ? error.message : String(error);
  return (
    <div className="page">
      <Empty
        title={t('error.title')}
        text={text}
        action={
          <Button type="primary" onClick={() => window.location.reload()}>
            {t('action.reload')}
          </Button>
        }
      />
    </div>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <Empty title={t('error.not_found')} text={t('error.not_found_text')} action={<Link to="/"><Button type="primary">{t('action.home')}</Button></Link>} />
    </div>
  );
}
