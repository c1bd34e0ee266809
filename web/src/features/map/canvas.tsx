import { useCallback, useEffect, useMemo, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapInfo, MapPoints, MapTopic } from '../../shared/api/map';
import { labelOf } from '../../shared/labels';
import { fonts, usePalette } from '../../shared/theme';
import { placeLabels, textWidth } from '../../shared/ui/topic_clouds';
import { extent, lasso, PointGrid } from './model';
import { PointLayer, toPlane, toScreen, type Size, type View } from './point_layer';

interface Props {
  info: MapInfo;
  points: MapPoints;
  look: Uint8Array;
  palette: [number, number, number][];
  pass: Uint8Array;
  lassoing: boolean;
  onLasso: (selected: Uint8Array | null) => void;
  onPoint: (index: number) => void;
  onTopic: (topic: MapTopic) => void;
  tip: (index: number) => string;
  command: { name: 'in' | 'out' | 'fit'; at: number } | null;
}

const shorten = (label: string, zoom: number): string => {
  const parts = label.split(/[,,、;]\s*/);
  const kept = parts.slice(0, zoom > 2.2 ? 3 : zoom > 1.3 ? 2 : 1).join(/[\u4e00-\u9fff]/.test(label) ? '、' : ', ');
  return kept.length > 40 ? `${kept.slice(0, 39)}…` : kept;
};

