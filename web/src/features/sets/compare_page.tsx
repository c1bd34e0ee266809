import { SwapOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { EChartsOption } from 'echarts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useComparison, useSets, type ComparedTerm, type SetComparison } from '../../shared/api/sets';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { base, categoryAxis, valueAxis } from '../../shared/charts/options';
import { count, share } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import type { Palette } from '../../shared/theme';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';

interface Names {
  a: string;
  b: string;
  shared: string;
}

/** Records a year of both sets; told apart by shape and dash as well as by colour. */
function yearLines(p: Palette, years: SetComparison['years'], names: Names): EChartsOption {
  const line = (name: string, key: 'a' | 'b' | 'shared', color: string, type: 'solid' | 'dashed' | 'dotted', symbol: string) => ({ name, type: 'line' as const, symbol, symbolSize: 7, lineStyle: { width: 2.2, type, color }, itemStyle: { color }, data: years.map((y) => y[key]) });
  return {
    ...base(p),
    legend: { top: 0, left: 0, textStyle: { color: p.soft }, type: 'scroll' },
    grid: { left: 8, right: 18, top: 36, bottom: 8, containLabel: true },
    xAxis: { ...categoryAxis(p, years.map((y) => y.year)), boundaryGap: false },
    yAxis: valueAxis(p),
    series: [line(names.a, 'a', p.primary, 'solid', 'circle'), line(names.b, 'b', p.warn, 'dashed', 'diamond'), line(names.shared, 'shared', p.muted, 'dotted', 'triangle')],
  };
}

/** How far the two sets cover one another: one bar in three parts, as long as their counts. */
function Overlap({ data, names }: { data: SetComparison; names: Names }) {
  const { t } = useTranslation();
  const all = Math.max(1, data.only_a + data.shared + data.only_b);
  const parts = [
    { key: 'a', label: t('compare.only', { name: names.a }), n: data.only_a, background: 'var(--primary)' },
    { key: 'shared', label: t('compare.shared'), n: data.shared, background: 'repeating-linear-gradient(45deg, var(--primary) 0 6px, var(--warn) 6px 12px)' },
    { key: 'b', label: t('compare.only', { name: names.b }), n: data.only_b, background: 'var(--warn)' },
  ];
  return (
    <section className="panel">
      <div className="panel-head"><h2>{t('compare.overlap')}</h2><span className="muted small num">{t('compare.jaccard', { value: share(data.jaccard) })}</span></div>
      <div role="img" aria-label={parts.map((part) => `${part.label}: ${part.n}`).join('; ')} style={{ display: 'flex', height: 26, borderRadius: 8, overflow: 'hidden', background: 'var(--faint)' }}>
        {parts.map((part) => <div key={part.key} style={{ width: `${(100 * part.n) / all}%`, background: part.background }} />)}
      </div>
      <div className="grid cols-3" style={{ marginTop: 14 }}>
        {parts.map((part) => (
          <div key={part.key} style={{ display: 'flex', gap: 10, alignItems: 'baseline' }}>
            <i style={{ width: 12, height: 12, borderRadius: 3, background: part.background, flex: 'none' }} />
            <span style={{ minWidth: 0 }}><b className="num" style={{ fontSize: 20 }}>{count(part.n)}</b> <span className="muted small">{part.label}</span></span>
          </div>
        ))}
      </div>
      {data.a.missing + data.b.missing > 0 ? <p className="panel-note">{t('compare.missing', { n: count(data.a.missing + data.b.missing) })}</p> : null}
    </section>
  );
}

/** Words with the share of each set that holds them, one bar above the other. */
function Terms({ title, terms, names }: { title: string; terms: ComparedTerm[]; names: Names }) {
  const { t } = useTranslation();
  const top = Math.max(1e-9, ...terms.map((term) => Math.max(term.share_a, term.share_b)));
  const bar = (value: number, color: string, name: string) => (
    <span style={{ display: 'grid', gridTemplateColumns: '1fr 54px', gap: 8, alignItems: 'center' }} title={`${name}: ${share(value)}`}>
      <span className="track" style={{ height: 6, borderRadius: 3, background: 'var(--faint)', overflow: 'hidden' }}><span style={{ display: 'block', height: '100%', width: `${(100 * value) / top}%`, background: color }} /></span>
      <span className="num muted small" style={{ textAlign: 'right' }}>{share(value)}</span>
    </span>
  );
  return (
    <section className="panel">
      <div className="panel-head"><h2>{title}</h2></div>
      {terms.length === 0 ? <p className="muted">{t('compare.no_terms')}</p> : null}
      {terms.map((term) => (
        <div key={term.id} style={{ display: 'grid', gridTemplateColumns: 'minmax(90px,1fr) minmax(0,1.3fr)', gap: 12, alignItems: 'center', padding: '5px 0' }}>
          <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}><NumberLink docs={term.id}>{labelOf(term)}</NumberLink></span>
          <span>{bar(term.share_a, 'var(--primary)', names.a)}{bar(term.share_b, 'var(--warn)', names.b)}</span>
        </div>
      ))}
    </section>
  );
}

