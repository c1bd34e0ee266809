import { createBrowserRouter, type RouteObject } from 'react-router';
import { ErrorPage, NotFound } from './error_page';
import { Front } from './front';
import { Layout } from './layout';

/** A page that is loaded when it is first opened. */
const page = (path: string, load: () => Promise<{ default: () => React.ReactNode }>): RouteObject => ({
  ...(path === '' ? { index: true } : { path }),
  lazy: async () => ({ Component: (await load()).default }),
  errorElement: <ErrorPage />,
});

export const router = createBrowserRouter([
  { path: '/', element: <Front />, errorElement: <ErrorPage /> },
  page('/sign-in', () => import('../features/access/sign_in')),
  page('/setup', () => import('../features/access/setup')),
  page('/p/:ws', () => import('../features/panel/page')),
  {
    path: '/w/:ws',
    element: <Layout />,
    errorElement: <ErrorPage />,
    children: [
      page('', () => import('../features/home/page')),
      page('data', () => import('../features/data/overview_page')),
      page('data/import', () => import('../features/data/import_page')),
      page('map', () => import('../features/map/page')),
      page('topics', () => import('../features/topics/list_page')),
      page('topics/:id', () => import('../features/topics/topic_page')),
      page('emerging', () => import('../features/emergence/page')),
      page('weak-signals', () => import('../features/signals/weak_page')),
      page('bursts', () => import('../features/signals/bursts_page')),
      page('lag', () => import('../features/lag/page')),
      page('evolution', () => import('../features/evolution/page')),
      page('search', () => import('../features/search/page')),
      page('sets', () => import('../features/sets/page')),
      page('sets/compare', () => import('../features/sets/compare_page')),
      page('knowledge', () => import('../features/knowledge/page')),
      page('countries', () => import('../features/actors/countries_page')),
      page('organisations', () => import('../features/actors/organisations_page')),
      page('persons', () => import('../features/actors/persons_page')),
      page('alerts', () => import('../features/alerts/page')),
      page('reports', () => import('../features/reports/page')),
      page('reports/new', () => import('../features/reports/builder_page')),
      page('delphi', () => import('../features/delphi/list_page')),
      page('delphi/new', () => import('../features/delphi/new_page')),
      page('delphi/:id', () => import('../features/delphi/study_page')),
      page('experts', () => import('../features/experts/list_page')),
      page('experts/ask', () => import('../features/experts/ask_page')),
      page('experts/:id', () => import('../features/experts/profile_page')),
      page('longlists', () => import('../features/longlist/list_page')),
      page('longlists/:id', () => import('../features/longlist/longlist_page')),
      page('selections', () => import('../features/selection/list_page')),
      page('selections/new', () => import('../features/selection/new_page')),
      page('selections/:id', () => import('../features/selection/result_page')),
      page('radar', () => import('../features/radar/page')),
      page('lookback', () => import('../features/lookback/page')),
      page('iterations', () => import('../features/iterations/page')),
      page('judgements', () => import('../features/judgements/page')),
      page('jobs', () => import('../features/jobs/page')),
      page('admin', () => import('../features/admin/page')),
      { path: '*', element: <NotFound /> },
    ],
  },
  { path: '*', element: <NotFound /> },
]);
