import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { hasRole, useSession } from '../../shared/api/session';
import { inLanguage } from '../../shared/delphi/model';
import { count, moment } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded, Page } from '../../shared/ui/page';
import { toggled, useUrlList, useUrlValue } from '../../shared/ui/url_state';
import { UrlTabs } from '../../shared/ui/url_tabs';
import { useWorkspace } from '../../shared/workspace';
import { AddEntries } from './add_entries';
import { isOpen, listPath, useListChange, useLonglist, type Entry, type Longlist } from './api';
import { ChangeForm, type Change } from './change_forms';
import { CoverageTab } from './coverage_tab';
import { EntryRow } from './entry_row';
import './longlist.css';

/** Everything that was done to an entry, with the words that stood before each step. */
function History({ entry, close }: { entry: Entry | null; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open={entry !== null} onClose={close} title={t('list.history')} size={Math.min(560, window.innerWidth)} destroyOnHidden>
      {entry ? <h3 style={{ marginTop: 0 }}>{inLanguage(entry)}</h3> : null}
      {entry && entry.lineage.length === 0 ? <p className="panel-note">{t('list.history_none')}</p> : null}
      {[...(entry?.lineage ?? [])].reverse().map((step, i) => (
        <div className="ll-step" key={`${step.at}${i}`}>
          <b style={{ fontWeight: 500 }}>{t(`list.did.${step.action}`)}</b> <span className="muted small">{step.by} · {moment(step.at)}</span>
          {step.reason ? <div className="small">{t('judge.because', { reason: step.reason })}</div> : null}
          <div className="muted small">{t('list.before')} {inLanguage(step)}</div>
          {step.entries.length > 0 ? <div className="muted small">{step.entries.join(', ')}</div> : null}
        </div>
      ))}
    </Drawer>
  );
}

