import { DeleteOutlined, EditOutlined, MergeCellsOutlined, SplitCellsOutlined } from '@ant-design/icons';
import { Alert, Button, Dropdown, Form, Input, Modal, Select, Switch } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { previewJudgement, useJudge, type JudgementBody, type JudgementEffect } from '../../shared/api/judgements';
import { hasRole, useSession } from '../../shared/api/session';
import type { Topic } from '../../shared/api/topics';
import { labelOf } from '../../shared/labels';
import type { TopicDetail } from './api';

type Kind = 'rename' | 'merge' | 'split' | 'remove';

interface Values {
  label_zh?: string;
  label_en?: string;
  others?: string[];
  terms?: string[];
  part_zh?: string;
  part_en?: string;
  rest_zh?: string;
  rest_en?: string;
  reason: string;
  propose?: boolean;
}

function bodyOf(kind: Kind, topic: TopicDetail, values: Values): JudgementBody {
  const labels = { ...(values.label_zh ? { label_zh: values.label_zh } : {}), ...(values.label_en ? { label_en: values.label_en } : {}) };
  const given: Record<Kind, NonNullable<JudgementBody['arguments']>> = {
    rename: labels,
    merge: { others: values.others ?? [], ...labels },
    split: { parts: [{ label_zh: values.part_zh ?? '', label_en: values.part_en ?? '', documents: [], terms: values.terms ?? [] }, { label_zh: values.rest_zh ?? '', label_en: values.rest_en ?? '', documents: [], terms: topic.terms.map(([term]) => term).filter((term) => !(values.terms ?? []).includes(term)) }] },
    remove: {},
  };
  return { kind, object: { type: 'topic', id: topic.id }, arguments: given[kind], reason: values.reason, ...(values.propose ? { propose: true } : {}) };
}

function Preview({ preview, error }: { preview: JudgementEffect | null; error: string }) {
  const { t } = useTranslation();
  if (error) return <Alert type="warning" showIcon title={error} />;
  if (!preview) return null;
  const { documents, conflicts } = preview;
  return (
    <Alert
      type={conflicts.length > 0 ? 'warning' : 'info'}
      showIcon
      title={t('judge.preview', { n: documents })}
      description={conflicts.length > 0 ? conflicts.map((c) => t(`conflict.${c.reason}`)).join('; ') : undefined}
    />
  );
}

/** The pencil of a topic: rename, merge, split, hide. What it would change is shown before, how to take it back after. */
export function TopicEdit({ ws, topic, topics }: { ws: string; topic: TopicDetail; topics: Topic[] }) {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const { judge } = useJudge(ws);
  const [kind, setKind] = useState<Kind | null>(null);
  const [form] = Form.useForm<Values>();
  const [preview, setPreview] = useState<JudgementEffect | null>(null);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const values = Form.useWatch([], form) as Values | undefined;

  const ready = kind !== null && (kind === 'remove' || kind === 'rename' || (kind === 'merge' && (values?.others ?? []).length > 0) || (kind === 'split' && (values?.terms ?? []).length > 0));
  const watched = JSON.stringify([kind, values?.others, values?.terms, values?.label_zh, values?.label_en, values?.part_zh, values?.part_en, values?.rest_zh, values?.rest_en]);
  useEffect(() => {
    setPreview(null);
    setError('');
    if (!kind || !ready || !values) return undefined;
    let live = true;
    const timer = setTimeout(() => {
      previewJudgement(ws, bodyOf(kind, topic, { ...values, reason: values.reason || '-' })).then(
        (found) => live && setPreview(found),
        (failure: Error) => live && setError(failure.message),
      );
    }, 350);
    return () => {
      live = false;
      clearTimeout(timer);
    };
    // `watched` stands for the values that change what the judgement would do.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [watched, ready, ws, topic.id]);

  const open = (next: Kind) => {
    form.resetFields();
    form.setFieldsValue({ label_zh: labelOf(topic, 'zh'), label_en: labelOf(topic, 'en'), rest_zh: labelOf(topic, 'zh'), rest_en: labelOf(topic, 'en') });
    setKind(next);
  };

  const submit = async (given: Values) => {
    if (!kind) return;
    setBusy(true);
    const kept = await judge(bodyOf(kind, topic, given));
    setBusy(false);
    if (kept) setKind(null);
  };

  if (!hasRole(session, 'analyst', 'expert', 'curator')) return null;
  const labels = (zh: keyof Values, en: keyof Values) => (
    <div className="grid cols-2" style={{ gap: 12 }}>
      <Form.Item name={zh} label={t('column.label_zh')}><Input maxLength={200} lang="zh" /></Form.Item>
      <Form.Item name={en} label={t('column.label_en')}><Input maxLength={200} lang="en" /></Form.Item>
    </div>
  );
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'rename', icon: <EditOutlined />, label: t('judge.kind.rename') },
            { key: 'merge', icon: <MergeCellsOutlined />, label: t('judge.kind.merge') },
            { key: 'split', icon: <SplitCellsOutlined />, label: t('judge.kind.split') },
            { type: 'divider' },
            { key: 'remove', danger: true, icon: <DeleteOutlined />, label: t('judge.kind.remove') },
          ],
          onClick: ({ key }) => open(key as Kind),
        }}
      >
        <Button icon={<EditOutlined />}>{t('action.edit')}</Button>
      </Dropdown>
      <Modal open={kind !== null} title={kind ? t(`judge.title.${kind}`) : ''} onCancel={() => setKind(null)} okText={t('judge.keep')} onOk={() => form.submit()} okButtonProps={{ loading: busy, disabled: !ready, danger: kind === 'remove' }} width={620} forceRender>
        <p className="muted" style={{ marginTop: 0, lineHeight: 1.65 }}>{kind ? t(`judge.text.${kind}`) : ''}</p>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(given) => void submit(given)}>
          {kind === 'rename' ? labels('label_zh', 'label_en') : null}
          {kind === 'merge' ? (
            <>
              <Form.Item name="others" label={t('judge.others')}>
                <Select
                  mode="multiple"
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder={t('judge.others_hint')}
                  options={topics.filter((other) => other.id !== topic.id).map((other) => ({ value: other.id, label: `${labelOf(other)} (${other.id})` }))}
                />
              </Form.Item>
              {labels('label_zh', 'label_en')}
            </>
          ) : null}
          {kind === 'split' ? (
            <>
              <Form.Item name="terms" label={t('judge.split_terms')}>
                <Select mode="multiple" options={topic.terms.map(([term]) => ({ value: term, label: term }))} placeholder={t('judge.split_hint')} />
              </Form.Item>
              <b style={{ fontWeight: 500 }}>{t('judge.part_new')}</b>
              {labels('part_zh', 'part_en')}
              <b style={{ fontWeight: 500 }}>{t('judge.part_rest')}</b>
              {labels('rest_zh', 'rest_en')}
            </>
          ) : null}
          <Form.Item name="reason" label={t('judge.reason')} rules={[{ required: true, message: t('judge.reason_needed') }]}>
            <Input.TextArea rows={2} maxLength={2000} placeholder={t('judge.reason_hint')} />
          </Form.Item>
          <Form.Item name="propose" valuePropName="checked" label={null} style={{ marginBottom: 12 }}>
            <Switch size="small" checkedChildren={t('judge.propose')} unCheckedChildren={t('judge.direct')} />
          </Form.Item>
        </Form>
        <Preview preview={preview} error={error} />
      </Modal>
    </>
  );
}
