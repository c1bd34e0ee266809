import { useTranslation } from 'react-i18next';
import { count, share } from '../format';
import './delphi.css';
import { inLanguage, type DataCard } from './model';

/** Documents a year and the band of what is expected, small enough for a card. */
function Trend({ data }: { data: DataCard }) {
  const { t } = useTranslation();
  const width = 320;
  const height = 96;
  const future = data.forecast?.years ?? [];
  const years = [...data.series.map(([year]) => year), ...future.map((row) => row.year)];
  const first = Math.min(...years);
  const last = Math.max(...years);
  const most = Math.max(1, ...data.series.map(([, n]) => n), ...future.map((row) => row.high));
  const x = (year: number) => 4 + ((width - 8) * (year - first)) / Math.max(1, last - first);
  const y = (value: number) => height - 4 - ((height - 12) * value) / most;
  const line = (points: [number, number][]) => points.map(([year, value], i) => `${i === 0 ? 'M' : 'L'}${x(year).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const end = data.series.at(-1);
  const fan = end ? [end, ...future.map((row): [number, number] => [row.year, row.high]), ...[...future].reverse().map((row): [number, number] => [row.year, row.low])] : [];
  return (
    <figure className="dd-trend">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('delphi.data.trend')}>
        {future.length > 0 ? <path d={`${line(fan)}Z`} fill="var(--primary)" opacity="0.16" /> : null}
        {end && future.length > 0 ? <path d={line([end, ...future.map((row): [number, number] => [row.year, row.value])])} fill="none" stroke="var(--primary)" strokeWidth="2" strokeDasharray="4 4" /> : null}
        <path d={line(data.series)} fill="none" stroke="var(--primary)" strokeWidth="2.4" strokeLinejoin="round" />
      </svg>
      <div className="dg-ends num"><span>{first}</span><span>{last}</span></div>
      <figcaption>{t('delphi.data.trend')}: {end ? `${end[0]} · ${count(end[1])}` : ''}{data.forecast && future.length > 0 ? ` · ${t('delphi.data.band', { level: share(data.forecast.level, 0) })}` : ''}</figcaption>
    </figure>
  );
}

/** What the data says of an item: where it comes from, its trend, a few documents to read. */
export function DataEvidence({ data }: { data: DataCard }) {
  const { t } = useTranslation();
  return (
    <div className="dd">
      <p className="dq-hint">{t('delphi.data.about', { topic: inLanguage(data.label), date: data.taken })}</p>
      {data.series.length > 1 ? <Trend data={data} /> : null}
      {data.documents.length > 0 ? (
        <>
          <h4>{t('delphi.data.documents')}</h4>
          <ul>{data.documents.map((doc) => <li key={doc.id}>{doc.title} <span className="muted num">{[doc.source, doc.year].filter(Boolean).join(' · ')}</span></li>)}</ul>
        </>
      ) : null}
    </div>
  );
}
