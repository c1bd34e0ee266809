import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';

type Schemas = components['schemas'];
export type Node = Schemas['KnowledgeNode'];
export type Edge = Schemas['KnowledgeEdge'];
export type Around = Schemas['KnowledgeGraph'];

export const relations = ['uses', 'improves', 'applied_to', 'kind_of', 'co_occurs', 'works_on', 'affiliated', 'located_in', 'cites', 'published_in', 'about'];

export const useAround = (ws: string, entity: string, relation: string, depth: number, limit: number) => useApi<Around>(entity ? `/w/${ws}/knowledge` : null, { entity, relation, depth, limit });
