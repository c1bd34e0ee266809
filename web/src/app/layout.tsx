import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from '../shared/api/session';
import { Mark } from '../shared/ui/brand';
import { Failure, Waiting } from '../shared/ui/page';
import { useWorkspace } from '../shared/workspace';
import { Header } from './header';
import { SideMenu } from './menu';

const Drawers = lazy(() => import('../shared/ui/drawers').then((loaded) => ({ default: loaded.Drawers })));

/** Records and their lists open over every page; what shows them is loaded when the first is asked for. */
function RecordDrawers() {
  const { search } = useLocation();
  const asked = /[?&](docs|record)=/.test(search);
  const [loaded, setLoaded] = useState(asked);
  if (asked && !loaded) setLoaded(true);
  return loaded ? <Suspense fallback={null}><Drawers /></Suspense> : null;
}

function Brand() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  return (
    <Link className="brand" to={ws.page('')} aria-label={t('menu.home')}>
      <Mark className="brand-mark" />
      <div>
        <div className="brand-name">见微</div>
        <div className="brand-sub">Jianwei</div>
      </div>
    </Link>
  );
}

export function Layout() {
  const { t } = useTranslation();
  const session = useSession();
  const ws = useWorkspace();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const [menu, setMenu] = useState(false);
  useEffect(() => {
    main.current?.scrollTo({ top: 0 });
    localStorage.setItem('jianwei.workspace', ws.id);
  }, [pathname, ws.id]);

  if (session.error) return <div className="page"><Failure error={session.error} retry={() => void session.refetch()} /></div>;
  if (session.data === undefined) return <div className="page"><Waiting /></div>;
  if (session.data === null) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname)}`} replace />;

  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('action.skip')}
      </a>
      <Brand />
      <header className="header">
        <Button className="phone-only" type="text" icon={<MenuOutlined />} aria-label={t('menu.open')} onClick={() => setMenu(true)} />
        <Header session={session.data} />
      </header>
      <nav className="side" aria-label={t('menu.label')}>
        <SideMenu />
        <div className="side-foot">{session.data.version}</div>
      </nav>
      <main className="main" id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<div className="page"><Waiting /></div>}>
          <Outlet />
        </Suspense>
      </main>
      <Drawer open={menu} placement="left" size={264} onClose={() => setMenu(false)} title={<Brand />}>
        <SideMenu onNavigate={() => setMenu(false)} />
      </Drawer>
      <RecordDrawers />
    </div>
  );
}
