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
          const future = data.forecast?.years ?? [];
          const level = data.forecast?.level ?? 0.8;
          const seen = data.years.map((row) => ({ year: row.year, count: row.documents, partial: !row.complete }));
          const rows = future.map((f) => ({ year: f.year, value: f.documents, low: f.share > 0 ? (f.low / f.share) * f.documents : 0, high: f.share > 0 ? (f.high / f.share) * f.documents : 0 }));
          const curve = data.s_curve;
          const test = data.backtest ?? data.forecast;
          return (
            <ChartFrame
              bare
              title={t('topic.series')}
              explain={t('topic.series_explain')}
              height={352}
              option={(p) => seriesWithForecast(p, seen, rows.length > 0 ? [{ level, rows }] : [], { seen: t('column.documents'), partial: t('topic.partial'), expected: t('topic.expected'), band: (l) => t('topic.band', { level: Math.round(100 * l) }) })}
              figures={{
                columns: [t('chart.year'), t('column.documents'), t('topic.expected'), t('column.low'), t('column.high')],
                rows: [...new Set([...seen.map((row) => row.year), ...rows.map((f) => f.year)])].map((year) => {
                  const f = rows.find((row) => row.year === year);
                  return [year, seen.find((row) => row.year === year)?.count, f?.value, f?.low, f?.high];
                }),
              }}
              onClick={(click) => seen.some((row) => String(row.year) === click.name) && openDocs(`${topic.id}.${click.name}`)}
              note={
                <>
                  {rows.length > 0 && test ? t('topic.backtest', { tested: count(test.tested), coverage: share(test.coverage, 0), level: Math.round(100 * level) }) : t('topic.no_forecast')}
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
                <div className="bar-row" key={row.label}>
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
