import { FolderAddOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useKept, type RecordSet, type SetRequest } from '../api/sets';
import { count } from '../format';
import { useWorkspace } from '../workspace';

// Loaded when it is first opened: every page carries this button, none needs forms to be shown.
const NameDialog = lazy(() => import('./name_dialog'));

/** "Save as set": what a list or a lasso holds, kept under a name. A filter is asked anew each time, chosen records stay as they are. */
export function SaveSet({ body, suggested, n, size }: { body: () => Omit<SetRequest, 'name'>; suggested: string; n?: number | undefined; size?: 'small' | 'middle' }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { keep } = useKept(ws.id, 'sets');
  const [open, setOpen] = useState(false);
  const save = async (name: string) => {
    const made = await keep<RecordSet>({ ...body(), name });
    // Messages stand outside of the router: no Link there.
    void message.success(<span>{t('sets.kept', { name: made.name, n: count(made.records) })} <Button type="link" size="small" onClick={() => void navigate(ws.page('/sets'))}>{t('sets.open')}</Button></span>);
  };
  return (
    <>
      <Button size={size ?? 'small'} icon={<FolderAddOutlined />} disabled={n === 0} onClick={() => setOpen(true)}>{t('sets.save')}</Button>
      {open ? <Suspense fallback={null}><NameDialog open={open} close={() => setOpen(false)} title={t('sets.save')} suggested={suggested} keep={save} text={n === undefined ? undefined : t('sets.holds', { n: count(n) })} /></Suspense> : null}
    </>
  );
}
