import {
  AimOutlined, AlertOutlined, BankOutlined, BranchesOutlined, ControlOutlined, DatabaseOutlined, DeploymentUnitOutlined, FieldTimeOutlined, FireOutlined, FolderOpenOutlined, GlobalOutlined, HeatMapOutlined, HistoryOutlined, HomeOutlined, IdcardOutlined, ImportOutlined,
  OrderedListOutlined, RadarChartOutlined, RiseOutlined, SyncOutlined, TrophyOutlined, UserSwitchOutlined, AuditOutlined, FileTextOutlined, SolutionOutlined, TagsOutlined, TeamOutlined, UnorderedListOutlined,
} from '@ant-design/icons';
import { Menu, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { hasRole, useSession, type Role } from '../shared/api/session';
import { useWorkspace } from '../shared/workspace';

interface Entry {
  path: string;
  name: string;
  icon: React.ReactNode;
  roles?: Role[];
}

const expertReaders: Role[] = ['moderator', 'curator', 'analyst', 'admin'];

const groups: { name: string; entries: Entry[] }[] = [
  { name: '', entries: [{ path: '', name: 'menu.home', icon: <HomeOutlined /> }] },
  {
    name: 'menu.group.topics',
    entries: [
      { path: '/emerging', name: 'menu.emerging', icon: <RiseOutlined /> },
      { path: '/topics', name: 'menu.topics', icon: <TagsOutlined /> },
      { path: '/map', name: 'menu.map', icon: <HeatMapOutlined /> },
      { path: '/evolution', name: 'menu.evolution', icon: <BranchesOutlined /> },
      { path: '/weak-signals', name: 'menu.weak_signals', icon: <AimOutlined /> },
      { path: '/bursts', name: 'menu.bursts', icon: <FireOutlined /> },
      { path: '/lag', name: 'menu.lag', icon: <FieldTimeOutlined /> },
    ],
  },
  { name: 'menu.group.knowledge', entries: [{ path: '/knowledge', name: 'menu.knowledge', icon: <DeploymentUnitOutlined /> }] },
  {
    name: 'menu.group.actors',
    entries: [
      { path: '/countries', name: 'menu.countries', icon: <GlobalOutlined /> },
      { path: '/organisations', name: 'menu.organisations', icon: <BankOutlined /> },
      { path: '/persons', name: 'menu.persons', icon: <TeamOutlined /> },
    ],
  },
  {
    name: 'menu.group.experts',
    entries: [
      { path: '/experts', name: 'menu.experts', icon: <IdcardOutlined />, roles: expertReaders },
      { path: '/experts/ask', name: 'menu.ask_experts', icon: <UserSwitchOutlined />, roles: expertReaders },
      { path: '/longlists', name: 'menu.longlists', icon: <OrderedListOutlined />, roles: expertReaders },
      { path: '/delphi', name: 'menu.delphi', icon: <SolutionOutlined />, roles: [...expertReaders, 'auditor'] },
      { path: '/selections', name: 'menu.selections', icon: <TrophyOutlined />, roles: expertReaders },
      { path: '/radar', name: 'menu.radar', icon: <RadarChartOutlined />, roles: expertReaders },
      { path: '/lookback', name: 'menu.lookback', icon: <HistoryOutlined />, roles: expertReaders },
      { path: '/iterations', name: 'menu.iterations', icon: <SyncOutlined /> },
    ],
  },
  { name: 'menu.group.watch', entries: [{ path: '/alerts', name: 'menu.alerts', icon: <AlertOutlined /> }] },
  { name: 'menu.group.reports', entries: [{ path: '/reports', name: 'menu.reports', icon: <FileTextOutlined /> }] },
  {
    name: 'menu.group.data',
    entries: [
      { path: '/sets', name: 'menu.sets', icon: <FolderOpenOutlined /> },
      { path: '/data', name: 'menu.data', icon: <DatabaseOutlined /> },
      { path: '/data/import', name: 'menu.import', icon: <ImportOutlined />, roles: ['analyst', 'curator', 'admin'] },
    ],
  },
  {
    name: 'menu.group.admin',
    entries: [
      { path: '/judgements', name: 'menu.judgements', icon: <AuditOutlined /> },
      { path: '/jobs', name: 'menu.jobs', icon: <UnorderedListOutlined /> },
      { path: '/admin', name: 'menu.admin', icon: <ControlOutlined />, roles: ['admin', 'auditor'] },
    ],
  },
];

export function SideMenu({ onNavigate }: { onNavigate?: () => void }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const here = pathname.replace(/^\/w\/[^/]+/, '');
  const shown = groups
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => !entry.roles || hasRole(session, ...entry.roles)) }))
    .filter((group) => group.entries.length > 0);
  const selected = shown
    .flatMap((group) => group.entries)
    .filter((entry) => here === entry.path || (entry.path !== '' && here.startsWith(`${entry.path}/`)))
    .sort((a, b) => b.path.length - a.path.length)[0];
  const items: MenuProps['items'] = shown.flatMap((group): NonNullable<MenuProps['items']> => {
    const entries = group.entries.map((entry) => ({ key: entry.path || '/', icon: entry.icon, label: t(entry.name) }));
    return group.name ? [{ type: 'group' as const, key: group.name, label: t(group.name), children: entries }] : entries;
  });
  return (
    <Menu
      mode="inline"
      items={items}
      selectedKeys={selected ? [selected.path || '/'] : []}
      onClick={({ key }) => {
        void navigate(ws.page(key === '/' ? '' : key));
        onNavigate?.();
      }}
    />
  );
}
