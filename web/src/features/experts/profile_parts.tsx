import { Alert, App, Button, Form, Input, Modal, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordsNamed } from '../../shared/api/records';
import { countryName } from '../../shared/countries';
import { count, share } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { NumberLink } from '../../shared/ui/number_link';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { base, expertPath, useExpertChange, useExperts, type Profile } from './api';
import { ExpertLink } from './parts';

interface PartProps {
  data: Profile;
  id: string;
  may: boolean;
}

/** Persons of the lake the expert may be: nothing of theirs counts until somebody decides. */
export function Identities({ data, id, may }: PartProps) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useExpertChange(ws.id);
  const { message, modal } = App.useApp();
  const decide = (action: 'join' | 'part', person: string, name: string) => {
    let reason = '';
    modal.confirm({
      title: t(`expert.${action}_sure`, { name }),
      content: <Input.TextArea rows={2} placeholder={t('judge.reason_hint')} aria-label={t('judge.reason')} onChange={(event) => { reason = event.target.value; }} />,
      okText: t(`expert.${action}`),
      cancelText: t('action.cancel'),
      onOk: async () => {
        if (reason.trim() === '') {
          void message.warning(t('judge.reason_needed'));
          throw new Error('reason');
        }
        await change('POST', `${expertPath(ws.id, id)}/identities`, { action, person, reason });
      },
    });
  };
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 18 }}
      title={t('expert.who_is_it')}
      description={
        <>
          <p style={{ margin: '0 0 6px' }}>{t('expert.who_is_it_text')}</p>
          <ul className="xp-list">
            {data.identity_candidates.map((person) => (
              <li key={person.id} style={{ flexWrap: 'wrap' }}>
                <span><ExpertLink id={person.id} name={person.name} /> <NumberLink docs={`person=${person.name}`}>{t('expert.works_n', { n: count(person.works) })}</NumberLink></span>
                {may ? <span className="chips"><Button size="small" type="primary" ghost onClick={() => decide('join', person.id, person.name)}>{t('expert.join')}</Button><Button size="small" onClick={() => decide('part', person.id, person.name)}>{t('expert.part')}</Button></span> : null}
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}

export function Topics({ data }: { data: Profile }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const top = data.topics.slice(0, 8);
  const most = top[0]?.share ?? 1;
  if (top.length === 0) return <p className="panel-note">{t(data.works.total === 0 ? 'expert.topics_no_works' : 'expert.topics_none')}</p>;
  return (
    <>
      {top.map((topic) => (
        <div className="bar-row" key={topic.id}>
          <Link to={ws.page(`/topics/${topic.id}`)}>{labelOf({ id: topic.id, label_zh: topic.zh, label_en: topic.en })}</Link>
          <span className="track"><i className="fill" style={{ display: 'block', width: `${(100 * topic.share) / most}%` }} /></span>
          <span className="num">{share(topic.share, 0)} · <NumberLink docs={recordsNamed(topic.records)}>{t('expert.works_n', { n: count(topic.records.length) })}</NumberLink></span>
        </div>
      ))}
      <p className="panel-note">{t('expert.topics_explain')}</p>
    </>
  );
}

export function Facts({ data, id, may }: PartProps) {
  const { t } = useTranslation();
  const { expert } = data;
  const rows: [string, React.ReactNode][] = [
    ['organisation', expert.organisation],
    ['title', expert.title],
    ['sector', expert.sector],
    ['region', [expert.region, expert.country ? countryName(expert.country) : ''].filter(Boolean).join(' · ')],
    ['orcid', [...new Set([expert.orcid, ...data.orcids])].filter(Boolean).map((orcid) => <a key={orcid} href={`https://orcid.org/${orcid}`} target="_blank" rel="noreferrer noopener">{orcid} ↗ </a>)],
    ['email', expert.email],
    ['fields', expert.fields.join(' · ')],
    ['languages', (expert.languages.length > 0 ? expert.languages : data.languages.map((one) => one.value)).join(' · ')],
    ['seniority', expert.seniority],
    ['age_band', expert.age_band],
    ['gender', expert.gender],
    ['projects', expert.projects.join(' · ')],
    ['patents', expert.patents.join(' · ')],
    ['panels', expert.panels.join(' · ')],
  ];
  return (
    <dl className="facts">
      {rows.filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Boolean(value))).map(([name, value]) => [<dt key={name}>{t(`expert.field.${name}`)}</dt>, <dd key={`${name}-`}>{value}</dd>])}
      <dt>{t('expert.source')}</dt><dd>{t(`expert.source.${expert.source || 'lake'}`)}</dd>
      <dt>{t('expert.persons')}</dt>
      <dd>{expert.persons.length > 0 && expert.identity === 'certain' ? <Persons data={data} id={id} may={may} /> : '–'}</dd>
    </dl>
  );
}

/** The persons of the lake that are this expert for certain; a wrong one can be parted again. */
function Persons({ data, id, may }: PartProps) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useExpertChange(ws.id);
  const { modal } = App.useApp();
  const part = (person: string) => modal.confirm({ title: t('expert.part_sure', { name: person }), content: t('expert.part_text'), okText: t('expert.part'), cancelText: t('action.cancel'), onOk: () => change('POST', `${expertPath(ws.id, id)}/identities`, { action: 'part', person, reason: '' }) });
  return <>{data.expert.persons.map((person) => <div key={person}>{person} {may ? <Button size="small" type="link" onClick={() => void part(person)}>{t('expert.part')}</Button> : null}</div>)}</>;
}

