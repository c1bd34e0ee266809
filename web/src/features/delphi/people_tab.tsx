import { CopyOutlined, DownloadOutlined } from '@ant-design/icons';
import { Alert, App, Button, Input, InputNumber, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toCsv } from '../../shared/charts/xlsx';
import { inLanguage } from '../../shared/delphi/model';
import { count } from '../../shared/format';
import { saveFile } from '../../shared/save_file';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, useChange, type Link, type Study } from './api';
import { isOver, parseInvitees } from './model';

/** The links, shown this once: only their fingerprints are stored. */
function Links({ study, links }: { study: Study; links: Link[] }) {
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

export function People({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const [text, setText] = useState('');
  const [days, setDays] = useState(90);
  const [links, setLinks] = useState<Link[]>([]);
  const [busy, setBusy] = useState(false);
  const parsed = parseInvitees(text);
  if (study.state === 'design') return <Alert type="info" showIcon title={t('delphi.invite_locked')} />;
  const invite = async () => {
    setBusy(true);
    const made = await change<{ items: Link[] }>('POST', `${studyPath(ws.id, study.id)}/invitations`, { invitees: parsed.invitees, expires_days: days });
    setBusy(false);
    if (!made) return;
    setLinks([...links, ...made.items]);
    setText('');
  };
  return (
    <>
      <p className="panel-note" style={{ marginTop: 0 }}>{t('delphi.invited_n', { n: count(study.funnel.invited), consented: count(study.funnel.consented) })} {t('delphi.who_private')}</p>
      {!isOver(study.state) ? (
        <>
          <Input.TextArea rows={6} value={text} onChange={(event) => setText(event.target.value)} placeholder={t('delphi.invite_paste')} aria-label={t('delphi.invite')} style={{ fontFamily: 'ui-monospace, monospace', fontSize: 13 }} />
          <div className="dp-row tight">
            <Upload accept=".csv,.tsv,.txt" showUploadList={false} beforeUpload={(file) => { void file.text().then(setText); return false; }}><Button>{t('delphi.invite_file')}</Button></Upload>
            <InputNumber prefix={t('delphi.expires')} suffix={t('delphi.days')} style={{ width: 190 }} min={1} max={730} value={days} onChange={(value) => setDays(value ?? 90)} />
            <Button type="primary" loading={busy} disabled={parsed.invitees.length === 0} onClick={() => void invite()}>{t('delphi.invite_n', { n: count(parsed.invitees.length) })}</Button>
            <span className="muted small">{parsed.attributes.length > 0 ? t('delphi.attributes', { list: parsed.attributes.join(', ') }) : t('delphi.invite_note')}</span>
          </div>
          {parsed.problems.length > 0 ? <Alert type="warning" showIcon title={t('delphi.rows_left', { n: parsed.problems.length })} description={parsed.problems.slice(0, 6).map((problem) => t(`delphi.row.${problem.kind}`, { row: problem.row })).join(' ')} /> : null}
        </>
      ) : null}
      {links.length > 0 ? <Links study={study} links={links} /> : null}
    </>
  );
}
