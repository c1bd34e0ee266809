import { App, Alert, Button, Popconfirm, Steps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Page } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, root, useChange, type Study } from './api';
import { ItemsStep, PreviewStep, PurposeStep } from './builder_steps';
import './delphi_pages.css';
import { dropDraft, keepDraft, readDraft, type Draft } from './draft';
import { ProtocolStep } from './protocol_step';
import { QuestionsStep } from './questions_step';

/** What is still missing before a step can be left. */
function missing(draft: Draft): string[] {
  const steps = [draft.title.zh.trim() || draft.title.en.trim() ? '' : 'title', draft.items.some((item) => item.zh.trim() || item.en.trim()) ? '' : 'items', draft.questions.length > 0 ? '' : 'questions', draft.protocol ? '' : 'protocol', ''];
  return steps;
}

export default function DelphiNewPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const navigate = useNavigate();
  const change = useChange(ws.id);
  const { message, modal } = App.useApp();
  const [draft, setDraft] = useState<Draft>(() => readDraft(ws.id));
  const [busy, setBusy] = useState(false);
  useEffect(() => keepDraft(ws.id, draft), [ws.id, draft]);
  const edit = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const lacks = missing(draft);
  const lack = lacks[draft.step] ?? '';

  const make = async (lock: boolean) => {
    setBusy(true);
    const study = await change<Study>('POST', `${root(ws.id)}/studies`, { title: draft.title, purpose: draft.purpose, mode: draft.mode, questions: draft.questions, protocol: draft.protocol });
    const items = study && (await change('POST', `${studyPath(ws.id, study.id)}/items`, { items: draft.items.filter((item) => item.zh.trim() || item.en.trim()) }));
    const locked = items && lock ? await change<Study>('POST', `${studyPath(ws.id, study.id)}/steps`, { step: 'lock_protocol' }) : null;
    setBusy(false);
    if (!study || !items) return;
    dropDraft(ws.id);
    if (locked) void message.success(t('delphi.locked', { hash: locked.protocol_hash.slice(0, 12) }), 6);
    void navigate(ws.page(`/delphi/${study.id}`));
  };

  const steps = [
    <PurposeStep key="purpose" draft={draft} edit={edit} />,
    <ItemsStep key="items" draft={draft} edit={edit} />,
    <QuestionsStep key="questions" draft={draft} edit={edit} />,
    <ProtocolStep key="protocol" draft={draft} edit={edit} />,
    <PreviewStep key="preview" draft={draft} />,
  ];
  const names = ['purpose', 'items', 'questions', 'protocol', 'preview'];
  const last = draft.step === names.length - 1;
  const ready = lacks.every((one) => one === '');
  return (
    <Page
      title={t('delphi.new')}
      lead={t('delphi.new_lead')}
      actions={
        <Popconfirm title={t('delphi.discard_sure')} onConfirm={() => { dropDraft(ws.id); setDraft(readDraft(ws.id)); }}>
          <Button>{t('delphi.discard')}</Button>
        </Popconfirm>
      }
    >
      <Steps className="dp-steps" size="small" current={draft.step} onChange={(step) => edit({ step })} items={names.map((name) => ({ title: t(`delphi.step.${name}`) }))} />
      {steps[draft.step]}
      <div className="dp-foot">
        <Button disabled={draft.step === 0} onClick={() => edit({ step: draft.step - 1 })}>{t('action.back')}</Button>
        {lack ? <span className="muted small">{t(`delphi.missing.${lack}`)}</span> : null}
        {last && !ready ? <Alert type="warning" showIcon title={lacks.filter(Boolean).map((one) => t(`delphi.missing.${one}`)).join(' ')} /> : null}
        {last ? (
          <>
            <Button disabled={!ready || busy} onClick={() => void make(false)}>{t('delphi.make_only')}</Button>
            <Button type="primary" disabled={!ready} loading={busy} onClick={() => void modal.confirm({ title: t('delphi.lock_sure'), content: t('delphi.lock_sure_text'), okText: t('delphi.lock'), cancelText: t('action.cancel'), onOk: () => make(true) })}>{t('delphi.lock')}</Button>
          </>
        ) : (
          <Button type="primary" disabled={lack !== ''} onClick={() => edit({ step: draft.step + 1 })}>{t('action.next')}</Button>
        )}
      </div>
    </Page>
  );
}
