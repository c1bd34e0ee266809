import { useTranslation } from 'react-i18next';
import { hasRole, useSession } from '../../shared/api/session';
import { Page } from '../../shared/ui/page';
import { UrlTabs } from '../../shared/ui/url_tabs';
import { Account } from './account';
import { Audit } from './audit';
import { MapBaseSettings } from './map_base';
import { Tokens } from './tokens';
import { Users } from './users';

export default function AdminPage() {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const admin = hasRole(session, 'admin');
  return (
    <Page title={t('menu.admin')}>
      <section className="panel">
        <UrlTabs
          items={[
            ...(admin ? [{ key: 'users', label: t('admin.users'), children: <Users /> }] : []),
            { key: 'account', label: t('admin.account'), children: <Account /> },
            { key: 'tokens', label: t('admin.tokens'), children: <Tokens /> },
            ...(admin ? [{ key: 'map', label: t('map_base.tab'), children: <MapBaseSettings /> }] : []),
            ...(hasRole(session, 'admin', 'auditor') ? [{ key: 'audit', label: t('admin.audit'), children: <Audit /> }] : []),
          ]}
        />
      </section>
    </Page>
  );
}
