import { Button, Segmented, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { Whisker } from '../../shared/charts/sparkline';
import { count, decimal, share, signed } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useLag, type Lag, type LagQuantiles } from './api';
import { marks, rangeOf, toldPairs, uptakeChart } from './model';

function LagCell({ lag, span }: { lag: LagQuantiles; span: number }) {
  const range = rangeOf(lag);
  if (lag.median === undefined || !range) return <span className="muted">–</span>;
  return (
    <span style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
      <Whisker value={lag.median} low={range[0]} high={range[1]} min={-span} max={span} />
      <span className="num small">{signed(lag.median, 1)} <span className="muted">[{decimal(range[0], 0)}, {decimal(range[1], 0)}]</span></span>
    </span>
  );
}

function Pairs({ data }: { data: Lag }) {
  const { t } = useTranslation();
  const rows = toldPairs(data.pairs);
  const span = Math.max(2, ...rows.flatMap((row) => [row.lag, row.excess]).flatMap((lag) => rangeOf(lag) ?? []).map(Math.abs));
  return (
    <section className="panel">
      <div className="panel-head"><h2>{t('lag.pairs')}</h2></div>
      <Table
        size="small"
        rowKey={(row) => `${row.from}-${row.to}`}
        pagination={false}
        dataSource={rows}
        scroll={{ x: 820 }}
        columns={[
          { title: t('lag.pair'), width: 150, render: (_, r) => <b style={{ fontWeight: 500 }}>{t(`kind.${r.from}`)} → {t(`kind.${r.to}`)}</b> },
          { title: t('lag.observed'), width: 240, render: (_, r) => <LagCell lag={r.lag} span={span} /> },
          { title: t('lag.excess'), width: 240, render: (_, r) => <LagCell lag={r.excess} span={span} /> },
          { title: t('lag.order'), width: 150, align: 'right', render: (_, r) => <span className="num">{count(r.from_first)} : {count(r.same_year)} : {count(r.to_first)}</span> },
          { title: t('lag.first_share'), width: 120, align: 'right', render: (_, r) => (r.from_first_share ? <span className="num">{share(r.from_first_share.low, 0)}–{share(r.from_first_share.high, 0)}</span> : '–') },
          { title: t('lag.units'), width: 80, align: 'right', render: (_, r) => count(r.lag.units) },
        ]}
      />
      <p className="panel-note">{t('lag.pairs_note')}</p>
    </section>
  );
}

/** Which kind of source takes terms or topics up first, and how many years later the others follow. */
export default function LagPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [unit, setUnit] = useUrlValue('unit', 'term');
  const [, openDocs] = useUrlValue('docs');
  const lag = useLag(ws.id, unit);
  const empty = <section className="panel"><Empty title={t('lag.none')} text={t('lag.none_text')} action={<Link to={ws.page('/data/import')}><Button>{t('menu.import')}</Button></Link>} /></section>;
  return (
    <Page title={t('menu.lag')} lead={t('lag.lead')}>
      <div className="filters">
        <Segmented value={unit} onChange={(value) => setUnit(value)} options={['term', 'topic'].map((value) => ({ value, label: t(`unit.${value}`) }))} />
      </div>
      <Loaded query={lag} rows={10} absent={empty}>
        {(data) => {
          if (data.kinds.length < 2) return empty;
          const seen = marks(data.units, data.kinds);
          return (
            <div className="grid">
              <Pairs data={data} />
              {data.units.length > 0 ? (
                <ChartFrame
                  title={t('lag.uptake')}
                  explain={t('lag.explain', { support: data.support })}
                  height={Math.max(240, 24 * data.units.length + 60)}
                  option={(p) => uptakeChart(p, data, { kind: (kind) => t(`kind.${kind}`), before: t('lag.before') })}
                  figures={{ columns: [t(unit === 'topic' ? 'column.topic' : 'column.term'), ...data.kinds.map((kind) => t(`kind.${kind.kind}`))], rows: data.units.map((one, i) => [one.label, ...data.kinds.map((kind) => { const mark = seen.find((m) => m.unit === i && m.kind === kind.kind); return mark ? `${mark.before ? '≤ ' : ''}${mark.year}` : ''; })]) }}
                  onClick={(click) => { const mark = (click.data as { mark?: { unit: number } } | null)?.mark; if (mark) openDocs(data.units[mark.unit]?.id ?? null); }}
                  note={t('lag.cover', { kinds: data.kinds.map((kind) => `${t(`kind.${kind.kind}`)} ${kind.first_year}–${kind.last_year}`).join(' · ') })}
                />
              ) : null}
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}
