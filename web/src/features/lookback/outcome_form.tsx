import { Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../shared/workspace';
import { root, useLookBackChange, verdicts, type Outcome } from './api';

/** What became of a thing: the verdict with its evidence and date. A later verdict replaces it; both stay in the chain of events. */
export function OutcomeForm({ start, close }: { start: Partial<Outcome>; close: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useLookBackChange(ws.id);
  const [form] = Form.useForm<Outcome>();
  const save = async (values: Outcome) => {
    const text = (value: string | undefined) => value?.trim() ?? '';
    if (await change('PUT', `${root(ws.id)}/outcomes`, { thing: text(values.thing), statement: text(values.statement), field: text(values.field), verdict: values.verdict, evidence: text(values.evidence), date: text(values.date) })) close();
  };
  return (
    <Modal open title={t('back.set')} okText={t('judge.keep')} cancelText={t('action.cancel')} onCancel={close} onOk={() => form.submit()} width={620}>
      <Form form={form} layout="vertical" initialValues={{ date: new Date().toISOString().slice(0, 10), ...start }} onFinish={(values) => void save(values)}>
        <div className="grid cols-2" style={{ gap: '0 12px' }}>
          <Form.Item name="thing" label={t('back.thing')} rules={[{ required: true, whitespace: true, message: t('door.required') }]}><Input disabled={Boolean(start.thing)} /></Form.Item>
          <Form.Item name="field" label={t('delphi.field')}><Input /></Form.Item>
        </div>
        <Form.Item name="statement" label={t('back.statement')}><Input.TextArea autoSize /></Form.Item>
        <Form.Item name="verdict" label={t('back.verdict')} rules={[{ required: true, message: t('door.required') }]}><Radio.Group options={verdicts.map((value) => ({ value, label: t(`back.verdict.${value}`) }))} /></Form.Item>
        <Form.Item name="evidence" label={t('back.evidence')} extra={t('back.evidence_text')} rules={[{ required: true, whitespace: true, message: t('back.evidence_needed') }]}><Input.TextArea autoSize={{ minRows: 2 }} /></Form.Item>
        <Form.Item name="date" label={t('back.date')} rules={[{ pattern: /^\d{4}-\d{2}-\d{2}$/, message: 'YYYY-MM-DD' }]}><Input placeholder="YYYY-MM-DD" style={{ width: 180 }} /></Form.Item>
      </Form>
    </Modal>
  );
}
