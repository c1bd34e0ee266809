import { Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../shared/api/client';
import type { DocumentRow } from '../../shared/api/records';
import { useTopics } from '../../shared/api/topics';
import { inLanguage } from '../../shared/delphi/model';
import { labelOf } from '../../shared/labels';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import type { Thing } from './api';

export type ThingKind = 'text' | 'record' | 'entry';

/** Texts up to this length stand in the address, so that the question can be sent as a link; a whole proposal does not. */
const addressable = 600;

export interface ThingState {
  kind: ThingKind;
  thing: Thing;
  ready: boolean;
  /** Puts the question into the address. */
  keep: () => void;
  form: React.ReactNode;
}

const listOf = (text: string): string[] => text.split(/[\n;；]+/).map((part) => part.trim()).filter(Boolean);

/** Titles as they are typed, to choose one record of the lake. */
export function RecordSelect({ value, onChange, mode, label }: { value: string[]; onChange: (ids: string[]) => void; mode?: 'multiple'; label: string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [q, setQ] = useState('');
  const found = useApi<{ items: DocumentRow[] }>(q.trim() === '' ? null : ws.api('/search'), { q: q.trim(), limit: 15 });
  return (
    <Select
      showSearch
      allowClear
      filterOption={false}
      onSearch={setQ}
      {...(mode ? { mode } : {})}
      value={mode ? value : (value[0] ?? null)}
      onChange={(next: string | string[] | null) => onChange(next === null || next === undefined ? [] : Array.isArray(next) ? next : [next])}
      placeholder={t('expert.thing.find_record')}
      aria-label={label}
      notFoundContent={q ? (found.isFetching ? t('state.loading') : t('actors.none')) : t('expert.thing.type_title')}
      options={(found.data?.items ?? []).map((row) => ({ value: row.id, label: `${row.title} · ${row.year ?? ''}` }))}
    />
  );
}

export interface EntryHead {
  id: string;
  zh: string;
  en: string;
  state: string;
}

export function EntrySelect({ value, onChange, mode, label }: { value: string[]; onChange: (ids: string[]) => void; mode?: 'multiple'; label: string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const lists = useApi<{ items: { id: string; zh: string; en: string }[] }>(ws.api('/longlists'));
  const [list, setList] = useState('');
  const chosen = list || lists.data?.items[0]?.id || '';
  const entries = useApi<{ entries: EntryHead[] }>(chosen ? ws.api(`/longlists/${chosen}`) : null);
  const options = (entries.data?.entries ?? []).filter((entry) => entry.state !== 'merged' && entry.state !== 'split');
  if (lists.data && lists.data.items.length === 0) return <p className="panel-note">{t('expert.thing.no_lists')}</p>;
  return (
    <>
      {(lists.data?.items.length ?? 0) > 1 ? <Select value={chosen} onChange={setList} aria-label={t('menu.longlists')} options={(lists.data?.items ?? []).map((one) => ({ value: one.id, label: inLanguage(one) }))} /> : null}
      <Select showSearch allowClear {...(mode ? { mode, maxTagCount: 'responsive' as const } : {})} optionFilterProp="label" value={mode ? value : (value[0] ?? null)} onChange={(next: string | string[] | null) => onChange(next === null || next === undefined ? [] : Array.isArray(next) ? next : [next])} placeholder={label} aria-label={label} options={options.map((entry) => ({ value: entry.id, label: inLanguage(entry) }))} />
    </>
  );
}

/** What is to be judged: pasted text (perhaps begun from a topic), a record of the lake, an entry of a technology list; and who is behind it. */
export function useThing(): ThingState {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const topics = useTopics(ws.id);
  const [kindText, setKind] = useUrlValue('kind', 'text');
  const kind: ThingKind = kindText === 'record' || kindText === 'entry' ? kindText : 'text';
  const [linked, setLinked] = useUrlValue('text');
  const [record, setRecord] = useUrlValue('of_record');
  const [entry, setEntry] = useUrlValue('entry');
  const [text, setText] = useState(linked);
  const [authors, setAuthors] = useState('');
  const [organisations, setOrganisations] = useState('');
  const behind = { ...(authors.trim() ? { authors: listOf(authors) } : {}), ...(organisations.trim() ? { organisations: listOf(organisations) } : {}) };
  const thing: Thing = kind === 'text' ? { text: text.trim(), ...behind } : kind === 'record' ? { record, ...behind } : { entry, ...behind };
  const fromTopic = (id: string) => {
    const topic = topics.data?.items.find((one) => one.id === id);
    if (topic) setText([labelOf(topic, 'zh'), labelOf(topic, 'en'), topic.terms.slice(0, 10).map(([term]) => term).join(' ')].filter(Boolean).join('\n'));
  };
  const form = (
    <div className="xp-form">
      <Segmented<ThingKind> block value={kind} onChange={(next) => setKind(next)} options={(['text', 'record', 'entry'] as const).map((value) => ({ value, label: t(`expert.thing.${value}`) }))} />
      {kind === 'text' ? (
        <>
          <Input.TextArea rows={6} value={text} onChange={(event) => setText(event.target.value)} placeholder={t('expert.thing.paste')} aria-label={t('expert.thing.text')} />
          {(topics.data?.items.length ?? 0) > 0 ? <Select showSearch value={null} placeholder={t('expert.thing.from_topic')} aria-label={t('expert.thing.from_topic')} optionFilterProp="label" onChange={(id: string | null) => { if (id) fromTopic(id); }} options={(topics.data?.items ?? []).map((topic) => ({ value: topic.id, label: labelOf(topic) }))} /> : null}
        </>
      ) : null}
      {kind === 'record' ? <RecordSelect value={record ? [record] : []} onChange={(ids) => setRecord(ids[0] ?? null)} label={t('expert.thing.record')} /> : null}
      {kind === 'entry' ? <EntrySelect value={entry ? [entry] : []} onChange={(ids) => setEntry(ids[0] ?? null)} label={t('expert.thing.entry')} /> : null}
      <div className="grid cols-2" style={{ gap: 12 }}>
        <label>{t('expert.thing.authors')}<Input value={authors} onChange={(event) => setAuthors(event.target.value)} placeholder={t('expert.thing.authors_hint')} /></label>
        <label>{t('expert.thing.organisations')}<Input value={organisations} onChange={(event) => setOrganisations(event.target.value)} placeholder={t('expert.thing.authors_hint')} /></label>
      </div>
    </div>
  );
  const ready = kind === 'text' ? text.trim() !== '' : kind === 'record' ? record !== '' : entry !== '';
  return { kind, thing, ready, form, keep: () => setLinked(kind === 'text' && text.length <= addressable ? text.trim() : null) };
}
