import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MapInfo } from '../../shared/api/map';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { horizontalBars, stackedYears } from '../../shared/charts/options';
import { count, share, yearlyGrowth } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { NumberLink } from '../../shared/ui/number_link';
import { useWorkspace } from '../../shared/workspace';
import type { Counts } from './model';

/** The same filter as a table: topics and how many of the documents in view are theirs. */
export function MapTable({ info, counts }: { info: MapInfo; counts: Counts }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const rows = counts.topics.map(({ index, count: n }) => ({ topic: info.topics[index], n })).filter((row) => row.topic !== undefined);
  return (
    <div className="page">
      <section className="panel" style={{ padding: '6px 10px' }}>
        <Table
          size="small"
          rowKey={(row) => row.topic?.id ?? ''}
          pagination={false}
          dataSource={rows}
          scroll={{ x: 520 }}
          columns={[
            { title: t('column.topic'), render: (_, row) => <Link to={ws.page(`/topics/${row.topic?.id}`)}>{labelOf(row.topic)}</Link> },
            { title: t('column.growth'), align: 'right', width: 110, sorter: (a, b) => (a.topic?.log_slope ?? 0) - (b.topic?.log_slope ?? 0), render: (_, row) => yearlyGrowth(row.topic?.log_slope) },
            { title: t('column.share'), align: 'right', width: 100, render: (_, row) => share(row.n / Math.max(1, counts.n)) },
            { title: t('column.documents'), align: 'right', width: 120, sorter: (a, b) => a.n - b.n, render: (_, row) => <NumberLink docs={row.topic?.id ?? ''}>{count(row.n)}</NumberLink> },
          ]}
        />
      </section>
    </div>
  );
}

export function MapSummary({ info, counts }: { info: MapInfo; counts: Counts }) {
  const { t } = useTranslation();
  const rows = counts.topics.slice(0, 18).map(({ index, count: n }) => ({ name: labelOf(info.topics[index]), value: n }));
  return (
    <div className="page">
      <div className="grid cols-2">
        <ChartFrame title={t('home.years')} explain={t('map.years_explain')} height={420} option={(p) => stackedYears(p, counts.years.map((y) => y.year), [{ name: t('chart.records'), values: counts.years.map((y) => y.count) }])} figures={{ columns: [t('chart.year'), t('chart.records')], rows: counts.years.map((y) => [y.year, y.count]) }} />
        <ChartFrame title={t('map.top_topics')} explain={t('map.topics_explain')} height={420} option={(p) => horizontalBars(p, rows, { value: t('column.documents') })} figures={{ columns: [t('column.topic'), t('column.documents')], rows: rows.map((row) => [row.name, row.value]) }} />
      </div>
    </div>
  );
}
