import { ImportOutlined } from '@ant-design/icons';
import { Button, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { hasRole, useSession } from '../../shared/api/session';
import { useOverview } from '../../shared/api/overview';
import { bySource } from '../../shared/charts/by_source';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { heatmap, stackedYears } from '../../shared/charts/options';
import { count, moment, share } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useQuality, type Quality } from './api';

function Completeness({ data }: { data: Quality }) {
  const { t } = useTranslation();
  const fields = data.fields.map((field) => t(`field.${field}`, { defaultValue: field }));
  const rows = [...data.sources].sort((a, b) => b.records - a.records).slice(0, 16);
  const cells = rows.flatMap((source, r) => source.filled.map((n, f) => [f, r, source.records > 0 ? n / source.records : 0] as [number, number, number]));
  return (
    <ChartFrame
      title={t('data.completeness')}
      explain={t('data.completeness_explain')}
      height={Math.max(220, 34 * rows.length + 90)}
      option={(p) => heatmap(p, fields, rows.map((row) => row.source), cells, (v) => share(v, 0), [t('data.never_filled'), t('data.always_filled')])}
      figures={{ columns: [t('group.source'), t('chart.records'), ...fields], rows: rows.map((row) => [row.source, row.records, ...row.filled.map((n) => (row.records > 0 ? n / row.records : 0))]) }}
    />
  );
}

function Issues({ data }: { data: Quality }) {
  const { t, i18n } = useTranslation();
  const [, openRecord] = useUrlValue('record');
  if (data.issues.length === 0 && data.problems.length === 0) return <Empty title={t('data.no_issues')} text={t('data.no_issues_text')} />;
  return (
    <>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={data.issues}
        scroll={{ x: 560 }}
        columns={[
          { title: t('data.issue'), render: (_, i) => t(`issue.${i.id}`, { defaultValue: i.id.replace(/[_-]/g, ' ') }) },
          { title: t('data.severity'), width: 110, render: (_, i) => <Tag variant="filled" color={i.severity === 'error' ? 'error' : i.severity === 'warning' ? 'warning' : 'default'}>{t(`severity.${i.severity}`, { defaultValue: i.severity })}</Tag> },
          { title: t('chart.records'), align: 'right', width: 110, render: (_, i) => count(i.count) },
          { title: t('data.examples'), render: (_, i) => <span className="chips">{i.records.slice(0, 3).map((id, n) => <button type="button" key={id} className="chip" onClick={() => openRecord(id)}>{t('data.example', { n: n + 1 })}</button>)}</span> },
        ]}
      />
      {(i18n.language === 'en' ? data.problems : data.problems_zh).map((problem) => <p key={problem} className="panel-note">{problem}</p>)}
    </>
  );
}

export default function DataPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const { data: session } = useSession();
  const overview = useOverview(ws.id);
  const quality = useQuality(ws.id);
  const may = hasRole(session, 'analyst', 'curator', 'admin');
  return (
    <Page title={t('menu.data')} lead={t('data.lead')} actions={may ? <Link to={ws.page('/data/import')}><Button type="primary" icon={<ImportOutlined />}>{t('menu.import')}</Button></Link> : null}>
      <Loaded query={quality} rows={10} absent={<Empty title={t('home.empty')} text={t('home.empty_text')} action={<Link to={ws.page('/data/import')}><Button type="primary">{t('menu.import')}</Button></Link>} />}>
        {(data) => (
          <>
            <div className="kpi-strip" style={{ marginBottom: 18 }}>
              {[
                { label: t('home.records'), value: count(data.records), note: t('data.after_merge', { n: count(data.source_records) }) },
                { label: t('data.merged'), value: count(data.merged_away), note: t('data.merged_note') },
                { label: t('data.duplicates'), value: count(data.duplicates), note: t('data.duplicates_note') },
                { label: t('data.rejected'), value: count(data.rejected), note: t('data.rejected_note') },
                { label: t('data.sources'), value: count(data.sources.length), note: data.last_import ? t('data.last_import', { date: moment(data.last_import) }) : '' },
              ].map((cell) => (
                <div className="kpi" key={cell.label}>
                  <span className="label">{cell.label}</span>
                  <span className="value">{cell.value}</span>
                  <span className="note">{cell.note}</span>
                </div>
              ))}
            </div>
            <div className="grid">
              <Loaded query={overview} rows={5}>
                {(all) => (
                  <ChartFrame
                    title={t('home.years')}
                    explain={t('home.years_explain')}
                    height={250}
                    option={(p) => stackedYears(p, all.years.map((y) => y.year), bySource(all.years, t('chart.other'), 9))}
                    figures={{ columns: [t('chart.year'), t('chart.records')], rows: all.years.map((y) => [y.year, y.count]) }}
                    onClick={(click) => void navigate(ws.page(`/search?y=${click.name}-${click.name}`))}
                  />
                )}
              </Loaded>
              <Completeness data={data} />
              <section className="panel"><div className="panel-head"><h2>{t('data.issues')}</h2></div><Issues data={data} /></section>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}
