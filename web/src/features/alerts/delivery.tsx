import { App, Alert, Button, Descriptions, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../shared/api/client';
import { hasRole, useSession } from '../../shared/api/session';
import { moment } from '../../shared/format';
import { said } from '../../shared/labels';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { useDelivery } from './api';

const colors: Record<string, string> = { sent: 'success', failed: 'error', waiting: 'processing', sending: 'processing', unsure: 'warning', muted: 'default' };

/** An address for feed readers: it carries a token that opens the feed and nothing else. It is shown once. */
function FeedLink({ feed }: { feed: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [link, setLink] = useState('');
  const make = async () => {
    try {
      const made = await send<{ token: string }>('POST', '/tokens', { name: 'Atom', scope: 'feed', days: 365 });
      setLink(`${new URL(feed, window.location.origin).href}?token=${encodeURIComponent(made.token)}`);
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  if (!link) return <span style={{ display: 'flex', gap: 10, flexWrap: 'wrap', alignItems: 'center' }}><a href={feed}>Atom</a><Button size="small" onClick={() => void make()}>{t('delivery.feed_make')}</Button></span>;
  return <><Typography.Text copyable code style={{ overflowWrap: 'anywhere' }}>{link}</Typography.Text><p className="panel-note">{t('admin.token_made')}</p></>;
}

/** Where alerts go, and what became of them on their way. */
export function Delivery() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { message } = App.useApp();
  const { data: session } = useSession();
  const delivery = useDelivery(ws.id);
  const [busy, setBusy] = useState('');
  const may = hasRole(session, 'curator', 'admin');
  const test = async (channel: string) => {
    setBusy(channel);
    try {
      const answer = await send<{ sent: boolean; problem: string }>('POST', ws.api('/alerts/delivery/test'), { channel });
      if (answer.sent) void message.success(t('delivery.sent'));
      else void message.error(answer.problem);
    } catch (error) {
      void message.error((error as Error).message);
    } finally {
      setBusy('');
    }
  };
  const way = (channel: string, text: string | undefined) => (text === undefined ? <span className="muted">{t('delivery.off', { channel })}</span> : <span style={{ display: 'flex', gap: 10, flexWrap: 'wrap', alignItems: 'center' }}>{text}{may ? <Button size="small" loading={busy === channel} onClick={() => void test(channel)}>{t('delivery.test')}</Button> : null}</span>);
  return (
    <Loaded query={delivery} absent={<Empty title={t('delivery.none')} />}>
      {(data) => (
        <>
          {data.problem ? <Alert type="error" showIcon title={data.problem} style={{ marginBottom: 14 }} /> : null}
          <Descriptions column={1} size="small" bordered items={[
            { key: 'feed', label: t('delivery.feed'), children: <FeedLink feed={data.feed} /> },
            { key: 'mail', label: t('delivery.mail'), children: way('mail', data.mail ? `${data.mail.from} → ${data.mail.to.join(', ')} (${data.mail.host})` : undefined) },
            { key: 'webhook', label: t('delivery.webhook'), children: way('webhook', data.webhook?.host) },
          ]} />
          {data.deliveries.length > 0 ? (
            <Table
              size="small"
              rowKey={(r) => `${r.channel}${r.alert}`}
              style={{ marginTop: 16 }}
              dataSource={data.deliveries}
              scroll={{ x: 620 }}
              pagination={{ pageSize: 12, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
              columns={[
                { title: t('delivery.channel'), width: 110, render: (_, r) => t(`delivery.${r.channel}`) },
                { title: t('menu.alerts'), dataIndex: 'alert', ellipsis: true },
                { title: t('admin.state'), width: 110, render: (_, r) => <Tag variant="filled" color={colors[r.state] ?? 'default'}>{t(`delivery.state.${r.state}`)}</Tag> },
                { title: t('admin.when'), width: 150, render: (_, r) => <span className="num small">{moment(r.changed)}</span> },
                { title: t('schedule.said'), render: (_, r) => <span className="small">{said(r, 'message')}</span> },
              ]}
            />
          ) : <p className="muted">{t('delivery.nothing')}</p>}
        </>
      )}
    </Loaded>
  );
}
