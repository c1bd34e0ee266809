import { App, Button, Input, Modal, Tag } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useApi } from '../../shared/api/client';
import { isOpen, startJob, useJobs } from '../../shared/api/jobs';
import type { components } from '../../shared/api/schema';
import { hasRole, useSession } from '../../shared/api/session';
import { moment } from '../../shared/format';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';

type Schemas = components['schemas'];
type Draft = Schemas['Draft'];
type Take = 'label' | 'summary';

/** Numbers that open the records a sentence rests on. */
function Cited({ draft, ids }: { draft: Draft; ids: string[] }) {
  const { t } = useTranslation();
  const [, open] = useUrlValue('record');
  return (
    <>
      {ids.map((id) => {
        const at = draft.records.findIndex((record) => record.id === id);
        return <button key={id} type="button" className="number-link small" style={{ marginLeft: 4 }} aria-label={t('draft.cites', { title: draft.records[at]?.title ?? id })} onClick={() => open(id)}>[{at + 1}]</button>;
      })}
    </>
  );
}

/** What a language model proposes for a topic: a draft, marked as one, with the records behind each sentence. It counts for nothing until somebody takes it as their own. */
export function TopicDraft({ topic }: { topic: string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { data: session } = useSession();
  const drafts = useApi<Schemas['DraftPage']>(ws.api('/drafts'), { topic, limit: 10 });
  const jobs = useJobs() ?? [];
  const [taking, setTaking] = useState<Take[] | null>(null);
  const [reason, setReason] = useState('');
  const may = hasRole(session, 'analyst', 'curator');
  const draft = drafts.data?.items.find((one) => one.state === 'draft');
  const working = jobs.some((job) => job.kind === 'draft' && job.workspace === ws.id && job.parameters['topic'] === topic && isOpen(job));
  if (!drafts.data || (!draft && !(drafts.data.enabled && may))) return null;

  const refresh = () => client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(`/w/${ws.id}`) || query.queryKey[0] === '/jobs' });
  const act = async (what: Promise<unknown>) => {
    try {
      await what;
      setTaking(null);
      setReason('');
      await refresh();
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  return (
    <section className="panel" style={{ marginBottom: 18, borderStyle: 'dashed' }} aria-label={t('draft.title')}>
      <div className="panel-head">
        <h2>{t('draft.title')} <Tag color="warning" variant="filled">{t('draft.mark')}</Tag></h2>
        {drafts.data.enabled && may ? <Button size="small" loading={working} onClick={() => void act(startJob(ws.id, 'draft', { topic }))}>{t(draft ? 'draft.again' : 'draft.ask')}</Button> : null}
      </div>
      {draft ? (
        <>
          <p style={{ margin: '0 0 8px' }}><b>{draft.label_zh}</b>{draft.label_zh && draft.label_en ? ' · ' : ''}<b>{draft.label_en}</b><Cited draft={draft} ids={draft.label_records} /></p>
          <p style={{ lineHeight: 1.75, margin: '0 0 10px' }}>{draft.summary.map((sentence, i) => <span key={i}>{sentence.text}<Cited draft={draft} ids={sentence.records} /> </span>)}</p>
          <p className="panel-note">{t('draft.note', { model: draft.model, by: draft.by, at: moment(draft.created) })}</p>
          {hasRole(session, 'analyst', 'expert', 'curator') ? (
            <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
              <Button size="small" type="primary" ghost disabled={!draft.label_zh && !draft.label_en} onClick={() => setTaking(['label'])}>{t('draft.take_label')}</Button>
              <Button size="small" type="primary" ghost disabled={draft.summary.length === 0} onClick={() => setTaking(['summary'])}>{t('draft.take_summary')}</Button>
              <Button size="small" type="text" danger onClick={() => void act(send('POST', ws.api(`/drafts/${draft.id}/refuse`), {}))}>{t('draft.refuse')}</Button>
            </div>
          ) : null}
        </>
      ) : <p className="muted" style={{ margin: 0 }}>{t('draft.none')}</p>}
      <Modal open={taking !== null} onCancel={() => setTaking(null)} title={t('draft.take_title')} okText={t('judge.keep')} okButtonProps={{ disabled: reason.trim() === '' }} onOk={() => void (draft && taking ? act(send('POST', ws.api(`/drafts/${draft.id}/accept`), { take: taking, reason: reason.trim() })) : undefined)}>
        <p className="muted" style={{ marginTop: 0 }}>{t('draft.take_text')}</p>
        <Input.TextArea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t('judge.reason_hint')} aria-label={t('judge.reason')} />
      </Modal>
    </section>
  );
}
