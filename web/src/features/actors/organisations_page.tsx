import { ActorList } from './actor_list';

export default function OrganisationsPage() {
  return <ActorList key="organisations" kind="organisations" />;
}
