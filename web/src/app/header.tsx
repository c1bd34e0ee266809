import { BellOutlined, LogoutOutlined, MoonOutlined, SearchOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tooltip } from 'antd';
import { useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useSignIn, type Session } from '../shared/api/session';
import { setLanguage } from '../shared/i18n';
import { ThemeContext } from '../shared/theme';
import { useWorkspace } from '../shared/workspace';
import { JobsTray } from './jobs_tray';
import { SearchPalette } from './search_palette';
import { ViewsMenu } from './views_menu';
import { WorkspaceSwitch } from './workspace_switch';

export function Header({ session }: { session: Session }) {
  const { t, i18n } = useTranslation();
  const { mode, setMode } = useContext(ThemeContext);
  const { signOut } = useSignIn();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const [searching, setSearching] = useState(false);

  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if ((event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing)) {
        event.preventDefault();
        setSearching(true);
      }
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);

  const other = i18n.language === 'zh' ? 'en' : 'zh';
  return (
    <>
      <WorkspaceSwitch session={session} />
      <div className="grow" />
      <button type="button" className="search-button" onClick={() => setSearching(true)} aria-label={t('header.search')}>
        <SearchOutlined />
        <span className="words">{t('header.search')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="grow" />
      <Tooltip title={t('header.language')}>
        <Button type="text" lang={other} onClick={() => void setLanguage(other)} aria-label={t('header.language')}>
          {other === 'en' ? 'EN' : '中'}
        </Button>
      </Tooltip>
      <Tooltip title={t(mode === 'dark' ? 'header.light' : 'header.dark')}>
        <Button type="text" icon={mode === 'dark' ? <SunOutlined /> : <MoonOutlined />} aria-label={t(mode === 'dark' ? 'header.light' : 'header.dark')} onClick={() => setMode(mode === 'dark' ? 'light' : 'dark')} />
      </Tooltip>
      <Tooltip title={t('menu.alerts')}>
        <Link to={ws.page('/alerts')} aria-label={t('menu.alerts')} className="desk-only">
          <Button type="text" icon={<BellOutlined />} tabIndex={-1} />
        </Link>
      </Tooltip>
      <ViewsMenu />
      <JobsTray />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'who', disabled: true, label: session.user.roles.map((role) => t(`role.${role}`)).join(' · ') },
            { key: 'account', icon: <UserOutlined />, label: t('header.account') },
            { key: 'out', icon: <LogoutOutlined />, label: t('header.sign_out') },
          ],
          onClick: ({ key }) => {
            if (key === 'out') void signOut();
            if (key === 'account') void navigate(ws.page('/admin?tab=account'));
          },
        }}
      >
        <Button type="text" aria-label={t('header.user')}>
          <span style={{ width: 26, height: 26, borderRadius: 13, background: 'var(--primary)', color: 'var(--card)', display: 'grid', placeItems: 'center', fontSize: 12.5 }}>{(session.user.display_name || session.user.name).slice(0, 1).toUpperCase()}</span>
        </Button>
      </Dropdown>
      <SearchPalette open={searching} onClose={() => setSearching(false)} />
    </>
  );
}
