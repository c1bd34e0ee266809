import { useParams } from 'react-router';

/** The workspace of the address bar, and paths in it: pages of the browser and of the API. */
export function useWorkspace(): { id: string; page: (path: string) => string; api: (path: string) => string } {
  const { ws = '' } = useParams();
  return { id: ws, page: (path) => `/w/${ws}${path}`, api: (path) => `/w/${encodeURIComponent(ws)}${path}` };
}
