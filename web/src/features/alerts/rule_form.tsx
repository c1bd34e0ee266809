import { Alert as Note, App, Button, Form, Input, InputNumber, Modal, Segmented, Select } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../shared/api/client';
import { count, decimal, share } from '../../shared/format';
import { indicators, type Replay, type RuleBody } from './api';

/** How a rule would have done on the past, before it is kept. */
function Past({ replay }: { replay: Replay }) {
  const { t } = useTranslation();
  const fired = replay.alerts_fired.slice(-6).reverse();
  return (
    <Note
      type="info"
      showIcon
      title={t('alerts.would', { n: count(replay.alerts), from: replay.first_year, to: replay.last_year })}
      description={
        <>
          <div>{t('alerts.past', { right: count(replay.right), wrong: count(replay.wrong), precision: share(replay.precision, 0), low: share(replay.precision_low, 0), high: share(replay.precision_high, 0), base: share(replay.prevalence, 0) })}</div>
          {typeof replay.mean_lead_years === 'number' ? <div>{t('alerts.lead', { years: decimal(replay.mean_lead_years, 1), false_alarms: decimal(replay.false_alarms_a_year, 1) })}</div> : null}
          {fired.map((one) => <div key={`${one.id}${one.year}`} className="small muted">{one.year} · {one.label} · {t(`outcome.${one.outcome}`)}</div>)}
        </>
      }
    />
  );
}

export function RuleForm({ ws, open, close }: { ws: string; open: boolean; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<RuleBody>();
  const [replay, setReplay] = useState<Replay | null>(null);
  const [busy, setBusy] = useState<'preview' | 'save' | null>(null);
  const body = (values: RuleBody): RuleBody => ({ ...values, query: values.query ?? '' });

  const preview = async () => {
    setBusy('preview');
    try {
      const values = await form.validateFields(['unit', 'indicator', 'comparison', 'threshold', 'significance', 'min_documents', 'query']);
      setReplay(await send<Replay>('POST', `/w/${ws}/watch/preview`, { ...body({ ...(form.getFieldsValue(true) as RuleBody), ...values }), name: form.getFieldValue('name') || 'preview' }));
    } catch (error) {
      if (error instanceof Error) void message.error(error.message);
    } finally {
      setBusy(null);
    }
  };
  const save = async (values: RuleBody) => {
    setBusy('save');
    try {
      await send('POST', `/w/${ws}/watch`, body(values));
      await client.invalidateQueries({ queryKey: [`/w/${ws}/watch`] });
      close();
      form.resetFields();
      setReplay(null);
    } catch (error) {
      void message.error((error as Error).message);
    } finally {
      setBusy(null);
    }
  };
  return (
    <Modal open={open} onCancel={close} width={640} title={t('alerts.new')} onOk={() => form.submit()} okText={t('action.save')} okButtonProps={{ loading: busy === 'save' }} forceRender>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void save(values)} onValuesChange={() => setReplay(null)} initialValues={{ unit: 'topic', indicator: 'growth', comparison: 'above', threshold: 0.1, significance: 0.05, min_documents: 5 }}>
        <Form.Item name="name" label={t('alerts.name')} rules={[{ required: true, message: t('door.required') }]}><Input maxLength={120} /></Form.Item>
        <div className="grid cols-3" style={{ gap: 12 }}>
          <Form.Item name="unit" label={t('alerts.unit')}><Segmented block options={[{ value: 'topic', label: t('unit.topic') }, { value: 'term', label: t('unit.term') }]} /></Form.Item>
          <Form.Item name="indicator" label={t('alerts.indicator')}><Select options={indicators.map((value) => ({ value, label: t(`indicator.${value}`) }))} /></Form.Item>
          <Form.Item name="comparison" label={t('alerts.comparison')}><Segmented block options={[{ value: 'above', label: t('alerts.above') }, { value: 'below', label: t('alerts.below') }]} /></Form.Item>
          <Form.Item name="threshold" label={t('alerts.threshold')} rules={[{ required: true, message: t('door.required') }]}><InputNumber style={{ width: '100%' }} step={0.05} /></Form.Item>
          <Form.Item name="significance" label={t('alerts.significance')}><InputNumber style={{ width: '100%' }} min={0} max={1} step={0.01} /></Form.Item>
          <Form.Item name="min_documents" label={t('alerts.min_documents')}><InputNumber style={{ width: '100%' }} min={0} /></Form.Item>
        </div>
        <Form.Item name="query" label={t('alerts.query')}><Input placeholder={t('alerts.query_hint')} /></Form.Item>
        <Form.Item name="why" label={t('judge.reason')} rules={[{ required: true, message: t('judge.reason_needed') }]}><Input.TextArea rows={2} placeholder={t('judge.reason_hint')} /></Form.Item>
        <Button onClick={() => void preview()} loading={busy === 'preview'} style={{ marginBottom: 12 }}>{t('alerts.preview')}</Button>
        {replay ? <Past replay={replay} /> : null}
      </Form>
    </Modal>
  );
}
