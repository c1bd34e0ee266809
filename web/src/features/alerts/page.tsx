import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Input, Popconfirm, Segmented, Tag } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { send } from '../../shared/api/client';
import { hasRole, useSession } from '../../shared/api/session';
import { count, decimal, date, probability, share } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { useAlerts, useRules, type Alert, type Rule } from './api';
import { Delivery } from './delivery';
import { RuleForm } from './rule_form';

const verdicts = ['right', 'partly', 'wrong', 'cannot_tell'];
const colors: Record<string, string> = { right: 'success', partly: 'warning', wrong: 'error', cannot_tell: 'default' };

function AlertRow({ alert, may, refresh }: { alert: Alert; may: boolean; refresh: () => void }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const ws = useWorkspace();
  const measure = alert.case as { value?: number; q?: number; documents?: number } | undefined;
  const score = (verdict: string) => {
    let why = '';
    modal.confirm({
      title: t('alerts.score_title', { verdict: t(`verdict.${verdict}`) }),
      content: <Input.TextArea rows={3} placeholder={t('judge.reason_hint')} aria-label={t('judge.reason')} onChange={(event) => { why = event.target.value; }} />,
      okText: t('action.save'),
      onOk: async () => {
        try {
          await send('POST', ws.api(`/alerts/${encodeURIComponent(alert.id)}/score`), { verdict, why: why || t(`verdict.${verdict}`) });
          refresh();
        } catch (error) {
          void message.error((error as Error).message);
        }
      },
    });
  };
  return (
    <div className="record" style={{ display: 'grid', gridTemplateColumns: '1fr auto', gap: 12 }}>
      <div>
        <div style={{ display: 'flex', gap: 8, alignItems: 'baseline', flexWrap: 'wrap' }}>
          <span className="num tag-emerging">{alert.year}</span>
          {alert.unit.startsWith('topic') ? <Link to={ws.page(`/topics/${alert.unit}`)} style={{ fontWeight: 500, color: 'var(--ink)' }}>{alert.label}</Link> : <b style={{ fontWeight: 500 }}>{alert.label}</b>}
          {alert.verdict ? <Tag variant="filled" color={colors[alert.verdict]}>{t(`verdict.${alert.verdict}`)}</Tag> : null}
        </div>
        <div className="record-meta">
          <span>{alert.rule}</span>
          {measure?.value !== undefined ? <span>{t('alerts.value', { value: decimal(measure.value, 2), q: probability(measure.q) })}</span> : null}
          <span><NumberLink docs={`${alert.unit}.${alert.year}`}>{t('alerts.evidence')}</NumberLink></span>
          {alert.why ? <span>{t('judge.because', { reason: alert.why })}</span> : null}
          {alert.by ? <span>{alert.by} {date(alert.at)}</span> : null}
        </div>
      </div>
      {may ? (
        <Dropdown trigger={['click']} menu={{ items: verdicts.map((key) => ({ key, label: t(`verdict.${key}`) })), onClick: ({ key }) => score(key) }}>
          <Button size="small">{t('alerts.score')}</Button>
        </Dropdown>
      ) : null}
    </div>
  );
}

function RuleCard({ rule, may, refresh }: { rule: Rule; may: boolean; refresh: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ws = useWorkspace();
  const c = rule.calibration;
  const remove = async () => {
    try {
      await send('DELETE', ws.api(`/watch/${encodeURIComponent(rule.id)}`));
      refresh();
    } catch (error) {
      void message.error((error as Error).message);
    }
  };
  return (
    <div className="record" style={{ display: 'flex', gap: 10 }}>
      <div style={{ flex: 1 }}>
        <b style={{ fontWeight: 500 }}>{rule.name}</b>
        <div className="small" style={{ color: 'var(--soft)' }}>{rule.rule}</div>
        <div className="record-meta">
          <span>{t(`unit.${rule.unit}`)}</span>
          {c ? <span>{t('alerts.fired', { n: count(c.alerts), open: count(c.open) })}</span> : null}
          {c?.precision !== undefined ? <span>{t('alerts.precision', { value: share(c.precision, 0), low: share(c.low, 0), high: share(c.high, 0) })}</span> : null}
        </div>
      </div>
      {may ? <Popconfirm title={t('alerts.remove')} onConfirm={() => void remove()}><Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('alerts.remove')} /></Popconfirm> : null}
    </div>
  );
}

export default function AlertsPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const client = useQueryClient();
  const { data: session } = useSession();
  const [state, setState] = useUrlValue('state', 'open');
  const [making, setMaking] = useState(false);
  const rules = useRules(ws.id);
  const alerts = useAlerts(ws.id, state);
  const may = hasRole(session, 'analyst', 'curator', 'admin');
  const refresh = () => void client.invalidateQueries({ predicate: (query) => [`/w/${ws.id}/watch`, `/w/${ws.id}/alerts`, `/w/${ws.id}/overview`].includes(String(query.queryKey[0])) });
  return (
    <Page title={t('menu.alerts')} lead={t('alerts.lead_text')} actions={may ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('alerts.new')}</Button> : null}>
      <div className="grid cols-main" style={{ alignItems: 'start' }}>
        <section className="panel">
          <div className="panel-head">
            <h2>{t('alerts.desk')}</h2>
            <Segmented size="small" value={state} onChange={(value) => setState(value)} options={['open', 'scored', 'all'].map((value) => ({ value, label: t(`alerts.state.${value}`) }))} />
          </div>
          <Loaded query={alerts} absent={<Empty title={t('alerts.none')} text={t('alerts.none_text')} />}>
            {(data) => (data.items.length === 0 ? <Empty title={t('alerts.none')} text={t('alerts.none_text')} /> : <>{data.items.map((alert) => <AlertRow key={alert.id} alert={alert} may={may} refresh={refresh} />)}</>)}
          </Loaded>
        </section>
        <section className="panel">
          <div className="panel-head"><h2>{t('alerts.rules')}</h2></div>
          <Loaded query={rules} absent={<Empty title={t('alerts.no_rules')} text={t('alerts.no_rules_text')} />}>
            {(data) => (data.items.length === 0 ? <Empty title={t('alerts.no_rules')} text={t('alerts.no_rules_text')} /> : <>{data.items.map((rule) => <RuleCard key={rule.id} rule={rule} may={may} refresh={refresh} />)}</>)}
          </Loaded>
        </section>
      </div>
      {may ? (
        <section className="panel" style={{ marginTop: 18 }}>
          <div className="panel-head"><h2>{t('delivery.title')}</h2></div>
          <Delivery />
        </section>
      ) : null}
      <RuleForm ws={ws.id} open={making} close={() => setMaking(false)} />
    </Page>
  );
}
