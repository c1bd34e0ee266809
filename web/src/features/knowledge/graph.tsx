import Graph from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import Sigma from 'sigma';
import { escapeXml } from '../../shared/charts/imprint';
import { fonts, usePalette, type Palette } from '../../shared/theme';
import type { Around } from './api';

export const kinds = ['topic', 'term', 'organisation', 'person', 'country', 'venue', 'record'];
export const kindColor = (kind: string, p: Palette): string => p.series[Math.max(0, kinds.indexOf(kind)) % p.series.length] ?? p.primary;

/** Places are the same each time: the start from a circle, then a fixed number of steps. */
function build(data: Around, p: Palette, hidden: Set<string>, name: (id: string, label: string, kind: string) => string): Graph {
  const graph = new Graph({ type: 'directed', multi: false });
  const nodes = data.nodes.filter((node) => node.id === data.node || !hidden.has(node.kind));
  const most = Math.max(1, ...nodes.map((node) => node.documents));
  nodes.forEach((node, i) => {
    const angle = i * 2.399963;
    const radius = node.id === data.node ? 0 : (1 + node.depth) * 5 + 0.15 * i;
    graph.addNode(node.id, { x: radius * Math.cos(angle), y: radius * Math.sin(angle), size: node.id === data.node ? 15 : 4 + 8 * Math.sqrt(node.documents / most), label: name(node.id, node.label, node.kind), color: node.id === data.node ? p.seal : kindColor(node.kind, p), forceLabel: node.id === data.node });
  });
  for (const edge of data.edges) {
    if (!graph.hasNode(edge.source) || !graph.hasNode(edge.target) || graph.hasEdge(edge.source, edge.target) || edge.source === edge.target) continue;
    graph.addEdge(edge.source, edge.target, { size: Math.min(4, 0.6 + Math.log10(1 + edge.documents)), weight: Math.log1p(edge.documents), color: p.dark ? '#3a4853' : '#d9d4c8', relation: edge.relation });
  }
  if (graph.order > 2) forceAtlas2.assign(graph, { iterations: 260, settings: { gravity: 0.6, scalingRatio: 26, barnesHutOptimize: graph.order > 400, edgeWeightInfluence: 0.4, adjustSizes: true, slowDown: 4 } });
  return graph;
}

/** The graph as it stands on the screen, as lines, circles and words. */
function drawGraph(renderer: Sigma, p: Palette): string {
  const graph = renderer.getGraph();
  const at = (id: string) => renderer.graphToViewport({ x: Number(graph.getNodeAttribute(id, 'x')), y: Number(graph.getNodeAttribute(id, 'y')) });
  const lines = graph.mapEdges((_, attributes, source, target) => {
    const [from, to] = [at(source), at(target)];
    return `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" stroke="${String(attributes['color'])}" stroke-width="${Number(attributes['size'])}"/>`;
  });
  const shown = renderer.getNodeDisplayedLabels();
  const marks = graph.mapNodes((id, attributes) => {
    const [point, size] = [at(id), renderer.scaleSize(Number(attributes['size']))];
    const label = shown.has(id) || attributes['forceLabel'] ? `<text x="${point.x + size + 4}" y="${point.y + 4}" font-family="${escapeXml(fonts.text)}" font-size="12.5" fill="${p.ink}">${escapeXml(String(attributes['label']))}</text>` : '';
    return `<circle cx="${point.x}" cy="${point.y}" r="${size}" fill="${String(attributes['color'])}"/>${label}`;
  });
  return [...lines, ...marks].join('');
}

/** What draws the graph that is shown, with its size. */
export type GraphPicture = () => { inner: string; width: number; height: number };

export function GraphView({ data, hidden, name, onNode, onOpen, picture }: { picture: RefObject<GraphPicture | null>; data: Around; hidden: Set<string>; name: (id: string, label: string, kind: string) => string; onNode: (id: string) => void; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const p = usePalette();
  const box = useRef<HTMLDivElement>(null);
  const handlers = useRef({ onNode, onOpen });
  handlers.current = { onNode, onOpen };
  useEffect(() => {
    if (!box.current) return undefined;
    const graph = build(data, p, hidden, name);
    let hovered: string | null = null;
    const near = (id: string): boolean => hovered === null || id === hovered || graph.areNeighbors(id, hovered);
    const renderer = new Sigma(graph, box.current, {
      labelFont: fonts.text,
      labelColor: { color: p.ink },
      labelSize: 12.5,
      labelDensity: 0.55,
      labelGridCellSize: 120,
      labelRenderedSizeThreshold: 5,
      defaultEdgeType: 'arrow',
      stagePadding: 60,
      zIndex: true,
      defaultDrawNodeHover: (context, node, settings) => {
        context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
        const width = context.measureText(node.label ?? '').width + 14;
        context.fillStyle = p.card;
        context.strokeStyle = p.line;
        context.beginPath();
        context.roundRect(node.x + node.size + 2, node.y - 13, width, 26, 7);
        context.fill();
        context.stroke();
        context.fillStyle = p.ink;
        context.fillText(node.label ?? '', node.x + node.size + 9, node.y + 4.5);
      },
      nodeReducer: (id, attributes) => (near(id) ? { ...attributes, zIndex: 1 } : { ...attributes, color: p.dark ? '#26313b' : '#e6e2d8', label: '', zIndex: 0 }),
      edgeReducer: (id, attributes) => (hovered !== null && graph.hasExtremity(id, hovered) ? { ...attributes, color: p.primary, zIndex: 1 } : hovered !== null ? { ...attributes, hidden: true } : attributes),
    });
    renderer.on('enterNode', ({ node }) => {
      hovered = node;
      renderer.refresh({ skipIndexation: true });
    });
    renderer.on('leaveNode', () => {
      hovered = null;
      renderer.refresh({ skipIndexation: true });
    });
    renderer.on('clickNode', ({ node }) => handlers.current.onNode(node));
    renderer.on('doubleClickNode', (event) => {
      event.preventSigmaDefault();
      handlers.current.onOpen(event.node);
    });
    const { width, height } = renderer.getDimensions();
    picture.current = () => ({ inner: drawGraph(renderer, p), width, height });
    return () => {
      picture.current = null;
      renderer.kill();
    };
  }, [data, hidden, name, p, picture]);
  return <div ref={box} role="img" aria-label={t('knowledge.label')} style={{ position: 'absolute', inset: 0 }} />;
}
