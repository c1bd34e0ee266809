import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JudgementEvent } from '../api/judgements';
import { hasRole, useSession } from '../api/session';
import { moment } from '../format';

const colors: Record<string, string> = { stands: 'success', proposed: 'processing', undone: 'default', refused: 'error' };

/** What a judgement says in one line: the new names, the merged ids, the number of moved documents. */
export function argumentsText(event: JudgementEvent): string {
  const a = event.arguments;
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const parts: string[] = [];
  for (const key of ['label_zh', 'label_en', 'text', 'relation', 'to']) if (typeof a[key] === 'string' && a[key] !== '') parts.push(a[key]);
  if (list(a['others']).length > 0) parts.push(`+ ${list(a['others']).join(', ')}`);
  if (list(a['documents']).length > 0) parts.push(`${list(a['documents']).length} ×`);
  for (const part of list(a['parts']) as { label_zh?: string; label_en?: string }[]) parts.push(`⟨${part.label_zh || part.label_en || ''}⟩`);
  if (typeof a['value'] === 'number') parts.push(String(a['value']));
  return parts.join(' · ');
}

export function EventLine({ event, act, objectLink }: { event: JudgementEvent; act: (sequence: number, what: 'undo' | 'redo' | 'approve' | 'refuse') => Promise<void>; objectLink?: React.ReactNode }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const state = event.state;
  const may = hasRole(session, 'analyst', 'curator', 'admin');
  return (
    <div className="record">
      <div style={{ display: 'flex', gap: 8, alignItems: 'baseline', flexWrap: 'wrap' }}>
        <b style={{ fontWeight: 500 }}>{t(`judge.kind.${event.kind}`)}</b>
        {objectLink ?? <span className="muted small">{event.object.id}</span>}
        <Tag variant="filled" color={colors[state]}>{t(`judge.state.${state}`)}</Tag>
        <span style={{ flex: 1 }} />
        {may && state === 'stands' ? <Button size="small" type="text" onClick={() => void act(event.sequence, 'undo')}>{t('action.undo')}</Button> : null}
        {may && state === 'undone' ? <Button size="small" type="text" onClick={() => void act(event.sequence, 'redo')}>{t('action.redo')}</Button> : null}
        {may && state === 'proposed' ? (
          <>
            <Button size="small" type="primary" ghost onClick={() => void act(event.sequence, 'approve')}>{t('judge.approve')}</Button>
            <Button size="small" type="text" danger onClick={() => void act(event.sequence, 'refuse')}>{t('judge.refuse')}</Button>
          </>
        ) : null}
      </div>
      <div style={{ overflowWrap: 'anywhere' }}>{argumentsText(event)}</div>
      {event.reason ? <div className="muted small">{t('judge.because', { reason: event.reason })}</div> : null}
      <div className="record-meta"><span>#{event.sequence}</span><span>{event.actor}</span>{event.role ? <span>{t(`role.${event.role}`)}</span> : null}<span>{moment(event.at)}</span></div>
    </div>
  );
}
