import { App, Button, Form, Modal, Select, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useApi } from '../../shared/api/client';
import { count } from '../../shared/format';
import { useWorkspace } from '../../shared/workspace';
import { base, useExpertChange, type Expert } from './api';
import { ExpertFields, readForm, type ExpertForm } from './expert_form';
import { FromTable } from './from_table';

interface Found {
  items: { id: string; name: string; documents: number; organisations: { name: string }[] }[];
}

/** A person of the lake with all that the lake knows of it. */
function FromLake({ done }: { done: (expert: Expert) => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useExpertChange(ws.id);
  const [q, setQ] = useState('');
  const [person, setPerson] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const found = useApi<Found>(q.trim() === '' ? null : ws.api('/persons'), { q: q.trim(), limit: 20 });
  const add = async () => {
    setBusy(true);
    const made = await change<Expert>('POST', base(ws.id), { person });
    setBusy(false);
    if (made) done(made);
  };
  return (
    <div className="xp-form">
      <p className="panel-note">{t('expert.from_lake_text')}</p>
      <Select
        showSearch
        filterOption={false}
        onSearch={setQ}
        value={person}
        onChange={setPerson}
        placeholder={t('expert.from_lake_find')}
        aria-label={t('expert.from_lake_find')}
        notFoundContent={q ? (found.isFetching ? t('state.loading') : t('actors.none')) : t('expert.from_lake_type')}
        options={(found.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.organisations[0]?.name ?? '–'} · ${t('expert.works_n', { n: count(one.documents) })}` }))}
      />
      <div><Button type="primary" disabled={!person} loading={busy} onClick={() => void add()}>{t('expert.add')}</Button></div>
    </div>
  );
}

function ByHand({ done }: { done: (expert: Expert) => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useExpertChange(ws.id);
  const [form] = Form.useForm<ExpertForm>();
  const add = async (values: ExpertForm) => {
    const made = await change<Expert>('POST', base(ws.id), readForm(values));
    if (made) done(made);
  };
  return (
    <Form form={form} layout="vertical" onFinish={(values) => void add(values)}>
      <ExpertFields />
      <Button type="primary" htmlType="submit">{t('expert.add')}</Button>
    </Form>
  );
}

export function AddExpert({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const done = (expert: Expert) => {
    void message.success(t('expert.added', { name: expert.name }));
    close();
    if (expert.id) void navigate(ws.page(`/experts/${expert.id}`));
  };
  return (
    <Modal open={open} onCancel={close} footer={null} title={t('expert.add')} width={720} destroyOnHidden>
      <Tabs items={[{ key: 'lake', label: t('expert.from_lake'), children: <FromLake done={done} /> }, { key: 'table', label: t('expert.from_table'), children: <FromTable close={close} /> }, { key: 'hand', label: t('expert.by_hand'), children: <ByHand done={done} /> }]} />
    </Modal>
  );
}