export function Works({ data }: { data: Profile }) {
  const { t } = useTranslation();
  const [, openRecord] = useUrlValue('record');
  const [shown, setShown] = useState(20);
  const { works } = data;
  if (works.total === 0) return <p className="panel-note">{t('expert.works_none')}</p>;
  const of = (test: (row: Profile['works']['records'][number]) => boolean) => recordsNamed(works.records.filter(test).map((row) => row.record));
  return (
    <div className="grid cols-main">
      <div>
        {works.records.slice(0, shown).map((row) => (
          <div className="record" key={row.record} style={{ padding: '8px 0' }}>
            <button type="button" className="record-title" onClick={() => openRecord(row.record)}>{row.title || row.record}</button>
            <div className="record-meta"><span>{row.year || '–'}</span><span>{t(`kind_one.${row.kind}`)}</span></div>
          </div>
        ))}
        {works.records.length > shown ? <Button size="small" style={{ marginTop: 10 }} onClick={() => setShown(shown + 40)}>{t('expert.more', { n: count(works.records.length - shown) })}</Button> : null}
      </div>
      <div>
        <h3>{t('actors.years')}</h3>
        <ul className="xp-list">{[...works.by_year].reverse().slice(0, 10).map((row) => <li key={row.year}><span>{row.year}</span><NumberLink docs={of((one) => one.year === row.year)}>{count(row.works)}</NumberLink></li>)}</ul>
        <h3>{t('record.kind')}</h3>
        <ul className="xp-list">{Object.entries(works.by_kind).map(([kind, n]) => <li key={kind}><span>{t(`kind.${kind}`)}</span><NumberLink docs={of((one) => one.kind === kind)}>{count(n)}</NumberLink></li>)}</ul>
        {data.organisations.length > 0 ? <h3>{t('menu.organisations')}</h3> : null}
        <ul className="xp-list">{data.organisations.slice(0, 8).map((one) => <li key={one.name}><span>{one.name} <span className="muted small num">{one.first_year ? `${one.first_year}–${one.last_year}` : ''}</span></span><NumberLink docs={recordsNamed(one.records)}>{count(one.records.length)}</NumberLink></li>)}</ul>
      </div>
    </div>
  );
}

/** Who a person wrote with, and what somebody declared: the ground of every conflict check. */
export function Ties({ data, id, may }: PartProps) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useExpertChange(ws.id);
  const [open, setOpen] = useState(false);
  const [q, setQ] = useState('');
  const [form] = Form.useForm<{ b: string[]; reason: string }>();
  const others = useExperts(ws.id, { q, limit: 20 });
  const declare = async ({ b, reason }: { b: string[]; reason: string }) => {
    if (await change('POST', `${base(ws.id)}/ties`, { a: id, b: b[0], reason })) setOpen(false);
  };
  return (
    <div className="grid cols-2">
      <div>
        <h3>{t('expert.coauthors')}</h3>
        {data.coauthors.length === 0 ? <p className="panel-note">{t('expert.coauthors_none')}</p> : null}
        <ul className="xp-list">{data.coauthors.map((one) => <li key={one.id}><ExpertLink id={one.id} name={one.name} /><NumberLink docs={recordsNamed(one.records)}>{t('expert.works_n', { n: count(one.works) })}</NumberLink></li>)}</ul>
      </div>
      <div>
        <h3>{t('expert.declared')}</h3>
        {data.ties.length === 0 ? <p className="panel-note">{t('expert.declared_none')}</p> : null}
        <ul className="xp-list">{data.ties.map((tie) => <li key={tie.id}><span>{/^(expert|person)-/.test(tie.with) ? <ExpertLink id={tie.with} name={tie.name} /> : tie.name}</span><Tag variant="filled">{tie.reason}</Tag></li>)}</ul>
        {may ? <Button size="small" style={{ marginTop: 10 }} onClick={() => setOpen(true)}>{t('expert.declare')}</Button> : null}
      </div>
      <Modal open={open} title={t('expert.declare')} okText={t('judge.keep')} cancelText={t('action.cancel')} onCancel={() => setOpen(false)} onOk={() => form.submit()} destroyOnHidden>
        <Form form={form} layout="vertical" onFinish={(values) => void declare(values)}>
          <Form.Item name="b" label={t('expert.tie_with')} extra={t('expert.tie_with_text')} rules={[{ required: true, message: t('door.required') }]}>
            <Select mode="tags" maxCount={1} onSearch={setQ} filterOption={false} options={(others.data?.items ?? []).filter((one) => one.id !== id).map((one) => ({ value: one.id ?? '', label: `${one.name} · ${one.organisation}` }))} />
          </Form.Item>
          <Form.Item name="reason" label={t('expert.tie_reason')} rules={[{ required: true, whitespace: true, message: t('judge.reason_needed') }]}><Input /></Form.Item>
        </Form>
      </Modal>
    </div>
  );
}
