import { App, Button, Dropdown, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { get } from '../../shared/api/client';
import { hasRole, useSession } from '../../shared/api/session';
import { count, moment } from '../../shared/format';
import { saveFile } from '../../shared/save_file';
import { Empty } from '../../shared/ui/empty';
import { Loaded, Page } from '../../shared/ui/page';
import { UrlTabs } from '../../shared/ui/url_tabs';
import { useWorkspace } from '../../shared/workspace';
import { base, expertPath, useExpertChange, useProfile, type Expert, type Profile } from './api';
import { ExpertFields, formOf, readForm, type ExpertForm } from './expert_form';
import './experts.css';
import { IdentityTag, Load, placeOf } from './parts';
import { Facts, Identities, Ties, Topics, Works } from './profile_parts';

interface Erasure {
  ties_deleted: number;
  votes_severed: number;
  forecasts_severed: number;
  entries_severed: number;
}

/** What the law gives a person: consent and its withdrawal, everything kept as a file, erasure. */
function PersonalData({ expert, id }: { expert: Expert; id: string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const change = useExpertChange(ws.id);
  const { message, modal } = App.useApp();
  const [version, setVersion] = useState('1');
  const [erasing, setErasing] = useState(false);
  const [form] = Form.useForm<{ name: string; reason: string }>();
  const consent = async (text_version: string) => {
    if (await change('POST', `${expertPath(ws.id, id)}/consent`, { text_version })) void message.success(t('expert.consent_kept'));
  };
  const save = async () => {
    try {
      saveFile(`${id}.json`, JSON.stringify(await get(`${expertPath(ws.id, id)}/export`), null, 1), 'application/json');
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  const erase = async ({ reason }: { reason: string }) => {
    const done = await change<Erasure>('DELETE', expertPath(ws.id, id), { reason });
    if (!done) return;
    modal.success({ title: t('expert.erased'), content: t('expert.erased_text', { ties: done.ties_deleted, votes: done.votes_severed, forecasts: done.forecasts_severed, entries: done.entries_severed }) });
    void navigate(ws.page('/experts'));
  };
  return (
    <div className="grid cols-3">
      <div>
        <h3>{t('expert.consent')}</h3>
        <p className="panel-note">{expert.consent === '' ? t('expert.consent_none_text') : expert.consent === 'withdrawn' ? t('expert.consent_withdrawn_at', { at: moment(expert.consent_at) }) : t('expert.consent_given_at', { version: expert.consent, at: moment(expert.consent_at) })}</p>
        <div className="dp-row tight chips">
          <Input value={version} onChange={(event) => setVersion(event.target.value)} prefix={t('expert.consent_version')} style={{ width: 170 }} aria-label={t('expert.consent_version')} />
          <Button disabled={version.trim() === ''} onClick={() => void consent(version.trim())}>{t('expert.consent_note')}</Button>
          {expert.consent !== '' && expert.consent !== 'withdrawn' ? <Button onClick={() => void consent('withdrawn')}>{t('expert.consent_withdraw')}</Button> : null}
        </div>
      </div>
      <div>
        <h3>{t('expert.export')}</h3>
        <p className="panel-note">{t('expert.export_text')}</p>
        <Button onClick={() => void save()}>{t('expert.export_do')}</Button>
      </div>
      <div>
        <h3>{t('expert.erase')}</h3>
        <p className="panel-note">{t('expert.erase_text')}</p>
        <Button danger onClick={() => setErasing(true)}>{t('expert.erase_do')}</Button>
      </div>
      <Modal open={erasing} title={t('expert.erase_sure', { name: expert.name })} okText={t('expert.erase_do')} okButtonProps={{ danger: true }} cancelText={t('action.cancel')} onCancel={() => setErasing(false)} onOk={() => form.submit()} destroyOnHidden>
        <p className="panel-note">{t('expert.erase_sure_text')}</p>
        <Form form={form} layout="vertical" onFinish={(values) => void erase(values)}>
          <Form.Item name="name" label={t('expert.erase_name', { name: expert.name })} rules={[{ validator: (_, value: string) => (value === expert.name ? Promise.resolve() : Promise.reject(new Error(t('expert.erase_name_wrong')))) }]}><Input autoComplete="off" /></Form.Item>
          <Form.Item name="reason" label={t('judge.reason')} extra={t('expert.no_personal')} rules={[{ required: true, whitespace: true, message: t('judge.reason_needed') }]}><Input /></Form.Item>
        </Form>
      </Modal>
    </div>
  );
}

function Edit({ expert, id, close }: { expert: Expert; id: string; close: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useExpertChange(ws.id);
  const [form] = Form.useForm<ExpertForm>();
  const save = async (values: ExpertForm) => {
    const changed = readForm(values, expert);
    if (Object.keys(changed).length === 0 || (await change('PATCH', expertPath(ws.id, id), changed))) close();
  };
  return (
    <Modal open title={t('action.edit')} width={760} okText={t('action.save')} cancelText={t('action.cancel')} onCancel={close} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" initialValues={formOf(expert)} onFinish={(values) => void save(values)}><ExpertFields /></Form>
    </Modal>
  );
}

function History({ rows }: { rows: Profile['history'] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className="panel-note">{t('expert.history_none')}</p>;
  return (
    <>
      {[...rows].reverse().map((event, i) => (
        <div className="xp-event" key={`${event.at}${i}`}>
          <span className="muted num">{moment(event.at)}</span>
          <span>{t(`expert.event.${event.kind}`, { defaultValue: event.kind })} <span className="muted">{Object.values(event.detail).flat().map(String).filter(Boolean).join(' · ')} · {event.by}</span></span>
        </div>
      ))}
    </>
  );
}

export default function ExpertPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { id = '' } = useParams();
  const { data: session } = useSession();
  const change = useExpertChange(ws.id);
  const navigate = useNavigate();
  const profile = useProfile(ws.id, id);
  const [editing, setEditing] = useState(false);
  const may = hasRole(session, 'moderator', 'curator');
  const inLibrary = id.startsWith('expert-');
  const take = async () => {
    const made = await change<Expert>('POST', base(ws.id), { person: id });
    if (made?.id) void navigate(ws.page(`/experts/${made.id}`), { replace: true });
  };
  return (
    <Loaded query={profile} rows={10} absent={<Empty title={t('expert.gone')} text={t('expert.gone_text')} action={<Button onClick={() => void navigate(ws.page('/experts'))}>{t('menu.experts')}</Button>} />}>
      {(data) => {
        const { expert } = data;
        return (
          <Page
            title={expert.name || id}
            lead={[expert.name_zh, expert.name_en, expert.pinyin].filter((name) => name && name !== expert.name).concat(placeOf(expert)).filter(Boolean).join(' · ')}
            actions={
              <>
                <span style={{ alignSelf: 'center' }}><IdentityTag identity={expert.identity} /></span>
                {may && !inLibrary ? <Button type="primary" onClick={() => void take()}>{t('expert.take')}</Button> : null}
                {may && inLibrary ? <Button onClick={() => setEditing(true)}>{t('action.edit')}</Button> : null}
                <Dropdown trigger={['click']} menu={{ items: [{ key: 'conflicts', label: t('expert.ask.conflicts') }, { key: 'panel', label: t('expert.ask.panel') }], onClick: ({ key }) => void navigate(ws.page(`/experts/ask?tab=${key}&who=${encodeURIComponent(id)}`)) }}><Button>{t('expert.ask_about')}</Button></Dropdown>
              </>
            }
          >
            {expert.identity === 'uncertain' || data.identity_candidates.length > 0 ? <Identities data={data} id={id} may={may && inLibrary} /> : null}
            <div className="grid cols-main" style={{ marginBottom: 18 }}>
              <section className="panel"><div className="panel-head"><h2>{t('expert.topics')}</h2></div><Topics data={data} /></section>
              <section className="panel"><div className="panel-head"><h2>{t('expert.facts')}</h2><Load assigned={data.assigned} load={expert.load} away={expert.away_until > new Date().toISOString().slice(0, 10)} /></div><Facts data={data} id={id} may={may && inLibrary} /></section>
            </div>
            <section className="panel">
              <UrlTabs
                items={[
                  { key: 'works', label: `${t('expert.works')} · ${count(data.works.total)}`, children: <Works data={data} /> },
                  { key: 'ties', label: t('expert.ties'), children: <Ties data={data} id={id} may={may} /> },
                  ...(inLibrary && may ? [{ key: 'data', label: t('expert.personal_data'), children: <PersonalData expert={expert} id={id} /> }] : []),
                  ...(inLibrary ? [{ key: 'history', label: t('expert.history'), children: <History rows={data.history} /> }] : []),
                ]}
              />
            </section>
            {editing ? <Edit expert={expert} id={id} close={() => setEditing(false)} /> : null}
          </Page>
        );
      }}
    </Loaded>
  );
}
