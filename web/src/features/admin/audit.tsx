import { Alert, Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { count, moment } from '../../shared/format';
import { Loaded } from '../../shared/ui/page';

type AuditPage = components['schemas']['AuditPage'];
type AuditCheck = components['schemas']['AuditCheck'];

const perPage = 50;

/** Who did what: a chain of hashes, checked in front of your eyes. */
export function Audit() {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const audit = useApi<AuditPage>('/audit', { limit: perPage, cursor: page > 1 ? (page - 1) * perPage : undefined });
  const check = useApi<AuditCheck>('/audit/verify');
  return (
    <>
      {check.data ? (
        <Alert
          type={check.data.whole ? 'success' : 'error'}
          showIcon
          style={{ marginBottom: 16 }}
          title={check.data.whole ? t('admin.chain_whole', { n: count(check.data.entries) }) : t('admin.chain_broken', { n: check.data.broken_at ?? 0 })}
          action={<Button size="small" href="/api/v1/audit/export" download>{t('action.export')}</Button>}
        />
      ) : null}
      <Loaded query={audit}>
        {(data) => (
          <Table
            size="small"
            rowKey="seq"
            scroll={{ x: 760 }}
            dataSource={data.items}
            pagination={{ current: page, pageSize: perPage, total: data.total, onChange: setPage, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
            columns={[
              { title: '#', dataIndex: 'seq', width: 70 },
              { title: t('admin.when'), width: 150, render: (_, e) => moment(e.at) },
              { title: t('admin.who'), width: 130, dataIndex: 'user_name' },
              { title: t('admin.what'), render: (_, e) => <span>{e.action} <span className="muted">{e.target}</span></span> },
              { title: t('admin.result'), width: 90, render: (_, e) => <Tag variant="filled" {...(e.status >= 400 ? { color: 'error' } : {})}>{e.status}</Tag> },
              { title: t('admin.from'), width: 120, dataIndex: 'address' },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
