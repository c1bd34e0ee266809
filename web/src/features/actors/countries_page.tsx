import { Button, Select, Table, Tag } from 'antd';
import type { EChartsOption } from 'echarts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTopics } from '../../shared/api/topics';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { base, categoryAxis, valueAxis } from '../../shared/charts/options';
import { Whisker } from '../../shared/charts/sparkline';
import { countryName } from '../../shared/countries';
import { count, decimal, share } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import type { Palette } from '../../shared/theme';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useCountries, useStandings, type CountryRow } from './api';
import { CountryChart } from './country_chart';

/** Topics in which a country leads, is on par or follows: one stacked bar a country. */
function standingBars(p: Palette, rows: CountryRow[], names: { lead: string; par: string; follow: string }): EChartsOption {
  const top = rows.slice(0, 15).reverse();
  const bar = (key: 'lead' | 'par' | 'follow', color: string, opacity: number) => ({ name: names[key], type: 'bar' as const, stack: 's', barMaxWidth: 16, itemStyle: { color, opacity }, data: top.map((row) => row[key]) });
  return {
    ...base(p),
    legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, textStyle: { color: p.soft } },
    tooltip: { ...(base(p).tooltip as object), axisPointer: { type: 'shadow' } },
    grid: { left: 4, right: 20, top: 32, bottom: 4, containLabel: true },
    xAxis: valueAxis(p),
    yAxis: { ...categoryAxis(p, top.map((row) => countryName(row.name))), axisLine: { show: false }, axisLabel: { color: p.ink } },
    series: [bar('lead', p.seal, 0.9), bar('par', p.primary, 0.75), bar('follow', p.muted, 0.35)],
  };
}

function OneTopic({ unit }: { unit: string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const standings = useStandings(ws.id, unit);
  return (
    <Loaded query={standings} rows={8} absent={<Empty title={t('countries.none')} text={t('countries.none_text')} />}>
      {(data) => (
        <section className="panel" style={{ padding: '6px 10px' }}>
          <Table
            size="small"
            rowKey="name"
            pagination={false}
            scroll={{ x: 720 }}
            dataSource={data.items}
            columns={[
              { title: t('column.country'), render: (_, r) => countryName(r.name) },
              { title: t('column.share'), width: 210, render: (_, r) => <span style={{ display: 'flex', gap: 8 }}><Whisker value={r.share} low={r.share_low} high={r.share_high} min={0} max={Math.max(...data.items.map((x) => x.share_high))} /><span className="num">{share(r.share)}</span></span> },
              { title: t('column.rta'), width: 210, render: (_, r) => <span style={{ display: 'flex', gap: 8 }}><Whisker value={r.rta} low={r.rta_low} high={r.rta_high ?? Infinity} min={0} max={4} zero={1} /><span className="num">{decimal(r.rta, 2)}</span></span> },
              { title: t('column.standing'), width: 110, render: (_, r) => <Tag variant="filled" {...(r.standing === 'lead' ? { color: 'error' } : {})}>{t(`standing.${r.standing}`)}</Tag> },
              { title: t('column.documents'), align: 'right', width: 100, render: (_, r) => <NumberLink docs={`topic=${unit}&country=${r.name}&from=${data.first_year}&to=${data.last_year}`}>{count(r.documents)}</NumberLink> },
            ]}
          />
          <p className="panel-note" style={{ padding: '0 8px 8px' }}>{t('countries.note', { from: data.first_year, to: data.last_year, margin: share(data.margin, 0) })}</p>
        </section>
      )}
    </Loaded>
  );
}

export default function CountriesPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [unit, setUnit] = useUrlValue('unit');
  const topics = useTopics(ws.id);
  const countries = useCountries(ws.id);
  return (
    <Page title={t('menu.countries')} lead={t('countries.lead')}>
      <div className="filters">
        <Select allowClear showSearch={{ optionFilterProp: 'label' }} style={{ width: 340, maxWidth: '100%' }} placeholder={t('countries.all_topics')} aria-label={t('column.topic')} value={unit || null} onChange={(value: string | null) => setUnit(value)} options={(topics.data?.items ?? []).map((topic) => ({ value: topic.id, label: labelOf(topic) }))} />
      </div>
      {unit ? (
        <OneTopic unit={unit} />
      ) : (
        <Loaded query={countries} rows={10} absent={<section className="panel"><Empty title={t('countries.none')} text={t('countries.none_text')} action={<Link to={ws.page('/data')}><Button>{t('menu.data')}</Button></Link>} /></section>}>
          {(data) => (
            <div className="grid">
              <CountryChart rows={data.items} window={t('countries.window', { from: data.first_year, to: data.last_year })} bars={<ChartFrame title={t('countries.chart')} explain={t('countries.explain', { margin: share(data.margin, 0) })} height={430} option={(p) => standingBars(p, data.items, { lead: t('standing.lead'), par: t('standing.par'), follow: t('standing.follow') })} figures={{ columns: [t('column.country'), t('standing.lead'), t('standing.par'), t('standing.follow')], rows: data.items.map((r) => [countryName(r.name), r.lead, r.par, r.follow]) }} note={t('countries.window', { from: data.first_year, to: data.last_year })} />} />
              <section className="panel" style={{ padding: '6px 10px' }}>
                <Table
                  size="small"
                  rowKey="name"
                  scroll={{ x: 760 }}
                  pagination={{ pageSize: 20, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
                  dataSource={data.items}
                  columns={[
                    { title: t('column.country'), width: 170, render: (_, r) => <b style={{ fontWeight: 500 }}>{countryName(r.name)}</b> },
                    { title: t('countries.fractional'), align: 'right', width: 120, sorter: (a, b) => a.documents_fractional - b.documents_fractional, render: (_, r) => <NumberLink docs={`country=${r.name}&from=${data.first_year}&to=${data.last_year}`}>{count(r.documents_fractional)}</NumberLink> },
                    { title: t('standing.lead'), align: 'right', width: 80, sorter: (a, b) => a.lead - b.lead, dataIndex: 'lead' },
                    { title: t('standing.par'), align: 'right', width: 80, dataIndex: 'par' },
                    { title: t('standing.follow'), align: 'right', width: 80, dataIndex: 'follow' },
                    { title: t('countries.advantages'), className: 'wide-cell', render: (_, r) => <span className="chips">{r.advantages.slice(0, 3).map((a) => <Link key={a.id} className="chip" to={ws.page(`/topics/${a.id}?tab=actors`)}>{labelOf(topics.data?.items.find((topic) => topic.id === a.id) ?? a)}</Link>)}</span> },
                  ]}
                />
              </section>
            </div>
          )}
        </Loaded>
      )}
    </Page>
  );
}