/** Freezes the list, makes a study of it; each asks before. */
function Actions({ list, add }: { list: Longlist; add: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const change = useListChange(ws.id);
  const { data: session } = useSession();
  const { modal, message } = App.useApp();
  const accepted = list.entries.filter((entry) => entry.state === 'accepted').length;
  const asked = accepted > 0 ? accepted : list.entries.filter((entry) => entry.state === 'candidate').length;
  const freeze = () => {
    let reason = '';
    modal.confirm({
      title: t('list.freeze'),
      content: <><p>{t('list.freeze_text')}</p><Input placeholder={t('list.freeze_reason')} aria-label={t('judge.reason')} onChange={(event) => { reason = event.target.value; }} /></>,
      okText: t('list.freeze'),
      cancelText: t('action.cancel'),
      onOk: async () => {
        const made = await change<{ version: number }>('POST', `${listPath(ws.id, list.id)}/versions`, { reason });
        if (made) void message.success(t('list.frozen', { n: made.version }));
      },
    });
  };
  const ask = () => modal.confirm({
    title: t('list.to_study'),
    content: t(accepted > 0 ? 'list.to_study_accepted' : 'list.to_study_candidates', { n: count(asked) }),
    okText: t('list.to_study'),
    cancelText: t('action.cancel'),
    onOk: async () => {
      const made = await change<{ study: string }>('POST', `${listPath(ws.id, list.id)}/study`, {});
      if (made) void navigate(ws.page(`/delphi/${made.study}`));
    },
  });
  return (
    <>
      {hasRole(session, 'moderator') ? <Button disabled={asked === 0} onClick={() => void ask()}>{t('list.to_study')}</Button> : null}
      <Button disabled={list.entries.length < 2} onClick={() => void navigate(ws.page(`/selections/new?list=${list.id}`))}>{t('list.to_selection')}</Button>
      <Button disabled={list.entries.length === 0} onClick={freeze}>{t('list.freeze')}</Button>
      <Button type="primary" icon={<PlusOutlined />} onClick={add}>{t('list.add')}</Button>
    </>
  );
}

const states = ['candidate', 'accepted', 'rejected', 'merged', 'split'] as const;

function Entries({ list, may, change, add }: { list: Longlist; may: boolean; change: (change: Change) => void; add: () => void }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const [state, setState] = useUrlValue('state');
  const [q, setQ] = useUrlValue('q');
  const [order, setOrder] = useUrlValue('order', 'as_added');
  const [chosen, setChosen] = useUrlList('chosen');
  const [shown, setShown] = useState<Entry | null>(null);
  const mayVote = hasRole(session, 'expert', 'moderator', 'curator', 'analyst');
  if (list.entries.length === 0) return <Empty title={t('list.empty')} text={t('list.empty_text')} action={may ? <Button type="primary" onClick={add}>{t('list.add')}</Button> : null} />;
  const words = q.toLowerCase();
  const rows = list.entries
    .filter((entry) => (state === '' ? isOpen(entry) : entry.state === state) && `${entry.zh} ${entry.en} ${entry.field}`.toLowerCase().includes(words))
    .sort((a, b) => (order === 'votes' ? b.in_favour - b.against - (a.in_favour - a.against) : 0));
  const picked = list.entries.filter((entry) => chosen.includes(entry.id) && isOpen(entry));
  const each = (what: Change['what']) => change({ what, entries: picked });
  return (
    <>
      <div className="filters">
        <Input.Search allowClear key={q} defaultValue={q} onSearch={(text) => setQ(text.trim() || null)} placeholder={t('list.find')} aria-label={t('list.find')} style={{ width: 240, maxWidth: '100%' }} />
        <Select style={{ minWidth: 150 }} value={state || 'open'} onChange={(value) => setState(value === 'open' ? null : value)} aria-label={t('delphi.state')} options={[{ value: 'open', label: t('list.state.open') }, ...states.map((value) => ({ value: value, label: `${t(`list.state.${value}`)} · ${count(list.entries.filter((entry) => entry.state === value).length)}` }))]} />
        <Select style={{ minWidth: 130 }} value={order} onChange={setOrder} aria-label={t('list.order')} options={['as_added', 'votes'].map((value) => ({ value, label: t(`list.order.${value}`) }))} />
        <span className="muted small num" style={{ marginLeft: 'auto' }}>{t('actors.total', { n: count(rows.length) })}</span>
      </div>
      {rows.length === 0 ? <p className="panel-note">{t('actors.none')}</p> : null}
      {rows.map((entry) => <EntryRow key={entry.id} entry={entry} may={may} mayVote={mayVote} chosen={chosen.includes(entry.id)} choose={() => setChosen(toggled(entry.id))} act={(what) => change({ what, entries: [entry] })} history={() => setShown(entry)} />)}
      {picked.length > 0 ? (
        <div className="tray">
          <span>{t('list.chosen', { n: count(picked.length) })}</span>
          {picked.length > 1 ? <Button size="small" onClick={() => each('merge')}>{t('list.act.merge')}</Button> : null}
          <Button size="small" onClick={() => each('accepted')}>{t('list.act.accepted')}</Button>
          <Button size="small" onClick={() => each('rejected')}>{t('list.act.rejected')}</Button>
          <button type="button" className="chip" onClick={() => setChosen(() => [])}>{t('list.clear')}</button>
        </div>
      ) : null}
      <History entry={shown} close={() => setShown(null)} />
    </>
  );
}

export default function LonglistPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { id = '' } = useParams();
  const { data: session } = useSession();
  const [version, setVersion] = useUrlValue('version');
  const [, setChosen] = useUrlList('chosen');
  const current = useLonglist(ws.id, id);
  const old = useLonglist(ws.id, id, Number(version) || 0);
  const [adding, setAdding] = useState(false);
  const [change, setChange] = useState<Change | null>(null);
  const frozen = Number(version) > 0;
  const may = hasRole(session, 'moderator', 'curator') && !frozen;
  return (
    <Loaded query={frozen ? old : current} rows={10}>
      {(list) => (
        <Page title={inLanguage(list)} lead={frozen ? t('list.frozen_lead', { n: version }) : t('list.page_lead')} actions={
          <>
            <Select style={{ minWidth: 120 }} value={version || '0'} onChange={(value) => setVersion(value === '0' ? null : value)} aria-label={t('list.version')} options={[{ value: '0', label: t('list.now') }, ...Array.from({ length: current.data?.version ?? 0 }, (_, i) => ({ value: String(i + 1), label: t('list.version_n', { n: i + 1 }) })).reverse()]} />
            <Button href={`/api/v1${listPath(ws.id, list.id)}?format=csv${frozen ? `&version=${version}` : ''}`} download={`${list.id}.csv`}>CSV</Button>
            {may ? <Actions list={list} add={() => setAdding(true)} /> : null}
          </>
        }>
          <section className="panel">
            <UrlTabs
              items={[
                { key: 'entries', label: `${t('list.entries')} · ${count(list.entries.filter(isOpen).length)}`, children: <Entries list={list} may={may} change={setChange} add={() => setAdding(true)} /> },
                ...(frozen ? [] : [{ key: 'coverage', label: t('list.coverage'), children: <CoverageTab list={list} may={may} merge={(entries) => setChange({ what: 'merge', entries })} /> }]),
              ]}
            />
          </section>
          <AddEntries list={list.id} open={adding} close={() => setAdding(false)} />
          {change ? <ChangeForm change={change} list={list.id} close={(done) => { setChange(null); if (done) setChosen(() => []); }} /> : null}
        </Page>
      )}
    </Loaded>
  );
}
