import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, get, send, setCsrf } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Role = Schemas['Role'];

/** The session of somebody who is signed in. */
export type Session = Omit<Schemas['Session'], 'user'> & { user: NonNullable<Schemas['Session']['user']> };

const key = ['session'];

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery<Session | null, Error>({
    queryKey: key,
    staleTime: Infinity,
    queryFn: async () => {
      try {
        const session = await get<Schemas['Session']>('/session');
        setCsrf(session.csrf);
        return session.user ? { ...session, user: session.user } : null;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
  });
}

export function useSignIn() {
  const client = useQueryClient();
  const enter = (session: Session): void => {
    client.clear();
    setCsrf(session.csrf);
    client.setQueryData(key, session);
  };
  return {
    signIn: async (name: string, password: string) => {
      enter(await send<Session>('POST', '/session', { name, password }));
    },
    setUp: async (values: { secret: string; name: string; password: string; display_name?: string }) => {
      enter(await send<Session>('POST', '/setup', values));
    },
    signOut: async () => {
      await send('DELETE', '/session');
      client.clear();
      window.location.assign('/sign-in');
    },
  };
}

export const hasRole = (session: Session | null | undefined, ...roles: Role[]): boolean => {
  const held = session?.user.roles ?? [];
  return roles.some((role) => held.includes(role));
};
