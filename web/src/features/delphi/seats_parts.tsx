import { Alert, App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { count } from '../../shared/format';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, useChange, type Link, type Study } from './api';
import { Links } from './people_tab';

type Schemas = components['schemas'];

/** Who has not answered everything yet, as codes; a reminder goes to them alone. */
export function Missing({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const { message, modal } = App.useApp();
  const missing = useApi<Schemas['DelphiMissing']>(`${studyPath(ws.id, study.id)}/missing`);
  const [links, setLinks] = useState<Link[]>([]);
  const remind = async () => {
    const done = await change<Schemas['DelphiReminders']>('POST', `${studyPath(ws.id, study.id)}/reminders`, {});
    if (!done) return;
    if (done.channel === 'mail') void message.success(t('delphi.reminded_mail'));
    else setLinks(done.items ?? []);
  };
  return (
    <section style={{ marginTop: 26 }}>
      <h3>{t('delphi.missing_title')}</h3>
      <Loaded query={missing} rows={2}>
        {(data) => (
          <>
            <p className="panel-note">{t('delphi.missing_n', { n: count(data.missing), of: count(data.invited) })} {t(data.mail ? 'delphi.missing_mail' : 'delphi.missing_file')}</p>
            {data.items.length > 0 ? <p className="small num">{data.items.slice(0, 60).map((seat) => <code key={seat.seat} style={{ marginRight: 10 }}>{seat.seat}</code>)}</p> : null}
            <Button disabled={data.missing === 0} onClick={() => void modal.confirm({ title: t('delphi.remind_sure', { n: count(data.missing) }), content: t('delphi.remind_text'), okText: t('delphi.remind'), cancelText: t('action.cancel'), onOk: remind })}>{t('delphi.remind')}</Button>
          </>
        )}
      </Loaded>
      {links.length > 0 ? <Links study={study} links={links} /> : null}
    </section>
  );
}

/** A lost link is renewed, a leaked one revoked: by the address or name somebody was invited by, or by a seat's code. */
export function SeatLinks({ study, days }: { study: Study; days: number }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const { message, modal } = App.useApp();
  const [who, setWho] = useState('');
  const [links, setLinks] = useState<Link[]>([]);
  const named = who.includes('@') ? { email: who.trim() } : /^seat-/i.test(who) ? { seat: who.trim() } : { name: who.trim() };
  const path = `${studyPath(ws.id, study.id)}/links`;
  const renew = async () => {
    const made = await change<{ link: string }>('POST', `${path}/renew`, { ...named, expires_days: days });
    if (made) setLinks([{ name: named.name ?? named.seat ?? '', email: named.email ?? '', link: made.link }]);
  };
  const revoke = () => {
    let reason = '';
    modal.confirm({
      title: t('delphi.revoke_sure', { who: who.trim() }),
      content: <><p>{t('delphi.revoke_text')}</p><Input placeholder={t('delphi.reason')} aria-label={t('delphi.reason')} onChange={(event) => { reason = event.target.value; }} /></>,
      okText: t('delphi.revoke'),
      okButtonProps: { danger: true },
      cancelText: t('action.cancel'),
      onOk: async () => {
        if (await change('POST', `${path}/revoke`, { ...named, reason })) void message.success(t('delphi.revoked'));
      },
    });
  };
  return (
    <section style={{ marginTop: 26 }}>
      <h3>{t('delphi.links_manage')}</h3>
      <p className="panel-note">{t('delphi.links_manage_text')}</p>
      <div className="dp-row tight">
        <Input value={who} onChange={(event) => setWho(event.target.value)} placeholder={t('delphi.links_who')} aria-label={t('delphi.links_who')} style={{ width: 280, maxWidth: '100%' }} />
        <Button disabled={who.trim() === ''} onClick={() => void renew()}>{t('delphi.renew')}</Button>
        <Button danger disabled={who.trim() === ''} onClick={revoke}>{t('delphi.revoke')}</Button>
      </div>
      {links.length > 0 ? <Links study={study} links={links} /> : null}
      {study.state === 'paused' ? <Alert type="info" showIcon title={t('delphi.state.paused')} /> : null}
    </section>
  );
}
