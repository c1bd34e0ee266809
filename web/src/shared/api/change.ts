import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { send } from './client';

/** Sends a change and reads anew what lies under the paths it may touch; a refusal is told and gives null. */
export function useSend(...touched: string[]) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return async <T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T | null> => {
    try {
      const done = await send<T>(method, path, body);
      await client.invalidateQueries({ predicate: (query) => touched.some((prefix) => String(query.queryKey[0]).startsWith(prefix)) });
      return done ?? ({} as T);
    } catch (error) {
      void message.error((error as Error).message, 8);
      return null;
    }
  };
}
