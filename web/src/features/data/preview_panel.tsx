import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Select, Spin, Table, Tabs, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RecordFields } from '../../shared/api/records';
import { toCsv } from '../../shared/charts/xlsx';
import { bytes, count, share } from '../../shared/format';
import { said } from '../../shared/labels';
import { saveFile } from '../../shared/save_file';
import { Empty } from '../../shared/ui/empty';
import { filled, totalsOf, type Entry } from './import_model';
import { MappingTable } from './mapping_table';

const readable = ['csv', 'tsv', 'xlsx', 'jsonl', 'json', 'ris', 'bibtex', 'noteexpress', 'refworks', 'endnote', 'wos', 'medline'];

/** What a reader noticed; columns nobody asked for are told in the language of the page, with their names. */
function warningText(warning: { code: string; message: string; message_zh?: string }, t: (key: string, values?: Record<string, string>) => string): string {
  const columns = warning.message.split(': ').slice(1).join(': ');
  return warning.code === 'unmapped_columns' && columns ? t('import.unmapped_columns', { columns }) : said(warning, 'message');
}

interface Rejected {
  index: number;
  line: number;
  reason: string;
  reason_zh?: string;
  raw?: string;
}

function Rejects({ name, rows, total }: { name: string; rows: Rejected[]; total: number | null }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <Empty title={t('import.no_rejects')} />;
  const save = () => saveFile(`${name}.rejects.csv`, toCsv([[t('import.record'), t('import.line'), t('import.reason'), t('import.raw')], ...rows.map((row) => [row.index + 1, row.line || null, said(row, 'reason'), row.raw])]), 'text/csv;charset=utf-8');
  return (
    <>
      <div className="filters">
        <Button size="small" icon={<DownloadOutlined />} onClick={save}>{t('import.save_rejects')}</Button>
        {total !== null && total > rows.length ? <span className="muted small">{t('import.first_rejects', { n: rows.length, all: count(total) })}</span> : null}
      </div>
      <Table
        size="small"
        rowKey="index"
        pagination={{ pageSize: 10, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={rows}
        scroll={{ x: 560 }}
        columns={[
          { title: t('import.line'), width: 90, render: (_, r) => r.line || r.index + 1 },
          { title: t('import.reason'), width: 300, render: (_, r) => said(r, 'reason') },
          { title: t('import.raw'), render: (_, r) => <code className="muted small" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{(r.raw ?? '').slice(0, 240)}</code> },
        ]}
      />
    </>
  );
}

function Sample({ records }: { records: RecordFields[] }) {
  const { t } = useTranslation();
  const dash = <span className="muted">–</span>;
  return (
    <Table
      size="small"
      rowKey={(_, i) => String(i)}
      pagination={{ pageSize: 8, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
      dataSource={records}
      scroll={{ x: 860 }}
      columns={[
        { title: t('field.title'), width: 320, render: (_, r) => r.title || dash },
        { title: t('field.date'), width: 100, render: (_, r) => r.date || dash },
        { title: t('field.persons'), width: 170, ellipsis: true, render: (_, r) => (r.persons ?? []).map((p) => p.name).join('; ') || dash },
        { title: t('field.organisations'), width: 170, ellipsis: true, render: (_, r) => (r.organisations ?? []).map((o) => o.name).join('; ') || dash },
        { title: t('field.venue'), width: 140, ellipsis: true, render: (_, r) => r.venue || dash },
        { title: t('field.abstract'), ellipsis: true, render: (_, r) => r.abstract || dash },
      ]}
    />
  );
}

function Fields({ records }: { records: RecordFields[] }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="grid cols-2" style={{ gap: '2px 36px' }}>
        {filled(records).map((row) => (
          <div className="bar-row" key={row.field}>
            <span>{t(`field.${row.field}`)}</span>
            <span className="track"><span className={row.share < 0.5 ? 'fill minus' : 'fill'} style={{ display: 'block', width: share(row.share, 0) }} /></span>
            <span className="num muted small">{share(row.share, 0)}</span>
          </div>
        ))}
      </div>
      <p className="panel-note">{t('import.fields_note', { n: records.length })}</p>
    </>
  );
}

/** One file seen before it is kept: what it was recognised as, its first records, what its columns are taken for, what would be refused or is here already. */
export function PreviewPanel({ entry, change, countAll }: { entry: Entry; change: (change: Partial<Entry>) => void; countAll: () => void }) {
  const { t } = useTranslation();
  const p = entry.preview;
  const totals = totalsOf(entry);
  const rejects: Rejected[] = p?.rejects.length ? p.rejects : (entry.counted ?? []).flatMap((file) => file.rejects);
  const records = (p?.records ?? []) as unknown as RecordFields[];
  const known = p !== null && p.format !== '';
  return (
    <section className="panel" style={{ marginBottom: 18 }} aria-busy={entry.checking}>
      <div className="panel-head">
        <h2>{entry.file.name}</h2>
        {entry.checking ? <Spin size="small" aria-label={t('import.looking')} /> : null}
        <span className="muted small num">{bytes(entry.file.size)}</span>
      </div>
      {entry.error ? <Alert type="error" showIcon title={entry.error} style={{ marginBottom: 12 }} /> : null}
      {p && !known && !entry.checking ? <Alert type="warning" showIcon title={t('import.unknown')} description={t('import.unknown_text')} style={{ marginBottom: 12 }} /> : null}
      <div className="filters" style={{ marginBottom: 14 }}>
        {p ? (
          <>
            <Tag variant="filled" color={known ? 'success' : 'error'}>{t('import.format', { format: p.format || '?' })}{known ? ` · ${share(p.confidence, 0)}` : ''}</Tag>
            <Tag variant="filled">{t('import.encoding', { encoding: p.encoding || '?' })}</Tag>
          </>
        ) : null}
        {totals ? (
          <>
            <Tag variant="filled">{t('import.read', { n: count(totals.read) })}</Tag>
            <Tag variant="filled" color="processing">{t('import.new', { n: count(totals.kept) })}</Tag>
            <Tag variant="filled">{t('import.duplicates', { n: count(totals.duplicates) })}</Tag>
            {totals.updated > 0 ? <Tag variant="filled">{t('import.updated', { n: count(totals.updated) })}</Tag> : null}
            <Tag variant="filled" {...(totals.rejected > 0 ? { color: 'warning' } : {})}>{t('import.rejected', { n: count(totals.rejected) })}</Tag>
          </>
        ) : p && known ? (
          <>
            <span className="muted small">{t('import.large')}</span>
            <Button size="small" onClick={countAll} disabled={entry.checking}>{t('import.count_all')}</Button>
          </>
        ) : null}
        <span style={{ flex: 1 }} />
        <span style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
          <label htmlFor={`format-${entry.key}`} className="muted small">{t('import.read_as')}</label>
          <Select id={`format-${entry.key}`} size="small" showSearch style={{ width: 150 }} value={entry.format} onChange={(format) => change({ format, fields: {}, kind: '' })} options={[{ value: '', label: t('import.as_found') }, ...readable.map((value) => ({ value, label: value }))]} />
        </span>
      </div>
      {known ? (
        <Tabs
          size="small"
          items={[
            { key: 'records', label: t('import.sample', { n: records.length }), children: records.length > 0 ? <Sample records={records} /> : <Empty title={t('import.no_records')} text={t('import.no_records_text')} /> },
            { key: 'mapping', label: t('import.mapping'), children: <MappingTable entry={entry} change={change} /> },
            { key: 'fields', label: t('import.fields'), children: <Fields records={records} /> },
            { key: 'rejects', label: t('import.rejects', { n: totals ? count(totals.rejected) : rejects.length }), children: <Rejects name={entry.file.name} rows={rejects} total={totals?.rejected ?? null} /> },
            ...((p?.files.length ?? 0) > 1 ? [{ key: 'members', label: t('import.members', { n: p?.files.length ?? 0 }), children: <Table size="small" rowKey="name" pagination={{ pageSize: 10, hideOnSinglePage: true, size: 'small' }} dataSource={p?.files ?? []} columns={[{ title: t('import.member'), dataIndex: 'name' }, { title: t('import.format_name'), render: (_, f) => f.format || '–' }, { title: t('import.sure'), align: 'right' as const, width: 100, render: (_, f) => share(f.confidence, 0) }]} /> }] : []),
          ]}
        />
      ) : null}
      {(p?.warnings ?? []).map((warning, i) => <p key={i} className="panel-note">{warningText(warning, t)}{warning.count > 1 ? ` (×${count(warning.count)})` : ''}</p>)}
    </section>
  );
}
