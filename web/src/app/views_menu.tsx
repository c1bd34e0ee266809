import { BookOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Tooltip } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useKept, useViews } from '../shared/api/sets';
import { useWorkspace } from '../shared/workspace';

const NameDialog = lazy(() => import('../shared/ui/name_dialog'));

/** The pages one has kept as they were, and the present one to be kept: filters, order and selection stand in the address. */
export function ViewsMenu() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { message } = App.useApp();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const views = useViews(ws.id);
  const { keep } = useKept(ws.id, 'views');
  const [saving, setSaving] = useState(false);
  const [open, setOpen] = useState(false);
  const items = views.data?.items ?? [];
  const save = async (name: string) => {
    await keep({ name, page: pathname.replace(/^\/w\/[^/]+/, '') || '/', query: search.slice(1) });
    void message.success(t('views.kept', { name }));
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        onOpenChange={setOpen}
        menu={{
          items: [
            { key: 'save', label: t('views.save') },
            { type: 'divider' },
            ...(items.length === 0 ? [{ key: 'none', disabled: true, label: t('views.none') }] : items.slice(0, 12).map((view) => ({ key: `view:${view.id}`, label: view.name }))),
            { type: 'divider' },
            { key: 'all', label: t('views.all') },
          ],
          onClick: ({ key }) => {
            if (key === 'save') setSaving(true);
            if (key === 'all') void navigate(ws.page('/sets?tab=views'));
            const view = items.find((one) => `view:${one.id}` === key);
            if (view) void navigate(ws.page(`${view.page === '/' ? '' : view.page}${view.query ? `?${view.query}` : ''}`));
          },
        }}
      >
        <Tooltip title={open ? '' : t('views.menu')}><Button type="text" className="desk-only" icon={<BookOutlined />} aria-label={t('views.menu')} /></Tooltip>
      </Dropdown>
      {saving ? <Suspense fallback={null}><NameDialog open={saving} close={() => setSaving(false)} title={t('views.save')} suggested={document.title.split(' · ')[0] ?? ''} keep={save} text={t('views.save_text')} /></Suspense> : null}
    </>
  );
}
