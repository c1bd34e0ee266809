import { ActorList } from './actor_list';

export default function PersonsPage() {
  return <ActorList key="persons" kind="persons" />;
}
