import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMap, type MapTopic } from '../api/map';
import { labelOf } from '../labels';
import { useWorkspace } from '../workspace';
import { Empty } from './empty';
import { Loaded } from './page';

/** Which labels fit without covering one another: larger topics first. Pure, so that it can be tested. */
export function placeLabels(boxes: { x: number; y: number; w: number; h: number }[]): boolean[] {
  const kept: { x: number; y: number; w: number; h: number }[] = [];
  return boxes.map((box) => {
    const free = kept.every((k) => Math.abs(k.x - box.x) * 2 >= k.w + box.w || Math.abs(k.y - box.y) * 2 >= k.h + box.h);
    if (free) kept.push(box);
    return free;
  });
}

export const textWidth = (text: string, size: number): number => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e80 ? size : size * 0.54), 0);

const documentsOf = (topic: MapTopic): number => topic.documents;

/** The map in small: topics as circles where they lie, the largest named. */
export function TopicClouds({ height }: { height: number }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const map = useMap(ws.id);
  return (
    <Loaded query={map} absent={<Empty title={t('map.none')} text={t('map.none_text')} />}>
      {(data) => {
        const topics = [...data.topics].filter((topic) => Number.isFinite(topic.x)).sort((a, b) => documentsOf(b) - documentsOf(a));
        const width = 400;
        const xs = topics.map((topic) => topic.x);
        const ys = topics.map((topic) => topic.y);
        const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
        const px = (topic: MapTopic) => 34 + ((width - 68) * (topic.x - x0)) / Math.max(1e-9, x1 - x0);
        const py = (topic: MapTopic) => 26 + ((height - 52) * (y1 - topic.y)) / Math.max(1e-9, y1 - y0);
        const top = Math.max(1, ...topics.map(documentsOf));
        const radius = (topic: MapTopic) => 3 + 17 * Math.sqrt(documentsOf(topic) / top);
        const short = (topic: MapTopic) => {
          const label = labelOf(topic).split(/[,,、;·/]/)[0]?.trim() ?? '';
          return label.length > 22 ? `${label.slice(0, 21)}…` : label;
        };
        const shown = placeLabels(topics.map((topic) => ({ x: px(topic), y: py(topic), w: textWidth(short(topic), 11) + 8, h: 16 })));
        return (
          <svg viewBox={`0 0 ${width} ${height}`} style={{ width: '100%', flex: 1, minHeight: height }} role="img" aria-label={t('home.map')}>
            {topics.map((topic) => (
              <Link key={topic.id} to={ws.page(`/topics/${topic.id}`)} tabIndex={-1}>
                <circle cx={px(topic)} cy={py(topic)} r={radius(topic)} fill="var(--primary)" fillOpacity={0.16} stroke="var(--primary)" strokeOpacity={0.5}>
                  <title>{labelOf(topic)}</title>
                </circle>
              </Link>
            ))}
            {topics.map((topic, i) =>
              shown[i] ? (
                <text key={topic.id} x={Math.min(width - 4 - textWidth(short(topic), 11) / 2, Math.max(4 + textWidth(short(topic), 11) / 2, px(topic)))} y={py(topic) + 4} textAnchor="middle" fontSize={11} fill="var(--ink)" stroke="var(--card)" strokeWidth={3} paintOrder="stroke" style={{ pointerEvents: 'none' }}>
                  {short(topic)}
                </text>
              ) : null,
            )}
          </svg>
        );
      }}
    </Loaded>
  );
}
