import { useTranslation } from 'react-i18next';
import { count, decimal, share } from '../format';
import './delphi.css';
import { figure, inLanguage, placeOf, type Answer, type Question, type QuestionResult } from './model';

const year = (value: number | null): string => (value === null ? '–' : String(Math.round(value)));

/** The group's answers to a scale: columns, the middle half as a band, the median as a line, the own place. */
function Columns({ question, result, own }: { question: Question; result: QuestionResult; own: Answer | undefined }) {
  const { t } = useTranslation();
  const counts = result.counts ?? [];
  const most = Math.max(1, ...counts);
  const k = question.options.length;
  const median = figure(result.median);
  const low = figure(result.lower_quartile);
  const high = figure(result.upper_quartile);
  const at = (category: number) => `${(100 * (category - 0.5)) / k}%`;
  const place = placeOf(question, own);
  return (
    <div className="dg" role="img" aria-label={question.options.map((option, i) => `${inLanguage(option.label)}: ${counts[i] ?? 0}`).join(', ')}>
      <div className="dg-plot">
        {low !== null && high !== null ? <i className="dg-band" style={{ left: `calc(${at(low)} - ${50 / k}%)`, right: `calc(${100 - (100 * (high - 0.5)) / k}% - ${50 / k}%)` }} /> : null}
        {question.options.map((option, i) => (
          <div key={option.id} className={place === i + 1 ? 'dg-col own' : 'dg-col'}>
            <span className="num">{counts[i] ? count(counts[i]) : ''}</span>
            <i style={{ height: `calc((100% - 20px) * ${(counts[i] ?? 0) / most})` }} />
          </div>
        ))}
        {median !== null ? <i className="dg-median" style={{ left: at(median) }} /> : null}
      </div>
      <div className="dg-names">
        {question.options.map((option, i) => (
          <span key={option.id} className={place === i + 1 ? 'own' : ''}>
            {inLanguage(option.label)}
            {place === i + 1 ? <b>{t('delphi.group.you')}</b> : null}
          </span>
        ))}
      </div>
    </div>
  );
}

function Rows({ rows }: { rows: { name: string; text: string; part: number; own: boolean }[] }) {
  const { t } = useTranslation();
  return (
    <div>
      {rows.map((row) => (
        <div className="bar-row" key={row.name}>
          <span>{row.name}{row.own ? <b className="dg-you">{t('delphi.group.you')}</b> : null}</span>
          <span className="track"><i className="fill" style={{ width: `${100 * row.part}%`, display: 'block' }} /></span>
          <span className="num">{row.text}</span>
        </div>
      ))}
    </div>
  );
}

/** Years: the middle half on a line, the median, the own year, and the shares of those who named none. */
function Years({ question, result, own }: { question: Question; result: QuestionResult; own: Answer | undefined }) {
  const { t } = useTranslation();
  const median = figure(result.median);
  const low = figure(result.lower_quartile);
  const high = figure(result.upper_quartile);
  const at = (value: number) => `${(100 * (value - question.first_year)) / (question.last_year - question.first_year)}%`;
  return (
    <div className="dg-years">
      {low !== null && high !== null && median !== null ? (
        <>
          <div className="dg-line">
            <i className="dg-box" style={{ left: at(low), width: `calc(${at(high)} - ${at(low)} + 2px)` }} />
            <i className="dg-tick" style={{ left: at(median) }} />
            {own?.year ? <i className="dg-own" style={{ left: at(own.year) }} title={t('delphi.group.you')} /> : null}
          </div>
          <div className="dg-ends num"><span>{question.first_year}</span><span>{question.last_year}</span></div>
        </>
      ) : null}
      <p className="num">{[median === null ? '' : t('delphi.group.median_year', { year: year(median), low: year(low), high: year(high) }), ...(['already', 'never', 'unknown'] as const).map((word) => ((figure(result[word]) ?? 0) > 0 ? `${t(`delphi.realized.${word}`)} ${share(figure(result[word]), 0)}` : ''))].filter(Boolean).join(' · ')}</p>
    </div>
  );
}

/** What the group answered to one question, and where one stands in it. */
export function GroupAnswer({ question, result, own }: { question: Question; result: QuestionResult | undefined; own?: Answer | undefined }) {
  const { t } = useTranslation();
  if (!result || result.answered === 0 || question.type === 'text') return null;
  const median = figure(result.median);
  const inWords = (value: number | null): string => (value === null ? '–' : inLanguage(question.options[Math.round(value) - 1]?.label));
  const parts = (): React.ReactNode => {
    switch (question.type) {
      case 'scale':
        return <Columns question={question} result={result} own={own} />;
      case 'year':
        return <Years question={question} result={result} own={own} />;
      case 'probability':
        return <p className="num">{t('delphi.group.median_percent', { median: decimal(median, 0), low: decimal(figure(result.lower_quartile), 0), high: decimal(figure(result.upper_quartile), 0) })}</p>;
      case 'choice':
      case 'choices':
        return <Rows rows={question.options.map((option, i) => ({ name: inLanguage(option.label), text: share((result.counts?.[i] ?? 0) / result.answered, 0), part: (result.counts?.[i] ?? 0) / result.answered, own: own?.option === option.id || (own?.options ?? []).includes(option.id) }))} />;
      case 'ranking':
        return <Rows rows={question.options.map((option, i) => ({ name: inLanguage(option.label), mean: result.mean_rank?.[i] ?? 0 })).sort((a, b) => a.mean - b.mean).map((row) => ({ name: row.name, text: decimal(row.mean, 1), part: 1 - (row.mean - 1) / question.options.length, own: false }))} />;
      default:
        return <Rows rows={question.options.map((option, i) => ({ name: inLanguage(option.label), text: decimal(result.mean_points?.[i], 0), part: (result.mean_points?.[i] ?? 0) / question.total, own: false }))} />;
    }
  };
  return (
    <figure className="dg-figure">
      <figcaption>
        {t('delphi.group.answers', { n: count(result.answered) })}
        {question.type === 'scale' ? ` · ${t('delphi.group.median', { median: inWords(median) })}` : ''}
      </figcaption>
      {parts()}
    </figure>
  );
}
