import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '../../shared/format';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, useChange, type Study } from './api';
import { readDraft, type Draft } from './draft';
import { ProtocolStep } from './protocol_step';

/** Changes locked rules: a new version with a reason, an event of the chain, shown to every expert and on the study page. */
export function RuleChange({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const locked = study.protocol_hash !== '';
  const open = () => {
    setReason('');
    setDraft({ ...readDraft(''), questions: study.questions, protocol: study.protocol, title: study.title });
  };
  const keep = async () => {
    setBusy(true);
    const done = await change('PUT', `${studyPath(ws.id, study.id)}/protocol`, { protocol: draft?.protocol, reason });
    setBusy(false);
    if (done) setDraft(null);
  };
  const same = JSON.stringify(draft?.protocol) === JSON.stringify(study.protocol);
  return (
    <>
      <Button size="small" onClick={open}>{t(locked ? 'delphi.rules_change' : 'delphi.rules_edit')}</Button>
      <Modal open={draft !== null} width={1080} title={t(locked ? 'delphi.rules_change' : 'delphi.rules_edit')} okText={t('action.save')} cancelText={t('action.cancel')} onCancel={() => setDraft(null)} okButtonProps={{ disabled: same || (locked && reason.trim() === ''), loading: busy }} onOk={() => void keep()} destroyOnHidden>
        {locked ? <Alert type="warning" showIcon style={{ marginBottom: 14 }} title={t('delphi.rules_change_warning')} description={<Input value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t('delphi.reason')} aria-label={t('delphi.reason')} />} /> : null}
        {draft ? <ProtocolStep draft={draft} edit={(part) => setDraft({ ...draft, ...part })} /> : null}
      </Modal>
    </>
  );
}

/** The last change of locked rules, where nobody can miss it. */
export function RuleNotice({ study }: { study: Study }) {
  const { t } = useTranslation();
  const last = study.protocol_versions.at(-1);
  if (!last || study.protocol_versions.length < 2) return null;
  return <Alert className="dp-noprint" type="warning" showIcon style={{ marginBottom: 16 }} title={t('delphi.rules_changed', { n: last.version, at: moment(last.at), by: last.by, reason: last.reason })} />;
}
