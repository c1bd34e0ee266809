import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { hasRole, useSession } from '../../shared/api/session';
import { inLanguage, type Words } from '../../shared/delphi/model';
import { ListFrame } from '../../shared/ui/list_frame';
import { useWorkspace } from '../../shared/workspace';
import { root, useListChange, useLists, type ListHead } from './api';

export default function LonglistsPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const change = useListChange(ws.id);
  const { data: session } = useSession();
  const lists = useLists(ws.id);
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Words>();
  const may = hasRole(session, 'moderator', 'curator');
  const make = async (title: Words) => {
    const made = await change<ListHead>('POST', root(ws.id), { zh: title.zh?.trim() ?? '', en: title.en?.trim() ?? '' });
    if (made?.id) void navigate(ws.page(`/longlists/${made.id}`));
  };
  const start = may ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>{t('list.new')}</Button> : null;
  return (
    <ListFrame
      title={t('menu.longlists')}
      lead={t('list.lead')}
      start={start}
      none={t('list.none')}
      noneText={t('list.none_text')}
      query={lists}
      rows={(items) => [...items].reverse()}
      columns={[
        { title: t('list.title'), render: (_, list) => <Link to={ws.page(`/longlists/${list.id}`)} style={{ fontWeight: 500 }}>{inLanguage(list)}</Link> },
        { title: t('list.version'), align: 'right', render: (_, list) => (list.version > 0 ? t('list.version_n', { n: list.version }) : t('list.version_none')) },
      ]}
    >
      <Modal open={open} title={t('list.new')} okText={t('list.make')} cancelText={t('action.cancel')} onCancel={() => setOpen(false)} onOk={() => form.submit()} destroyOnHidden>
        <Form form={form} layout="vertical" onFinish={(title) => void make(title)}>
          <Form.Item name="zh" label={t('delphi.title_zh')}><Input maxLength={200} /></Form.Item>
          <Form.Item name="en" label={t('delphi.title_en')} dependencies={['zh']} rules={[({ getFieldValue }) => ({ validator: (_, value?: string) => (value?.trim() || String(getFieldValue('zh') ?? '').trim() ? Promise.resolve() : Promise.reject(new Error(t('delphi.missing.title')))) })]}><Input maxLength={200} /></Form.Item>
        </Form>
      </Modal>
    </ListFrame>
  );
}
