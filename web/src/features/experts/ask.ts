import { useState } from 'react';
import { send } from '../../shared/api/client';

/** A question to the server that is asked on a click: nothing yet, asking, an answer or why there is none. */
export function useAsk<T>(path: string) {
  const [answer, setAnswer] = useState<T | undefined>(undefined);
  const [error, setError] = useState<Error | null>(null);
  const [asking, setAsking] = useState(false);
  const ask = async (body: unknown): Promise<T | undefined> => {
    setAsking(true);
    setError(null);
    try {
      const found = await send<T>('POST', path, body);
      setAnswer(found);
      return found;
    } catch (failure) {
      setAnswer(undefined);
      setError(failure as Error);
      return undefined;
    } finally {
      setAsking(false);
    }
  };
  return { answer, error, asking, ask };
}
