import { useApi } from '../../shared/api/client';

export interface Node {
  id: string;
  kind: string;
  label: string;
  documents: number;
  depth: number;
}

export interface Edge {
  source: string;
  target: string;
  relation: string;
  documents: number;
  evidence?: { record: string; sentence: string };
}

export interface Around {
  node: string;
  total: number;
  nodes: Node[];
  edges: Edge[];
}

export const relations = ['uses', 'improves', 'applied_to', 'kind_of', 'co_occurs', 'works_on', 'affiliated', 'located_in', 'cites', 'published_in', 'about'];

export const useAround = (ws: string, entity: string, relation: string, depth: number, limit: number) => useApi<Around>(entity ? `/w/${ws}/knowledge` : null, { entity, relation, depth, limit });