/** The plane of documents with its names: drag moves, wheel zooms, hover shows, click opens, a lasso chooses. */
export function MapCanvas({ info, points, look, palette, pass, lassoing, onLasso, onPoint, onTopic, tip, command }: Props) {
  const { t, i18n } = useTranslation();
  const colors = usePalette();
  const stage = useRef<HTMLDivElement>(null);
  const dots = useRef<HTMLCanvasElement>(null);
  const names = useRef<HTMLCanvasElement>(null);
  const layer = useRef<PointLayer | null>(null);
  const view = useRef<View>({ x: 0, y: 0, scale: 1 });
  const size = useRef<Size>({ width: 1, height: 1 });
  const fitScale = useRef(1);
  const path = useRef<[number, number][]>([]);
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const moved = useRef(false);
  const boxes = useRef<{ x: number; y: number; w: number; h: number; topic: MapTopic }[]>([]);
  const frame = useRef(0);
  const [hover, setHover] = useState<{ x: number; y: number; index: number } | null>(null);
  const grid = useMemo(() => new PointGrid(points), [points]);
  const topics = useMemo(() => info.topics.filter((topic) => Number.isFinite(topic.x)).sort((a, b) => b.documents - a.documents), [info]);

  const paintNames = useCallback(() => {
    const canvas = names.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const ratio = window.devicePixelRatio || 1;
    const { width, height } = size.current;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const zoom = view.current.scale / fitScale.current;
    const most = Math.max(1, ...topics.map((topic) => topic.documents));
    const wanted = topics
      .map((topic) => {
        const [x, y] = toScreen(view.current, size.current, topic.x, topic.y);
        const text = shorten(labelOf(topic), zoom);
        const px = Math.min(21, (11.5 + 5.5 * Math.sqrt((topic.documents) / most)) * Math.min(1.25, Math.pow(zoom, 0.12)));
        return { x, y, w: textWidth(text, px) + 12, h: px * 1.5, text, px, topic };
      })
      .filter((box) => box.x > -80 && box.x < width + 80 && box.y > -20 && box.y < height + 20);
    const placed = placeLabels(wanted);
    boxes.current = wanted.filter((_, i) => placed[i]);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    for (const box of boxes.current) {
      const one = box as (typeof wanted)[number];
      context.font = `600 ${one.px}px ${fonts.text}`;
      context.strokeStyle = colors.paper;
      context.lineWidth = 4;
      context.globalAlpha = 0.9;
      context.strokeText(one.text, one.x, one.y);
      context.globalAlpha = 1;
      context.fillStyle = colors.ink;
      context.fillText(one.text, one.x, one.y);
    }
    if (path.current.length > 1) {
      context.beginPath();
      path.current.forEach(([x, y], i) => {
        const [sx, sy] = toScreen(view.current, size.current, x, y);
        if (i === 0) context.moveTo(sx, sy);
        else context.lineTo(sx, sy);
      });
      context.closePath();
      context.fillStyle = `${colors.seal}18`;
      context.fill();
      context.strokeStyle = colors.seal;
      context.lineWidth = 1.5;
      context.setLineDash([6, 4]);
      context.stroke();
      context.setLineDash([]);
    }
  }, [topics, colors]);

  const paint = useCallback(() => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      layer.current?.draw(view.current, size.current, Math.min(2, window.devicePixelRatio || 1), fitScale.current);
      paintNames();
    });
  }, [paintNames]);

  const fit = useCallback(() => {
    const box = extent(points);
    const { width, height } = size.current;
    const scale = 0.9 * Math.min(width / Math.max(1e-6, box.x1 - box.x0), (height - 70) / Math.max(1e-6, box.y1 - box.y0));
    fitScale.current = scale;
    view.current = { x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2 - 30 / scale, scale };
    paint();
  }, [points, paint]);

  const zoomAt = useCallback(
    (factor: number, sx: number, sy: number) => {
      const before = toPlane(view.current, size.current, sx, sy);
      view.current.scale = Math.max(fitScale.current * 0.5, Math.min(fitScale.current * 200, view.current.scale * factor));
      const after = toPlane(view.current, size.current, sx, sy);
      view.current.x += before[0] - after[0];
      view.current.y += before[1] - after[1];
      paint();
    },
    [paint],
  );

  useEffect(() => {
    if (!dots.current || !stage.current) return undefined;
    const made = PointLayer.make(dots.current);
    layer.current = made;
    made?.setPoints(points.x, points.y);
    const box = stage.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const rect = box.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY * 0.0016), event.clientX - rect.left, event.clientY - rect.top);
    };
    box.addEventListener('wheel', wheel, { passive: false });
    const watch = new ResizeObserver(() => {
      const first = size.current.width <= 1;
      size.current = { width: box.clientWidth, height: box.clientHeight };
      if (first) fit();
      else paint();
    });
    watch.observe(box);
    return () => {
      watch.disconnect();
      box.removeEventListener('wheel', wheel);
      layer.current = null;
    };
  }, [points, fit, paint, zoomAt]);

  useEffect(() => {
    layer.current?.setPalette(palette);
    layer.current?.setLook(look);
    paint();
  }, [look, palette, paint, i18n.language]);

  useEffect(() => {
    if (!command) return;
    if (command.name === 'fit') fit();
    else zoomAt(command.name === 'in' ? 1.6 : 1 / 1.6, size.current.width / 2, size.current.height / 2);
  }, [command, fit, zoomAt]);

  const place = (event: ReactPointerEvent): [number, number] => {
    const rect = stage.current?.getBoundingClientRect();
    return [event.clientX - (rect?.left ?? 0), event.clientY - (rect?.top ?? 0)];
  };

  const onDown = (event: ReactPointerEvent) => {
    (event.target as Element).setPointerCapture?.(event.pointerId);
    const [x, y] = place(event);
    pointers.current.set(event.pointerId, { x, y });
    moved.current = false;
    path.current = lassoing || event.shiftKey ? [toPlane(view.current, size.current, x, y)] : [];
    setHover(null);
  };

  const onMove = (event: ReactPointerEvent) => {
    const [x, y] = place(event);
    const old = pointers.current.get(event.pointerId);
    if (!old) {
      const [px, py] = toPlane(view.current, size.current, x, y);
      const index = grid.nearest(px, py, 7 / view.current.scale, pass);
      setHover(index >= 0 ? { x, y, index } : null);
      return;
    }
    if (Math.abs(x - old.x) + Math.abs(y - old.y) > 2) moved.current = true;
    if (path.current.length > 0) {
      path.current.push(toPlane(view.current, size.current, x, y));
    } else if (pointers.current.size === 2) {
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      if (other) zoomAt(Math.hypot(x - other.x, y - other.y) / Math.max(1, Math.hypot(old.x - other.x, old.y - other.y)), (x + other.x) / 2, (y + other.y) / 2);
    } else {
      view.current.x -= (x - old.x) / view.current.scale;
      view.current.y += (y - old.y) / view.current.scale;
    }
    pointers.current.set(event.pointerId, { x, y });
    paint();
  };

  const onUp = (event: ReactPointerEvent) => {
    const [x, y] = place(event);
    pointers.current.delete(event.pointerId);
    if (path.current.length > 3) {
      onLasso(lasso(points, path.current, pass));
      path.current = [];
      paint();
      return;
    }
    path.current = [];
    if (moved.current) return;
    const box = boxes.current.find((b) => Math.abs(b.x - x) < b.w / 2 && Math.abs(b.y - y) < b.h / 2);
    const [px, py] = toPlane(view.current, size.current, x, y);
    const index = grid.nearest(px, py, 7 / view.current.scale, pass);
    if (box) onTopic(box.topic);
    else if (index >= 0) onPoint(index);
    else onLasso(null);
  };

  const onKey = (event: React.KeyboardEvent) => {
    const step = 60 / view.current.scale;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => (view.current.x -= step),
      ArrowRight: () => (view.current.x += step),
      ArrowUp: () => (view.current.y += step),
      ArrowDown: () => (view.current.y -= step),
      '+': () => zoomAt(1.4, size.current.width / 2, size.current.height / 2),
      '=': () => zoomAt(1.4, size.current.width / 2, size.current.height / 2),
      '-': () => zoomAt(1 / 1.4, size.current.width / 2, size.current.height / 2),
      '0': fit,
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
    paint();
  };

  return (
    <div
      ref={stage}
      tabIndex={0}
      role="application"
      aria-label={t('map.label')}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerLeave={() => setHover(null)}
      onDoubleClick={(event) => {
        const rect = stage.current?.getBoundingClientRect();
        zoomAt(2, event.clientX - (rect?.left ?? 0), event.clientY - (rect?.top ?? 0));
      }}
      onKeyDown={onKey}
      style={{ position: 'absolute', inset: 0, cursor: lassoing ? 'crosshair' : hover ? 'pointer' : 'grab' }}
    >
      <canvas ref={dots} />
      <canvas ref={names} className="labels" />
      {hover ? (
        <div className="map-tip" style={{ left: Math.min(hover.x + 14, size.current.width - 330), top: Math.max(8, hover.y - 46) }}>
          {tip(hover.index)}
        </div>
      ) : null}
    </div>
  );
}
