import { Alert, Button, Skeleton } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isAbsent } from '../api/client';
import { Empty } from './empty';

/** Title, one sentence, actions, content: the frame of every page. */
export function Page({ title, lead, actions, wide, children }: { title: ReactNode; lead?: ReactNode; actions?: ReactNode; wide?: boolean; children: ReactNode }) {
  useEffect(() => {
    if (typeof title === 'string') document.title = `${title} · 见微 Jianwei`;
  }, [title]);
  return (
    <div className={wide ? 'page wide' : 'page'}>
      <header className="page-head">
        <div style={{ minWidth: 0 }}>
          <h1>{title}</h1>
          {lead ? <p className="lead">{lead}</p> : null}
        </div>
        {actions ? <div className="actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

/** A skeleton that says what is awaited when it takes longer than a blink. */
export function Waiting({ rows = 5, why }: { rows?: number; why?: string | undefined }) {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 600);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" role="status">
      <Skeleton active title={false} paragraph={{ rows }} />
      {late ? <p className="loading-text">{why ?? t('state.loading')}</p> : null}
    </div>
  );
}

export function Failure({ error, retry }: { error: Error; retry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  return <Alert type="error" showIcon title={t('state.failed')} description={error.message} action={retry ? <Button size="small" onClick={retry}>{t('action.retry')}</Button> : undefined} />;
}

export interface Fetched<T> {
  data: T | undefined;
  error: Error | null;
  isPending: boolean;
  failureReason?: Error | null;
  refetch?: () => unknown;
}

/** What was asked for, or why it is not there: waiting, failed, absent (with what to do), or the thing itself. */
export function Loaded<T>({ query, absent, rows, children }: { query: Fetched<T>; absent?: ReactNode; rows?: number; children: (data: T) => ReactNode }) {
  const { t } = useTranslation();
  if (query.error && isAbsent(query.error)) return <>{absent ?? <Empty title={t('empty.no_result')} text={query.error.message} />}</>;
  if (query.error) return <Failure error={query.error} retry={query.refetch ? () => void query.refetch?.() : undefined} />;
  if (query.data === undefined) return <Waiting rows={rows ?? 5} why={query.failureReason?.message} />;
  return <>{children(query.data)}</>;
}
