import { CopyOutlined, DownloadOutlined } from '@ant-design/icons';
import { Alert, App, Button, Checkbox, Input, InputNumber, Select, Table, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toCsv } from '../../shared/charts/xlsx';
import { inLanguage } from '../../shared/delphi/model';
import { count } from '../../shared/format';
import { saveFile } from '../../shared/save_file';
import { readTable } from '../../shared/table_file';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, useChange, type Invitee, type Link, type Study } from './api';
import { isOver, parseInvitees } from './model';
import { Missing, SeatLinks } from './seats_parts';

/** The links, shown this once: only their fingerprints are stored. */
export function Links({ study, links }: { study: Study; links: Link[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async () => {
    const text = links.map((link) => [link.name, link.email, link.link].join('\t')).join('\n');
    try {
      await navigator.clipboard.writeText(text);
      void message.success(t('delphi.links_copied'));
    } catch {
      void message.warning(t('delphi.links_not_copied'));
    }
  };
  return (
    <div>
      <Alert type="warning" showIcon title={t('delphi.links_once')} description={t('delphi.links_once_text')} style={{ margin: '16px 0' }} />
      <div className="dp-row tight">
        <Button type="primary" icon={<DownloadOutlined />} onClick={() => saveFile(`${inLanguage(study.title)}-links.csv`, toCsv([['name', 'email', 'link'], ...links.map((link) => [link.name, link.email, link.link])]), 'text/csv;charset=utf-8')}>{t('delphi.links_csv')}</Button>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>{t('delphi.links_copy')}</Button>
      </div>
      <div style={{ overflowX: 'auto' }}>
        <table className="dp-links">
          <thead><tr><th>{t('delphi.name')}</th><th>{t('delphi.email')}</th><th>{t('delphi.link')}</th></tr></thead>
          <tbody>{links.map((link) => <tr key={link.link}><td>{link.name}</td><td>{link.email}</td><td><code>{link.link}</code></td></tr>)}</tbody>
        </table>
      </div>
    </div>
  );
}

/** Who will be invited, and which statements each of them must not judge. */
function Excluded({ invitees, excluded, set, study }: { invitees: Invitee[]; excluded: (row: number) => string[]; set: (row: number, items: string[]) => void; study: Study }) {
  const { t } = useTranslation();
  return (
    <details style={{ margin: '4px 0 12px' }}>
      <summary className="small" style={{ cursor: 'pointer' }}>{t('delphi.excluded_n', { n: count(invitees.filter((_, i) => excluded(i).length > 0).length) })}</summary>
      <p className="panel-note">{t('delphi.excluded_text')}</p>
      <Table
        size="small"
        rowKey={(_, i) => String(i)}
        pagination={{ pageSize: 10, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={invitees.map((invitee, row) => ({ invitee, row }))}
        columns={[
          { title: t('delphi.name'), render: (_, { invitee }) => <>{invitee.name} <span className="muted small">{invitee.organisation}</span></> },
          { title: t('delphi.excluded'), render: (_, { row, invitee }) => <Select mode="multiple" style={{ width: '100%', minWidth: 200 }} maxTagCount="responsive" value={excluded(row)} onChange={(items: string[]) => set(row, items)} optionFilterProp="label" aria-label={`${t('delphi.excluded')}: ${invitee.name}`} options={study.items.map((item) => ({ value: item.id, label: `${item.id} ${inLanguage(item)}` }))} /> },
        ]}
      />
    </details>
  );
}

export function People({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [days, setDays] = useState(90);
  const [pilot, setPilot] = useState(false);
  const [marked, setMarked] = useState<Record<number, string[]>>({});
  const [links, setLinks] = useState<Link[]>([]);
  const [busy, setBusy] = useState(false);
  const parsed = parseInvitees(text);
  const excluded = (row: number) => marked[row] ?? parsed.invitees[row]?.excluded_items ?? [];
  const write = (next: string) => { setText(next); setMarked({}); };
  const first = study.round === 0;
  if (study.state === 'design' && !pilot) return <><Alert type="info" showIcon title={t('delphi.invite_locked')} /><Checkbox style={{ marginTop: 12 }} checked={pilot} onChange={(event) => setPilot(event.target.checked)}>{t('delphi.pilot_seats')}</Checkbox></>;
  const invite = async () => {
    setBusy(true);
    const made = await change<{ items: Link[] }>('POST', `${studyPath(ws.id, study.id)}/invitations`, { invitees: parsed.invitees.map((invitee, row) => ({ ...invitee, excluded_items: excluded(row) })), expires_days: days, ...(pilot ? { pilot } : {}) });
    setBusy(false);
    if (!made) return;
    setLinks([...links, ...made.items]);
    write('');
  };
  const read = (file: File) => {
    // Cells go back into the box, so that what was understood can be seen and corrected.
    readTable(file).then((rows) => write(rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')).join('\t')).join('\n')), () => void message.error(t('delphi.file_unreadable', { name: file.name })));
    return false;
  };
  return (
    <>
      <p className="panel-note" style={{ marginTop: 0 }}>{t('delphi.invited_n', { n: count(study.funnel.invited), consented: count(study.funnel.consented) })} {t('delphi.who_private')}</p>
      {!isOver(study.state) ? (
        <>
          <Input.TextArea rows={6} value={text} onChange={(event) => write(event.target.value)} placeholder={t('delphi.invite_paste')} aria-label={t('delphi.invite')} style={{ fontFamily: 'ui-monospace, monospace', fontSize: 13 }} />
          <div className="dp-row tight">
            <Upload accept=".xlsx,.csv,.tsv,.txt" showUploadList={false} beforeUpload={read}><Button>{t('delphi.invite_file')}</Button></Upload>
            <InputNumber prefix={t('delphi.expires')} suffix={t('delphi.days')} style={{ width: 190 }} min={1} max={730} value={days} onChange={(value) => setDays(value ?? 90)} />
            {first ? <Checkbox checked={pilot} onChange={(event) => setPilot(event.target.checked)}>{t('delphi.pilot_seats')}</Checkbox> : null}
            <Button type="primary" loading={busy} disabled={parsed.invitees.length === 0} onClick={() => void invite()}>{t('delphi.invite_n', { n: count(parsed.invitees.length) })}</Button>
            <span className="muted small">{parsed.attributes.length > 0 ? t('delphi.attributes', { list: parsed.attributes.join(', ') }) : t('delphi.invite_note')}</span>
          </div>
          {parsed.invitees.length > 0 && study.items.length > 0 ? <Excluded invitees={parsed.invitees} excluded={excluded} set={(row, items) => setMarked({ ...marked, [row]: items })} study={study} /> : null}
          {parsed.problems.length > 0 ? <Alert type="warning" showIcon title={t('delphi.rows_left', { n: parsed.problems.length })} description={parsed.problems.slice(0, 6).map((problem) => t(`delphi.row.${problem.kind}`, { row: problem.row })).join(' ')} /> : null}
        </>
      ) : null}
      {links.length > 0 ? <Links study={study} links={links} /> : null}
      {study.state === 'round_open' ? <Missing study={study} /> : null}
      {!isOver(study.state) && study.state !== 'design' ? <SeatLinks study={study} days={days} /> : null}
    </>
  );
}