function Beside({ data }: { data: SetComparison }) {
  const { t } = useTranslation();
  const names = { a: data.a.name, b: data.b.name, shared: t('compare.shared') };
  return (
    <div className="grid">
      <Overlap data={data} names={names} />
      <ChartFrame
        title={t('compare.years')}
        explain={t('compare.years_explain')}
        height={290}
        option={(p) => yearLines(p, data.years, names)}
        figures={{ columns: [t('chart.year'), names.a, names.b, names.shared], rows: data.years.map((y) => [y.year, y.a, y.b, y.shared]) }}
      />
      <div className="grid cols-3">
        <Terms title={t('compare.more', { name: names.a })} terms={data.terms_a} names={names} />
        <Terms title={t('compare.more', { name: names.b })} terms={data.terms_b} names={names} />
        <Terms title={t('compare.common')} terms={data.terms_common} names={names} />
      </div>
      <p className="muted small">{t('compare.note')}</p>
    </div>
  );
}

/** One of the two, with the colour it has below. */
function SetChoice({ color, label, value, set, options }: { color: string; label: string; value: string; set: (id: string) => void; options: { value: string; label: string; disabled: boolean }[] }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8, minWidth: 0, maxWidth: '100%' }}>
      <i style={{ width: 12, height: 12, flex: 'none', borderRadius: 3, background: color }} />
      <Select showSearch={{ optionFilterProp: 'label' }} style={{ width: 280, minWidth: 0 }} aria-label={label} placeholder={label} value={value || null} onChange={set} options={options} />
    </span>
  );
}

/** Two of one's sets beside each other: overlap, years, the words that tell them apart. */
export default function ComparePage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const sets = useSets(ws.id);
  const [a, setA] = useUrlValue('a');
  const [b, setB] = useUrlValue('b');
  const compared = useComparison(ws.id, a, b);
  const options = (other: string) => (sets.data?.items ?? []).map((set) => ({ value: set.id, label: set.records === null ? set.name : `${set.name} (${count(set.records)})`, disabled: set.id === other }));
  return (
    <Page title={t('sets.compare')} lead={t('compare.lead')} actions={<Link to={ws.page('/sets')}><Button>{t('menu.sets')}</Button></Link>}>
      <div className="filters">
        <SetChoice color="var(--primary)" label={t('compare.first')} value={a} set={setA} options={options(b)} />
        <Button icon={<SwapOutlined />} aria-label={t('compare.swap')} onClick={() => { setA(b); setB(a); }} />
        <SetChoice color="var(--warn)" label={t('compare.second')} value={b} set={setB} options={options(a)} />
      </div>
      {a && b ? (
        <Loaded query={compared} rows={10} absent={<Empty title={t('compare.gone')} text={t('compare.gone_text')} action={<Link to={ws.page('/sets')}><Button type="primary">{t('menu.sets')}</Button></Link>} />}>
          {(data) => <Beside data={data} />}
        </Loaded>
      ) : (
        <Empty title={t('sets.choose_two')} text={t('compare.lead')} />
      )}
    </Page>
  );
}
