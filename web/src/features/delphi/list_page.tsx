import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { hasRole, useSession } from '../../shared/api/session';
import { inLanguage } from '../../shared/delphi/model';
import { count, date } from '../../shared/format';
import { ListFrame } from '../../shared/ui/list_frame';
import { useWorkspace } from '../../shared/workspace';
import { useStudies } from './api';
import { isOver } from './model';

export default function DelphiListPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const { data: session } = useSession();
  const studies = useStudies(ws.id);
  const may = hasRole(session, 'moderator');
  const start = may ? <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(ws.page('/delphi/new'))}>{t('delphi.new')}</Button> : null;
  return (
    <ListFrame
      title={t('menu.delphi')}
      lead={t('delphi.lead')}
      start={start}
      none={t('delphi.none')}
      noneText={may ? t('delphi.none_text') : t('delphi.none_no_role')}
      query={studies}
      columns={[
        { title: t('delphi.study'), render: (_, study) => <Link to={ws.page(`/delphi/${study.id}`)} style={{ fontWeight: 500, whiteSpace: 'normal' }}>{inLanguage(study.title)}</Link> },
        { title: t('delphi.state'), render: (_, study) => <Tag variant="filled" color={study.state === 'round_open' ? 'success' : isOver(study.state) ? 'default' : 'processing'}>{t(`delphi.state.${study.state}`)}</Tag> },
        { title: t('delphi.round'), align: 'right', render: (_, study) => (study.round > 0 ? count(study.round) : '–') },
        { title: t('delphi.mode'), render: (_, study) => t(`delphi.mode.${study.mode}`) },
        { title: t('delphi.created'), render: (_, study) => `${date(study.created_at)} · ${study.created_by}` },
      ]}
    />
  );
}
