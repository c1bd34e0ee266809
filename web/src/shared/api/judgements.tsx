import { App, Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError, send, useApi, type Query } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type JudgementBody = Omit<Schemas['JudgementRequest'], 'propose'> & { propose?: boolean };
export type JudgementEvent = Schemas['LedgerEvent'];
export type JudgementEffect = Schemas['JudgementEffect'];

const base = (ws: string) => `/w/${encodeURIComponent(ws)}/judgements`;

export const previewJudgement = (ws: string, body: JudgementBody): Promise<JudgementEffect> => send('POST', `${base(ws)}/preview`, body);
export const useJudgements = (ws: string, query: Query) => useApi<Schemas['JudgementPage']>(base(ws), query);

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
      const { event } = await send<Schemas['JudgementOutcome']>('POST', base(ws), body);
      await refresh();
      if (!quiet) {
        const key = `judged-${event.sequence}`;
        notification.success({
          key,
          title: t(body.propose || event.state === 'proposed' ? 'judge.proposed' : 'judge.kept', { kind: t(`judge.kind.${body.kind}`) }),
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
