import { DeleteOutlined, PlayCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, DatePicker, Form, Input, InputNumber, Modal, Popconfirm, Segmented, Select, Switch, Table, Tag } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../shared/api/client';
import { count, moment } from '../../shared/format';
import { said } from '../../shared/labels';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { useScheduleLog, useSchedules, useTemplates, type Schedule } from './api';
import { planOf, type PlanValues } from './model';

const collectors = ['openalex', 'crossref', 'arxiv', 'europepmc', 'nsf'];

/** What a schedule does, in the order it does it. */
function Steps({ plan }: { plan: Schedule['plan'] }) {
  const { t } = useTranslation();
  const steps = [plan.collect ? t('schedule.collects', { source: plan.collect }) : '', plan.run ? t('job.kind.run') : '', plan.check ? t('schedule.check') : '', ...plan.reports.map((name) => t(`report.template.${name}`, { defaultValue: name })), plan.deliver ? t('schedule.deliver') : ''];
  return <span className="small">{steps.filter(Boolean).join(' → ')}</span>;
}

function NewSchedule({ open, close, saved }: { open: boolean; close: () => void; saved: () => void }) {
  const { t, i18n } = useTranslation();
  const ws = useWorkspace();
  const { message } = App.useApp();
  const templates = useTemplates(ws.id);
  const [form] = Form.useForm<PlanValues>();
  const [busy, setBusy] = useState(false);
  const collect = Form.useWatch('collect', form);
  const save = async (values: PlanValues) => {
    setBusy(true);
    try {
      await send('POST', ws.api('/schedules'), planOf(values));
      saved();
      close();
      form.resetFields();
    } catch (error) {
      void message.error((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open={open} onCancel={close} title={t('schedule.new')} okText={t('action.save')} onOk={() => form.submit()} okButtonProps={{ loading: busy }} width={620} forceRender>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ every: 'month', count: 1, tasks: ['run', 'check'], reports: ['monthly'], formats: ['html'], language: i18n.language === 'en' ? 'en' : 'zh' }} onFinish={(values) => void save(values)}>
        <Form.Item name="name" label={t('sets.name')} rules={[{ required: true, whitespace: true, message: t('door.required') }]}><Input maxLength={100} /></Form.Item>
        <div className="grid cols-3" style={{ gap: 12 }}>
          <Form.Item name="count" label={t('schedule.count')}><InputNumber min={1} max={1000} precision={0} style={{ width: '100%' }} /></Form.Item>
          <Form.Item name="every" label={t('schedule.every')}><Select options={['hour', 'day', 'week', 'month'].map((value) => ({ value, label: t(`schedule.every.${value}`) }))} /></Form.Item>
          <Form.Item name="first" label={t('schedule.first')}><DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} /></Form.Item>
        </div>
        <Form.Item name="collect" label={t('schedule.collect')} extra={t('schedule.collect_text')}><Select allowClear options={collectors.map((value) => ({ value, label: value }))} /></Form.Item>
        {collect ? (
          <div className="grid cols-2" style={{ gap: 12 }}>
            <Form.Item name="query" label={t('report.query')}><Input /></Form.Item>
            <Form.Item name="max_records" label={t('schedule.max')}><InputNumber min={0} precision={0} style={{ width: '100%' }} /></Form.Item>
          </div>
        ) : null}
        <Form.Item name="tasks" label={t('schedule.tasks')}><Checkbox.Group options={[{ value: 'run', label: t('job.kind.run') }, { value: 'check', label: t('schedule.check') }, { value: 'deliver', label: t('schedule.deliver') }]} /></Form.Item>
        <Form.Item name="reports" label={t('schedule.reports')}><Select mode="multiple" allowClear options={(templates.data?.items ?? []).map((one) => ({ value: one.id, label: one.title }))} /></Form.Item>
        <div className="grid cols-2" style={{ gap: 12 }}>
          <Form.Item name="formats" label={t('report.formats')}><Checkbox.Group options={['html', 'pdf', 'docx', 'pptx'].map((value) => ({ value, label: value.toUpperCase() }))} /></Form.Item>
          <Form.Item name="language" label={t('report.language')}><Segmented options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} /></Form.Item>
        </div>
      </Form>
    </Modal>
  );
}

