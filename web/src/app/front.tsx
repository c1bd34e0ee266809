import { Navigate } from 'react-router';
import { useSession } from '../shared/api/session';
import { Failure, Waiting } from '../shared/ui/page';

/** Where a visitor belongs: the door, or the workspace last seen. */
export function Front() {
  const session = useSession();
  if (session.error) return <div className="page"><Failure error={session.error} retry={() => void session.refetch()} /></div>;
  if (session.data === undefined) return <div className="page"><Waiting /></div>;
  if (session.data === null) return <Navigate to="/sign-in" replace />;
  const kept = localStorage.getItem('jianwei.workspace');
  const workspaces = session.data.workspaces;
  const target = workspaces.find((w) => w.id === kept) ?? workspaces[0];
  return <Navigate to={target ? `/w/${target.id}` : '/sign-in'} replace />;
}
