import { createBrowserRouter, type RouteObject } from 'react-router';
import { ErrorPage, NotFound } from './error_page';
import { Front } from './front';
import { Layout } from './layout';

/** A page that is loaded when it is first opened. */
const page = (path: string, load: () => Promise<{ default: () => React.ReactNode }>): RouteObject => ({
  ...(path === '' ? { index: true } : { path }),
  lazy: async () => ({ Component: (await load()).default }),
  errorElement: <ErrorPage />,
}) as RouteObject;

export const router = createBrowserRouter([
  { path: '/', element: <Front />, errorElement: <ErrorPage /> },
  page('/sign-in', () => import('../features/access/sign_in')),
  page('/setup', () => import('../features/access/setup')),
  {
    path: '/w/:ws',
    element: <Layout />,
    errorElement: <ErrorPage />,
    children: [
      page('', () => import('../features/home/page')),
      page('topics', () => import('../features/topics/list_page')),
      page('topics/:id', () => import('../features/topics/topic_page')),
      page('emerging', () => import('../features/emergence/page')),
      { path: '*', element: <NotFound /> },
    ],
  },
  { path: '*', element: <NotFound /> },
]);
