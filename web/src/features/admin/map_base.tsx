import { UploadOutlined } from '@ant-design/icons';
import { Alert, App, Button, Descriptions, Form, Input, Popconfirm, Upload } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { bytes, count, moment } from '../../shared/format';
import { Loaded } from '../../shared/ui/page';

type MapBase = components['schemas']['MapBase'];

/** The base map of the house: none by default; an approved one is installed with its approval number, which stands beside every map that is drawn on it. */
export function MapBaseSettings() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const base = useApi<MapBase>('/map-base');
  const [form] = Form.useForm<{ approval: string; name?: string }>();
  const [file, setFile] = useState<{ name: string; geojson: unknown } | null>(null);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const refresh = () => client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith('/map-base') });
  const read = async (given: File) => {
    setError('');
    try {
      setFile({ name: given.name, geojson: JSON.parse(await given.text()) as unknown });
    } catch {
      setFile(null);
      setError(t('map_base.no_json', { name: given.name }));
    }
  };
  const install = async (values: { approval: string; name?: string }) => {
    if (!file) return;
    setBusy(true);
    setError('');
    try {
      await send('PUT', '/map-base', { approval: values.approval.trim(), ...(values.name?.trim() ? { name: values.name.trim() } : {}), geojson: file.geojson });
      await refresh();
      setFile(null);
      form.resetFields();
      void message.success(t('map_base.installed'));
    } catch (failure) {
      setError((failure as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const remove = async () => {
    try {
      await send('DELETE', '/map-base');
      await refresh();
    } catch (failure) {
      void message.error((failure as Error).message);
    }
  };
  return (
    <Loaded query={base}>
      {(data) => (
        <div style={{ maxWidth: 760 }}>
          <p className="muted" style={{ lineHeight: 1.7 }}>{t('map_base.text')}</p>
          {data.installed ? (
            <>
              <Descriptions column={1} size="small" bordered items={[
                { key: 'approval', label: t('map_base.approval'), children: <b>{data.approval}</b> },
                { key: 'name', label: t('map_base.credit'), children: data.name || '–' },
                { key: 'size', label: t('map_base.size'), children: t('map_base.features', { n: count(data.features), bytes: bytes(data.bytes) }) },
                { key: 'by', label: t('admin.when'), children: `${data.by} · ${moment(data.at)}` },
              ]} />
              <Popconfirm title={t('map_base.remove')} okText={t('action.delete')} onConfirm={() => void remove()}><Button danger style={{ margin: '12px 0 22px' }}>{t('map_base.remove')}</Button></Popconfirm>
            </>
          ) : <Alert type="info" showIcon title={t('map_base.none')} style={{ marginBottom: 18 }} />}
          <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void install(values)}>
            <Form.Item label={t('map_base.file')}>
              <Upload accept=".json,.geojson,application/geo+json" showUploadList={false} beforeUpload={(given) => { void read(given); return false; }}><Button icon={<UploadOutlined />}>{file?.name ?? t('map_base.choose')}</Button></Upload>
            </Form.Item>
            <Form.Item name="approval" label={t('map_base.approval')} extra={t('map_base.approval_rule')} rules={[{ required: true, whitespace: true, message: t('door.required') }]}><Input maxLength={60} placeholder={t('map_base.approval_example')} /></Form.Item>
            <Form.Item name="name" label={t('map_base.credit')}><Input maxLength={200} /></Form.Item>
            {error ? <Alert type="error" showIcon title={error} style={{ marginBottom: 14 }} /> : null}
            <Button type="primary" htmlType="submit" loading={busy} disabled={!file}>{t('map_base.install')}</Button>
          </Form>
        </div>
      )}
    </Loaded>
  );
}
