import type { Evolution, EvolutionNode } from './api';

export interface Block extends EvolutionNode {
  x: number;
  y: number;
  height: number;
}

export interface Ribbon {
  key: string;
  from: Block;
  to: Block;
  y0: number;
  y1: number;
  h0: number;
  h1: number;
}

export interface Drawing {
  blocks: Block[];
  ribbons: Ribbon[];
  height: number;
}

/** Out of nothing: born, or without any tie. In the first period everything is, so nothing is marked. */
export const isNew = (node: EvolutionNode, period: number): boolean => period > 0 && (node.event === 'birth' || node.isolated);

const keyOf = (period: number, id: string): string => `${period}:${id}`;

/**
 * An alluvial drawing: one column a period, blocks as high as their documents, ribbons between those that continue each other. A block without any
 * tie is drawn as every other: what appears out of nothing is what one looks for. Blocks follow the mean place of their predecessors (barycentre), so few ribbons cross.
 */
export function layOut(data: Evolution, width: number, limit: number): Drawing {
  const columns = data.periods.map((_, p) =>
    data.nodes
      .filter((node) => node.period === p)
      .sort((a, b) => b.documents - a.documents),
  );
  const chosen = columns.map((column, p) => [...column.slice(0, limit), ...column.slice(limit).filter((node) => isNew(node, p)).slice(0, Math.ceil(limit / 2))]);
  const most = Math.max(1, ...chosen.map((column) => column.reduce((sum, node) => sum + node.documents, 0)));
  const tallest = Math.max(1, ...chosen.map((column) => column.length));
  const gap = 5;
  const least = 13;
  const height = Math.max(460, tallest * 27);
  const unit = Math.max(0, height - (gap + least) * tallest) / most;
  const blockWidth = 12;
  const left = 8;
  const step = chosen.length > 1 ? (width - left - blockWidth - 170) / (chosen.length - 1) : 0;
  const placed = new Map<string, Block>();
  chosen.forEach((column, p) => {
    const middle = (node: EvolutionNode): number => {
      const before = data.flows.filter((flow) => flow.period === p - 1 && flow.to === node.id && placed.has(keyOf(p - 1, flow.from)));
      const weight = before.reduce((sum, flow) => sum + flow.similarity, 0);
      return weight > 0 ? before.reduce((sum, flow) => sum + flow.similarity * ((placed.get(keyOf(p - 1, flow.from))?.y ?? 0) + (placed.get(keyOf(p - 1, flow.from))?.height ?? 0) / 2), 0) / weight : Number.POSITIVE_INFINITY;
    };
    const ordered = p === 0 ? column : [...column].map((node) => ({ node, at: middle(node) })).sort((a, b) => (a.at === b.at ? b.node.documents - a.node.documents : a.at - b.at)).map(({ node }) => node);
    let y = 0;
    for (const node of ordered) {
      const h = least + node.documents * unit;
      placed.set(keyOf(p, node.id), { ...node, x: left + p * step, y, height: h });
      y += h + gap;
    }
  });
  const used = new Map<string, number>();
  const take = (block: Block, side: string, share: number): [number, number] => {
    const key = `${keyOf(block.period, block.id)}${side}`;
    const at = used.get(key) ?? 0;
    const h = Math.max(1, Math.min(block.height - at, block.height * share));
    used.set(key, at + h);
    return [block.y + at, h];
  };
  const ribbons: Ribbon[] = [];
  for (const flow of [...data.flows].sort((a, b) => b.similarity - a.similarity)) {
    const from = placed.get(keyOf(flow.period, flow.from));
    const to = placed.get(keyOf(flow.period + 1, flow.to));
    if (!from || !to) continue;
    const [y0, h0] = take(from, 'r', Math.min(1, flow.documents / Math.max(1, from.documents)));
    const [y1, h1] = take(to, 'l', Math.min(1, flow.documents / Math.max(1, to.documents)));
    if (h0 > 0 && h1 > 0) ribbons.push({ key: `${flow.period}${flow.from}${flow.to}`, from, to, y0, y1, h0, h1 });
  }
  const blocks = [...placed.values()];
  return { blocks, ribbons, height: Math.max(...blocks.map((block) => block.y + block.height), 200) + 8 };
}
