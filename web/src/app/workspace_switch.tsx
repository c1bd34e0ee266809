import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useApi } from '../shared/api/client';
import type { components } from '../shared/api/schema';
import { hasRole, type Session } from '../shared/api/session';
import { useWorkspace } from '../shared/workspace';

type Schemas = components['schemas'];

const NewWorkspace = lazy(() => import('./new_workspace'));

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
      {making ? <Suspense fallback={null}><NewWorkspace open close={() => setMaking(false)} /></Suspense> : null}
    </>
  );
}
