import { App, Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError, send, useApi, type Query } from './client';

export interface JudgementBody {
  kind: string;
  object: { type: string; id: string };
  arguments: Record<string, unknown>;
  reason: string;
  evidence?: string[];
  propose?: boolean;
}

export interface JudgementEvent {
  sequence: number;
  at: string;
  actor: string;
  role?: string;
  kind: string;
  object_type?: string;
  object_id?: string;
  object?: { type: string; id: string; label?: string; label_zh?: string; label_en?: string };
  arguments?: Record<string, unknown>;
  reason?: string;
  evidence?: string[];
  state?: string;
  standing?: string;
  refers_to?: number;
  superseded?: boolean;
}

export interface JudgementPreview {
  documents?: number;
  affected_documents?: number;
  topics?: number;
  conflicts?: { reason: string; object?: string }[];
  [name: string]: unknown;
}

const base = (ws: string) => `/w/${encodeURIComponent(ws)}/judgements`;

export const previewJudgement = (ws: string, body: JudgementBody): Promise<JudgementPreview> => send('POST', `${base(ws)}/preview`, body);
export const useJudgements = (ws: string, query: Query) => useApi<{ items: JudgementEvent[]; total?: number }>(base(ws), query);

export const objectOf = (event: JudgementEvent): { type: string; id: string } => event.object ?? { type: event.object_type ?? '', id: event.object_id ?? '' };
export const stateOf = (event: JudgementEvent): string => event.standing ?? event.state ?? 'stands';

/** Sends judgements, refreshes what they change, and offers to take each back. */
export function useJudge(ws: string) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const { message, notification } = App.useApp();

  const refresh = () => client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(`/w/${ws}`) });

  const act = async (sequence: number, what: 'undo' | 'redo' | 'approve' | 'refuse', reason = ''): Promise<void> => {
    try {
      await send('POST', `${base(ws)}/${sequence}/${what}`, { reason });
      await refresh();
      void message.success(t(`judge.done.${what}`));
    } catch (error) {
      void message.error((error as Error).message);
    }
  };

  const judge = async (body: JudgementBody, quiet = false): Promise<JudgementEvent | null> => {
    try {
      const made = await send<JudgementEvent & { event?: JudgementEvent }>('POST', base(ws), body);
      const event = made.event ?? made;
      await refresh();
      if (!quiet) {
        const key = `judged-${event.sequence}`;
        notification.success({
          key,
          title: t(body.propose || stateOf(event) === 'proposed' ? 'judge.proposed' : 'judge.kept', { kind: t(`judge.kind.${body.kind}`) }),
          description: t('judge.kept_text'),
          duration: 9,
          placement: 'bottomRight',
          actions: (
            <Button
              size="small"
              onClick={() => {
                notification.destroy(key);
                void act(event.sequence, 'undo');
              }}
            >
              {t('action.undo')}
            </Button>
          ),
        });
      }
      return event;
    } catch (error) {
      const problem = error instanceof ApiError && error.status === 403 ? t('judge.forbidden') : (error as Error).message;
      void message.error(problem);
      return null;
    }
  };

  return { judge, act, refresh };
}
