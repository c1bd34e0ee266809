import { useTranslation } from 'react-i18next';
import { moment } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { useReports, type Report } from './api';
import { ReportFiles, useFileHref } from './files';

function ReportCard({ report }: { report: Report }) {
  const { t, i18n } = useTranslation();
  const href = useFileHref();
  const first = report.files.find((file) => file.name.endsWith('.html'));
  const title = report.title ?? t(`report.template.${report.template ?? 'study'}`, { defaultValue: report.template ?? report.id });
  return (
    <article className="panel" style={{ display: 'flex', flexDirection: 'column', gap: 10 }}>
      <div style={{ height: 6, width: 44, borderRadius: 3, background: 'var(--seal)' }} />
      <h2 style={{ fontFamily: 'var(--title)', fontSize: 18, margin: 0 }}>{first ? <a href={href(report.id, first.name)} target="_blank" rel="noreferrer" style={{ color: 'var(--ink)' }}>{title}</a> : title}</h2>
      <div className="muted small num">{[moment(report.created_at), report.language ? t(`language.${report.language}`, { lng: i18n.language }) : '', report.run, report.by].filter(Boolean).join(' · ')}</div>
      <div style={{ marginTop: 'auto' }}><ReportFiles id={report.id} files={report.files} /></div>
    </article>
  );
}

/** The reports that were made, newest first. */
export function Gallery({ make }: { make: React.ReactNode }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const reports = useReports(ws.id);
  const none = <Empty title={t('report.none')} text={t('report.none_text')} action={make} />;
  return (
    <Loaded query={reports} absent={none}>
      {(data) => (data.items.length === 0 ? none : <div className="grid cols-3">{data.items.map((report) => <ReportCard key={report.id} report={report} />)}</div>)}
    </Loaded>
  );
}
