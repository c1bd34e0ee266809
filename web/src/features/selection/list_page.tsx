import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { hasRole, useSession } from '../../shared/api/session';
import { inLanguage } from '../../shared/delphi/model';
import { count } from '../../shared/format';
import { ListFrame } from '../../shared/ui/list_frame';
import { useWorkspace } from '../../shared/workspace';
import { useListHeads, useSelections } from './api';

export default function SelectionsPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const { data: session } = useSession();
  const selections = useSelections(ws.id);
  const lists = useListHeads(ws.id);
  const start = hasRole(session, 'moderator', 'curator') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(ws.page('/selections/new'))}>{t('select.new')}</Button> : null;
  const nameOf = (id: string) => { const list = lists.data?.items.find((one) => one.id === id); return (list && inLanguage(list)) || id; };
  return (
    <ListFrame
      title={t('menu.selections')}
      lead={t('select.lead')}
      start={start}
      none={t('select.none')}
      noneText={t('select.none_text')}
      query={selections}
      columns={[
        { title: t('select.selection'), render: (_, one) => <Link to={ws.page(`/selections/${one.id}`)} style={{ fontWeight: 500 }}>{one.title || one.id}</Link> },
        { title: t('list.title'), render: (_, one) => <Link to={ws.page(`/longlists/${one.list}`)}>{nameOf(one.list)}</Link> },
        { title: t('select.ranking'), render: (_, one) => t(`select.ranking.${one.ranking}`) },
        { title: t('select.chosen'), align: 'right', render: (_, one) => t('select.k_of_n', { k: count(one.select), n: count(one.entries) }) },
      ]}
    />
  );
}
