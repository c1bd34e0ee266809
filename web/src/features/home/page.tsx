import { ArrowRightOutlined, ImportOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useOverview, type Overview } from '../../shared/api/overview';
import { bySource } from '../../shared/charts/by_source';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { Sparkline } from '../../shared/charts/sparkline';
import { stackedYears } from '../../shared/charts/options';
import { useJobs } from '../../shared/api/jobs';
import { hasRole, useSession } from '../../shared/api/session';
import { count, date, yearlyGrowth } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { Empty } from '../../shared/ui/empty';
import { JobRow } from '../../shared/ui/job_row';
import { Loaded, Page } from '../../shared/ui/page';
import { TopicClouds } from '../../shared/ui/topic_clouds';
import { useWorkspace } from '../../shared/workspace';
import type { Emerging } from './api';

function EmergingRow({ row }: { row: Emerging }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  return (
    <li className={row.rising ? undefined : 'quiet'}>
      <Link className="name" to={ws.page(`/topics/${row.id}`)}>
        {labelOf(row)}
      </Link>
      <span className="side-figure" style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
        <span className={row.rising ? 'num small tag-emerging' : 'num small muted'}>{t('home.a_year', { value: yearlyGrowth(row.growth.log_slope) })}</span>
        <Sparkline values={row.spark ?? []} label={t('home.spark', { label: labelOf(row) })} />
      </span>
      <span className="why">{row.why}</span>
    </li>
  );
}

/** What rises; where that is little, the next by score, under a line that says that they do not. */
function EmergingList({ rows }: { rows: Emerging[] }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const rising = rows.filter((row) => row.rising);
  const others = rows.filter((row) => !row.rising);
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('home.emerging')}</h2>
        <Link to={ws.page('/emerging')}>
          {t('home.ranking')} <ArrowRightOutlined style={{ fontSize: 11 }} />
        </Link>
      </div>
      {rows.length === 0 ? (
        <Empty title={t('home.no_emerging')} text={t('home.no_emerging_text')} />
      ) : (
        <>
          {rising.length > 0 ? <ol className="ranked">{rising.map((row) => <EmergingRow key={row.id} row={row} />)}</ol> : <p className="muted">{t('home.none_rising')}</p>}
          {others.length > 0 ? (
            <>
              <p className="ranked-rule">{t('home.next_by_score')}</p>
              <ol className="ranked" style={{ counterReset: `rank ${rising.length}` }}>{others.map((row) => <EmergingRow key={row.id} row={row} />)}</ol>
            </>
          ) : null}
        </>
      )}
    </section>
  );
}

function Jobs() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const ws = useWorkspace();
  const jobs = useJobs();
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('home.jobs')}</h2>
        <Link to={ws.page('/jobs')}>{t('jobs.all')}</Link>
      </div>
      {(jobs ?? []).length === 0 ? <p className="muted" style={{ margin: 0, lineHeight: 1.7 }}>{t('jobs.none')}</p> : jobs?.slice(0, 4).map((job) => <JobRow key={job.id} job={job} changed={() => void client.invalidateQueries({ queryKey: ['/jobs'] })} />)}
    </section>
  );
}

function Counters({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { data: session } = useSession();
  const run = overview.last_run?.at || session?.workspaces.find((w) => w.id === ws.id)?.last_run?.finished_at;
  const kinds = Object.entries(overview.records_by_kind ?? {}).filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
  const cells = [
    { label: t('home.records'), value: overview.records, to: '/search', note: kinds.slice(0, 3).map(([kind, n]) => `${t(`kind.${kind}`)} ${count(n)}`).join(' · ') },
    { label: t('home.topics'), value: overview.topics, to: '/topics', note: run ? t('home.last_run', { date: date(run) }) : t('home.never_run') },
    { label: t('home.terms'), value: overview.terms, to: '/emerging?unit=term', note: t('home.terms_note') },
    { label: t('home.judgements'), value: overview.judgements, to: '/judgements', note: overview.open_conflicts > 0 ? t('home.conflicts', { n: overview.open_conflicts }) : t('home.no_conflicts') },
  ];
  return (
    <div className="kpi-strip" style={{ marginBottom: 18 }}>
      {cells.map((cell) => (
        <div className="kpi" key={cell.label}>
          <span className="label">{cell.label}</span>
          <Link to={ws.page(cell.to)} className="value" style={{ color: 'var(--ink)' }}>
            {count(cell.value)}
          </Link>
          <span className="note">{cell.note}</span>
        </div>
      ))}
    </div>
  );
}

export default function Home() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const { data: session } = useSession();
  const overview = useOverview(ws.id);
  const name = session?.workspaces.find((w) => w.id === ws.id)?.name ?? ws.id;
  return (
    <Page
      title={name}
      lead={t('home.lead')}
      actions={
        hasRole(session, 'analyst', 'curator', 'admin') ? (
          <Link to={ws.page('/data/import')}>
            <Button icon={<ImportOutlined />}>{t('menu.import')}</Button>
          </Link>
        ) : null
      }
    >
      <Loaded query={overview} rows={10}>
        {(data) =>
          data.records === 0 ? (
            <Empty title={t('home.empty')} text={t('home.empty_text')} action={<Link to={ws.page('/data/import')}><Button type="primary">{t('menu.import')}</Button></Link>} />
          ) : (
            <>
              <Counters overview={data} />
              <div className="grid cols-main">
                <EmergingList rows={data.emerging ?? []} />
                <section className="panel" style={{ display: 'flex', flexDirection: 'column' }}>
                  <div className="panel-head">
                    <h2>{t('home.map')}</h2>
                    <Link to={ws.page('/map')}>
                      {t('home.open_map')} <ArrowRightOutlined style={{ fontSize: 11 }} />
                    </Link>
                  </div>
                  <TopicClouds height={400} />
                </section>
                <ChartFrame
                  title={t('home.years')}
                  explain={t('home.years_explain')}
                  height={260}
                  option={(p) => stackedYears(p, data.years.map((y) => y.year), bySource(data.years, t('chart.other')))}
                  figures={{ columns: [t('chart.year'), t('chart.records')], rows: data.years.map((y) => [y.year, y.count]) }}
                  onClick={(click) => void navigate(ws.page(`/search?y=${click.name}-${click.name}`))}
                />
                <Jobs />
              </div>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
