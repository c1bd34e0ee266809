import { Alert, App, Button, Checkbox, Form, Input, InputNumber, Segmented, Select, Switch } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { startJob } from '../../shared/api/jobs';
import { useTopics } from '../../shared/api/topics';
import { labelOf } from '../../shared/labels';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useTemplates, type Template } from './api';
import { needsOwnStudy, parametersOf, type Wish } from './model';

/** The templates as cards one chooses among: what each is for, and what stands in it. */
function TemplatePicker({ templates, value, choose }: { templates: Template[]; value: string; choose: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'grid', gap: 10, minWidth: 0 }}>
      <legend style={{ padding: '0 0 10px', fontWeight: 600, fontSize: 15 }}>{t('report.template_label')}</legend>
      {templates.map((one) => (
        <label key={one.id} className={one.id === value ? 'choice chosen' : 'choice'}>
          <input type="radio" name="template" value={one.id} checked={one.id === value} onChange={() => choose(one.id)} />
          <span style={{ minWidth: 0 }}>
            <b style={{ fontFamily: 'var(--title)', fontSize: 16 }}>{one.title}</b>
            <span className="small" style={{ display: 'block', color: 'var(--soft)', lineHeight: 1.6, margin: '2px 0 6px' }}>{one.about}</span>
            <span className="muted small">{one.sections.map((section) => t(`report.section.${section}`, { defaultValue: section })).join(' · ')}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const kinds = ['work', 'patent', 'project', 'event', 'post', 'policy'];

function Builder({ templates }: { templates: Template[] }) {
  const { t, i18n } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const topics = useTopics(ws.id);
  const [template, setTemplate] = useUrlValue('template', templates.find((one) => one.id === 'study')?.id ?? templates[0]?.id ?? '');
  const [form] = Form.useForm<Omit<Wish, 'template'>>();
  const [busy, setBusy] = useState(false);
  const values = Form.useWatch([], form) as Partial<Wish> | undefined;
  const form_of = templates.find((one) => one.id === template);
  const start = async (given: Omit<Wish, 'template'>) => {
    setBusy(true);
    try {
      await startJob(ws.id, 'report', parametersOf({ ...given, template }));
      await client.invalidateQueries({ queryKey: ['/jobs'] });
      void message.success(t('report.started'));
      void navigate(ws.page(given.issue ? '/reports?tab=issues' : '/reports'));
    } catch (error) {
      void message.error((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const years = (name: 'from' | 'to') => <Form.Item name={name} label={t(`report.${name}`)}><InputNumber min={1000} max={2999} precision={0} style={{ width: '100%' }} placeholder={t('report.whole')} /></Form.Item>;
  return (
    <div className="grid cols-2" style={{ alignItems: 'start' }}>
      <TemplatePicker templates={templates} value={template} choose={setTemplate} />
      <section className="panel">
        <Form form={form} layout="vertical" requiredMark={false} initialValues={{ language: i18n.language === 'en' ? 'en' : 'zh', formats: ['html'] }} onFinish={(given) => void start(given)}>
          <Form.Item name="title" label={t('report.title')}><Input maxLength={100} placeholder={form_of?.title ?? ''} /></Form.Item>
          <div className="grid cols-2" style={{ gap: 12 }}>
            <Form.Item name="language" label={t('report.language')}><Segmented block options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} /></Form.Item>
            <Form.Item name="top" label={t('report.top')}><InputNumber min={5} max={200} precision={0} style={{ width: '100%' }} placeholder={form_of ? String(form_of.rows) : ''} /></Form.Item>
          </div>
          <Form.Item name="formats" label={t('report.formats')} rules={[{ required: true, message: t('door.required') }]}><Checkbox.Group options={['html', 'pdf', 'docx', 'pptx'].map((value) => ({ value, label: value.toUpperCase() }))} /></Form.Item>
          <div className="grid cols-2" style={{ gap: 12 }}>{years('from')}{years('to')}</div>
          <Form.Item name="kinds" label={t('group.kind')}><Select mode="multiple" allowClear placeholder={t('report.whole')} options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))} /></Form.Item>
          <Form.Item name="languages" label={t('group.language')}><Select mode="multiple" allowClear placeholder={t('report.whole')} options={['zh', 'en'].map((value) => ({ value, label: t(`language.${value}`) }))} /></Form.Item>
          <Form.Item name="query" label={t('report.query')}><Input placeholder={t('alerts.query_hint')} /></Form.Item>
          <Form.Item name="units" label={t('report.units')} extra={t('report.units_text')}><Select mode="multiple" allowClear showSearch={{ optionFilterProp: 'label' }} options={(topics.data?.items ?? []).map((topic) => ({ value: topic.id, label: labelOf(topic) }))} /></Form.Item>
          <Form.Item name="issue" label={t('report.issue')} valuePropName="checked" extra={t('report.issue_text')}><Switch /></Form.Item>
          {values?.issue ? <Form.Item name="series" label={t('report.series')}><Input maxLength={60} placeholder={`${template}-${values.language ?? 'zh'}`} /></Form.Item> : null}
          {needsOwnStudy(values ?? {}) ? <Alert type="info" showIcon title={t('report.own_study')} style={{ marginBottom: 14 }} /> : null}
          <Button type="primary" htmlType="submit" loading={busy} disabled={template === ''}>{t('report.start')}</Button>
        </Form>
      </section>
    </div>
  );
}

/** A report put together: which template, in which language, of which years and records, in which formats, once or as the next issue of a series. */
export default function BuilderPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const templates = useTemplates(ws.id);
  return (
    <Page title={t('report.make')} lead={t('report.make_lead')}>
      <Loaded query={templates} rows={10}>{(data) => <Builder templates={data.items} />}</Loaded>
    </Page>
  );
}
