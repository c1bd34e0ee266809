import { DislikeOutlined, LikeOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Dropdown, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordsNamed } from '../../shared/api/records';
import { inLanguage } from '../../shared/delphi/model';
import { count } from '../../shared/format';
import { NumberLink } from '../../shared/ui/number_link';
import { useWorkspace } from '../../shared/workspace';
import { isOpen, listPath, useListChange, type Entry, type Origin } from './api';

export type EntryAct = 'reword' | 'split' | 'accepted' | 'rejected' | 'candidate';

const colors: Record<string, string> = { accepted: 'success', rejected: 'error', candidate: 'processing', merged: 'default', split: 'default' };

/** Where an entry came from, and the records it rests on. */
export function OriginLine({ origin }: { origin: Origin }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const where = origin.kind === 'topic' && origin.topic ? <Link to={ws.page(`/topics/${origin.topic}`)}>{t('list.origin.topic')}</Link>
    : origin.kind === 'signal' && origin.term ? <NumberLink docs={origin.term}>{t('list.origin.signal')}</NumberLink>
    : origin.kind === 'import' ? t('list.origin_file', { file: origin.file ?? '', line: origin.line ?? '' })
    : origin.kind === 'cluster' ? t('list.origin_cluster', { n: count(origin.items?.length ?? 0), file: origin.file ?? '' })
    : origin.kind === 'merge' ? t('list.origin_merge', { n: count(origin.sources?.length ?? 0) })
    : t('list.origin_proposal', { by: origin.by ?? '' });
  const records = origin.records ?? [];
  return (
    <span className="record-meta">
      <span>{where}</span>
      {(origin.authors ?? []).length > 0 ? <span>{t('list.authors', { names: (origin.authors ?? []).join(', ') })}</span> : null}
      {records.length > 0 ? <NumberLink docs={recordsNamed(records)}>{t('list.evidence', { n: count(records.length) })}</NumberLink> : <span>{t('list.no_evidence')}</span>}
    </span>
  );
}

interface Props {
  entry: Entry;
  may: boolean;
  mayVote: boolean;
  chosen: boolean;
  choose: () => void;
  act: (what: EntryAct) => void;
  history: () => void;
}

export function EntryRow({ entry, may, mayVote, chosen, choose, act, history }: Props) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useListChange(ws.id);
  const { message } = App.useApp();
  const open = isOpen(entry);
  const other = inLanguage(entry) === entry.zh ? entry.en : entry.zh;
  const vote = async (value: number) => {
    if (await change('POST', `${listPath(ws.id, entry.list)}/votes`, { entry: entry.id, vote: value })) void message.success(t(value === 0 ? 'list.vote_back' : 'list.voted'));
  };
  const acts = (['reword', 'split', 'accepted', 'rejected', 'candidate'] as const).filter((what) => what !== entry.state);
  return (
    <article className={`record ll-entry${open ? '' : ' closed'}`}>
      {open && may ? <Checkbox checked={chosen} onChange={choose} aria-label={t('list.choose', { name: inLanguage(entry) })} /> : <span />}
      <div style={{ minWidth: 0 }}>
        <div className="ll-words">{inLanguage(entry)}</div>
        {other && other !== inLanguage(entry) ? <div className="muted small">{other}</div> : null}
        {entry.field ? <div className="muted small">{entry.field}</div> : null}
        <OriginLine origin={entry.origin} />
      </div>
      <div className="ll-side">
        <Tag variant="filled" color={colors[entry.state]}>{t(`list.state.${entry.state}`)}</Tag>
        <span className="ll-votes num small">
          {mayVote && open ? <Button size="small" type="text" icon={<LikeOutlined />} aria-label={t('list.for')} onClick={() => void vote(1)} /> : t('list.for')} {count(entry.in_favour)}
          {mayVote && open ? <Button size="small" type="text" icon={<DislikeOutlined />} aria-label={t('list.against')} onClick={() => void vote(-1)} /> : ` · ${t('list.against')}`} {count(entry.against)}
        </span>
        <Button size="small" type="text" onClick={history}>{t('list.history_n', { n: count(entry.lineage.length) })}</Button>
        {open && (may || mayVote) ? (
          <Dropdown trigger={['click']} menu={{ items: [...(may ? acts.map((key) => ({ key, label: t(`list.act.${key}`) })) : []), ...(mayVote ? [{ key: 'vote_back', label: t('list.take_back') }] : [])], onClick: ({ key }) => (key === 'vote_back' ? void vote(0) : act(key as EntryAct)) }}>
            <Button size="small" aria-label={t('list.more', { name: inLanguage(entry) })}>…</Button>
          </Dropdown>
        ) : null}
      </div>
    </article>
  );
}
