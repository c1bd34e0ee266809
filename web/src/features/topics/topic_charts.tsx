import { Slider } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { seriesWithForecast } from '../../shared/charts/options';
import { count, decimal, share } from '../../shared/format';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import type { TopicDetail } from './api';
import { useTopicSeries, useTopicTerms } from './api';
import { relevantTerms } from './model';

/** Documents a year, what is expected next, and beside it how often such expectations came true. */
export function SeriesChart({ ws, topic }: { ws: string; topic: TopicDetail }) {
  const { t } = useTranslation();
  const [, openDocs] = useUrlValue('docs');
  const series = useTopicSeries(ws, topic.id);
  return (
    <section className="panel">
      <Loaded query={series} rows={8}>
        {(data) => {
          const seen = data.years.map((row) => ({ year: row.year, count: row.documents, partial: !row.complete }));
          const future = data.forecast.years;
          // Bands are of the share; drawn are documents, by the corpus that is expected in that year.
          const corpus = new Map(future.map((row) => [row.year, row.share > 0 ? row.documents / row.share : 0]));
          const levels = data.forecast.tested > 0 ? data.forecast.bands : [];
          const bands = levels.map(({ level }) => ({ level, rows: future.flatMap((row) => row.bands.filter((band) => band.level === level).map((band) => ({ year: row.year, low: band.low * (corpus.get(row.year) ?? 0), high: band.high * (corpus.get(row.year) ?? 0) }))) }));
          const expected = bands.length > 0 ? future.map((row) => ({ year: row.year, value: row.documents })) : [];
          const curve = data.s_curve;
          const tested = levels.map((band) => t('topic.held', { level: Math.round(100 * band.level), coverage: share(band.coverage, 0) }));
          return (
            <ChartFrame
              bare
              title={t('topic.series')}
              explain={t('topic.series_explain')}
              height={352}
              option={(p) => seriesWithForecast(p, seen, expected, bands, { seen: t('column.documents'), partial: t('topic.partial'), expected: t('topic.expected'), band: (l) => t('topic.band', { level: Math.round(100 * l) }) })}
              figures={{
                columns: [t('chart.year'), t('column.documents'), t('topic.expected'), ...bands.flatMap((band) => [`${Math.round(100 * band.level)} % ${t('column.low')}`, `${Math.round(100 * band.level)} % ${t('column.high')}`])],
                rows: [...new Set([...seen.map((row) => row.year), ...expected.map((row) => row.year)])].map((year) => [
                  year,
                  seen.find((row) => row.year === year)?.count,
                  expected.find((row) => row.year === year)?.value,
                  ...bands.flatMap((band) => { const row = band.rows.find((one) => one.year === year); return [row?.low, row?.high]; }),
                ]),
              }}
              onClick={(click) => seen.some((row) => String(row.year) === click.name) && openDocs(`${topic.id}.${click.name}`)}
              note={
                <>
                  {tested.length > 0 ? t('topic.backtest', { tested: count(data.forecast.tested), held: tested.join(', ') }) : t('topic.no_forecast')}
                  {curve?.fitted && curve.kind ? ` ${t('topic.s_curve', { kind: t(`curve.${curve.kind}`), year: Math.round(curve.inflection_year ?? 0) })}${curve.ceiling_known ? '' : ` ${t('topic.no_ceiling')}`}` : ''}
                </>
              }
            />
          );
        }}
      </Loaded>
    </section>
  );
}

const termsShown = 12;

/** The words of a topic: at λ = 1 those it holds most, towards 0 those that are its own. */
export function TermsPanel({ ws, topic }: { ws: string; topic: TopicDetail }) {
  const { t } = useTranslation();
  const [lambda, setLambda] = useState(0.6);
  const terms = useTopicTerms(ws, topic.id);
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('topic.terms')}</h2>
        <span className="muted small num" style={{ whiteSpace: 'nowrap' }}>λ = {decimal(lambda, 1)}</span>
        <Slider min={0} max={1} step={0.1} value={lambda} onChange={setLambda} style={{ width: 110, margin: '0 6px' }} tooltip={{ open: false }} ariaLabelForHandle={t('topic.lambda')} />
      </div>
      <Loaded query={terms}>
        {(data) => {
          const rows = relevantTerms(data, lambda).slice(0, termsShown);
          const top = Math.max(1e-9, ...rows.map((row) => row.weight));
          return (
            <>
              {rows.map((row) => (
                <div className="bar-row names" key={row.label}>
                  <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }} title={[row.label_zh, row.label_en].filter(Boolean).join(' / ')}>{row.id ? <NumberLink docs={row.id}>{row.label}</NumberLink> : row.label}</span>
                  <span className="track"><span className="fill" style={{ display: 'block', width: `${(100 * row.weight) / top}%` }} /></span>
                  <span className="num muted small">×{decimal(row.lift, row.lift < 10 ? 1 : 0)}</span>
                </div>
              ))}
              <p className="panel-note">{t('topic.terms_note')}</p>
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