const outcomes: Record<string, string> = { done: 'success', failed: 'error', running: 'processing', cut_off: 'warning' };

/** What the workspace does by itself: what, when next, and how it went. */
export function Schedules({ may }: { may: boolean }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [making, setMaking] = useState(false);
  const schedules = useSchedules(ws.id);
  const log = useScheduleLog(ws.id);
  const refresh = () => void client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(`/w/${ws.id}/schedules`) || query.queryKey[0] === '/jobs' });
  const act = async (what: Promise<unknown>) => {
    try {
      await what;
    } catch (error) {
      void message.error((error as Error).message);
    }
    refresh();
  };
  const path = (name: string) => ws.api(`/schedules/${encodeURIComponent(name)}`);
  const button = may ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('schedule.new')}</Button> : null;
  const none = <Empty title={t('schedule.none')} text={t('schedule.none_text')} action={button} />;
  return (
    <>
      <Loaded query={schedules} absent={none}>
        {(data) =>
          data.items.length === 0 ? (
            none
          ) : (
            <section className="panel">
              <div className="filters">{button}</div>
              <Table
                size="small"
                rowKey="name"
                dataSource={data.items}
                scroll={{ x: 860 }}
                pagination={false}
                columns={[
                  { title: t('sets.name'), render: (_, s) => <b style={{ fontWeight: 500 }}>{s.name}</b> },
                  { title: t('schedule.every'), width: 130, render: (_, s) => `${s.plan.count > 1 ? `${count(s.plan.count)} × ` : ''}${t(`schedule.every.${s.plan.every}`)}` },
                  { title: t('schedule.does'), render: (_, s) => <Steps plan={s.plan} /> },
                  { title: t('schedule.next'), width: 160, render: (_, s) => <span className="num small">{s.enabled ? s.next.slice(0, 2).map((date) => <span key={date} style={{ display: 'block' }}>{moment(date)}</span>) : t('schedule.paused')}</span> },
                  {
                    title: '',
                    width: 150,
                    align: 'right',
                    render: (_, s) =>
                      may ? (
                        <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
                          <Switch size="small" checked={s.enabled} aria-label={t('schedule.on', { name: s.name })} onChange={(enabled) => void act(send('PATCH', path(s.name), { enabled }))} />
                          <Button type="text" size="small" icon={<PlayCircleOutlined />} aria-label={t('schedule.run_now', { name: s.name })} onClick={() => void act(send('POST', `${path(s.name)}/run`).then(() => message.success(t('jobs.started'))))} />
                          <Popconfirm title={t('sets.remove', { name: s.name })} okText={t('action.delete')} onConfirm={() => void act(send('DELETE', path(s.name)))}><Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('sets.remove', { name: s.name })} /></Popconfirm>
                        </span>
                      ) : null,
                  },
                ]}
              />
            </section>
          )
        }
      </Loaded>
      {(log.data?.items.length ?? 0) > 0 ? (
        <section className="panel" style={{ marginTop: 18 }}>
          <div className="panel-head"><h2>{t('schedule.log')}</h2></div>
          <Table
            size="small"
            rowKey="id"
            dataSource={log.data?.items ?? []}
            scroll={{ x: 620 }}
            pagination={{ pageSize: 10, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
            columns={[
              { title: t('sets.name'), dataIndex: 'schedule' },
              { title: t('schedule.due'), width: 150, render: (_, r) => <span className="num small">{moment(r.due)}</span> },
              { title: t('admin.result'), width: 110, render: (_, r) => <Tag variant="filled" color={outcomes[r.outcome] ?? 'default'}>{t(`schedule.outcome.${r.outcome}`)}</Tag> },
              { title: t('schedule.said'), render: (_, r) => <span className="small">{said(r, 'message')}{r.missed > 0 ? ` ${t('schedule.missed', { n: r.missed })}` : ''}</span> },
            ]}
          />
        </section>
      ) : null}
      <NewSchedule open={making} close={() => setMaking(false)} saved={refresh} />
    </>
  );
}
