import { App, Button, Dropdown, Input, Steps, Tabs, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isOpen, useJobs } from '../../shared/api/jobs';
import { hasRole, useSession } from '../../shared/api/session';
import { inLanguage } from '../../shared/delphi/model';
import { count, share } from '../../shared/format';
import { Loaded, Page } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, useChange, useStudy, type Study } from './api';
import './delphi_pages.css';
import { Dissent } from './dissent_tab';
import { Items } from './items_tab';
import { isOver, nextSteps, station, stations } from './model';
import { Moderation } from './moderation_tab';
import { NextQuestions } from './next_tab';
import { People } from './people_tab';
import { PilotTab } from './pilot_tab';
import { Results } from './results_tab';
import { RuleNotice } from './rule_change';
import { Rulebook } from './rulebook_tab';

function NextStep({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useChange(ws.id);
  const { modal, message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const active = study.items.filter((item) => item.state === 'active').length;
  // The evaluation is a job: its button turns until it is done.
  const settling = (useJobs() ?? []).some((job) => job.kind === 'settle' && isOpen(job) && job.workspace === ws.id && job.parameters.study === study.id);
  const steps = nextSteps(study.state, study.round, study.protocol, active);
  const take = async (step: string, reason = '') => {
    setBusy(true);
    const done = await change<Study | { job: number }>('POST', `${studyPath(ws.id, study.id)}/steps`, { step, reason });
    setBusy(false);
    if (done) void message.success('job' in done ? t('jobs.started') : t(`delphi.did.${step}`));
  };
  // The panel's word changes the next run: verdicts, other words and arguments go into the ledger of the workspace.
  const enter = () => modal.confirm({
    title: t('delphi.to_ledger'),
    content: t('delphi.to_ledger_text'),
    okText: t('delphi.to_ledger'),
    cancelText: t('action.cancel'),
    onOk: async () => {
      if (await change('POST', `${studyPath(ws.id, study.id)}/ledger`, {})) void message.success(t('jobs.started'));
    },
  });
  const halt = (step: 'pause' | 'abort') => {
    let reason = '';
    modal.confirm({ title: t(`delphi.do.${step}`), content: <Input.TextArea rows={3} placeholder={t('delphi.reason')} aria-label={t('delphi.reason')} onChange={(event) => { reason = event.target.value; }} />, okText: t(`delphi.do.${step}`), cancelText: t('action.cancel'), okButtonProps: { danger: step === 'abort' }, onOk: () => take(step, reason) });
  };
  return (
    <>
      {steps.map((step, i) => (
        <Button key={step} type={i === 0 ? 'primary' : 'default'} loading={(busy || settling) && i === 0} onClick={() => void modal.confirm({ title: t(`delphi.do.${step}`), content: t(`delphi.do_text.${step}`), okText: t(`delphi.do.${step}`), cancelText: t('action.cancel'), onOk: () => take(step) })}>
          {t(`delphi.do.${step}`)}
        </Button>
      ))}
      {study.round > 0 && ['analyzed', 'feedback_released', 'concluded', 'reported'].includes(study.state) ? <Button onClick={() => void enter()}>{t('delphi.to_ledger')}</Button> : null}
      {!isOver(study.state) ? <Dropdown trigger={['click']} menu={{ items: (['pause', 'abort'] as const).filter((step) => step !== 'pause' || study.state !== 'paused').map((step) => ({ key: step, label: t(`delphi.do.${step}`), danger: step === 'abort' })), onClick: ({ key }) => halt(key as 'pause' | 'abort') }}><Button aria-label={t('delphi.more')}>…</Button></Dropdown> : null}
    </>
  );
}

function Overview({ study }: { study: Study }) {
  const { t } = useTranslation();
  const { funnel } = study;
  const rows = [['invited', funnel.invited], ['consented', funnel.consented], ['started', funnel.started], ['finished', funnel.finished]] as const;
  return (
    <div className="grid cols-2">
      <div>
        <h3>{t('delphi.funnel')}{study.round > 0 ? ` · ${t('delphi.round_n', { n: study.round })}` : ''}</h3>
        {rows.map(([name, n]) => (
          <div className="bar-row" key={name}>
            <span>{t(`delphi.funnel.${name}`)}</span>
            <span className="track"><i className="fill" style={{ display: 'block', width: `${funnel.invited > 0 ? (100 * n) / funnel.invited : 0}%` }} /></span>
            <span className="num">{count(n)}{funnel.invited > 0 ? ` · ${share(n / funnel.invited, 0)}` : ''}</span>
          </div>
        ))}
      </div>
      <div>
        {Object.entries(funnel.by).map(([attribute, groups]) => (
          <div key={attribute}>
            <h3>{t('delphi.finished_by', { attribute })}</h3>
            {groups.map((group) => (
              <div className="bar-row" key={group.value}>
                <span>{group.value === '(other)' ? t('delphi.others') : group.value}</span>
                <span className="track"><i className="fill" style={{ display: 'block', width: `${group.finished === null ? 0 : (100 * group.finished) / Math.max(1, group.invited)}%` }} /></span>
                <span className="num">{group.finished === null ? <span title={t('delphi.hidden_why', { cell: study.protocol.small_cell })}>{t('delphi.hidden')}</span> : `${count(group.finished)} / ${count(group.invited)}`}</span>
              </div>
            ))}
          </div>
        ))}
        {Object.keys(funnel.by).length === 0 ? <p className="panel-note">{t('delphi.no_attributes')}</p> : null}
      </div>
    </div>
  );
}

export default function DelphiStudyPage() {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { id = '' } = useParams();
  const { data: session } = useSession();
  const query = useStudy(ws.id, id);
  const [chosen, setTab] = useUrlValue('tab');
  const may = hasRole(session, 'moderator');
  return (
    <Loaded query={query}>
      {(study) => {
        const tab = chosen || (study.round > 0 ? 'results' : study.state === 'design' ? 'items' : 'people');
        const halted = study.state === 'aborted' || study.state === 'paused';
        return (
          <Page
            title={inLanguage(study.title)}
            lead={inLanguage(study.purpose)}
            actions={may ? <NextStep study={study} /> : null}
          >
            <RuleNotice study={study} />
            <section className="panel dp-noprint" style={{ marginBottom: 16 }}>
              <Steps
                className="dp-stations"
                size="small"
                current={station(study.state)}
                status={halted ? 'error' : isOver(study.state) ? 'finish' : 'process'}
                items={stations.map((name) => ({ title: t(`delphi.station.${name}`) }))}
              />
              <div className="dp-row tight" style={{ marginBottom: 0 }}>
                <Tag variant="filled" color={study.state === 'round_open' ? 'success' : 'processing'}>{t(`delphi.state.${study.state}`)}</Tag>
                <span className="muted small num">{[study.round > 0 ? t('delphi.round_of', { n: study.round, of: study.protocol.most_rounds }) : '', t('delphi.items_n', { n: count(study.items.length) }), t('delphi.settled_n', { n: count(study.items.filter((item) => item.state !== 'active').length) }), t(`delphi.mode.${study.mode}`)].filter(Boolean).join(' · ')}</span>
                {study.protocol_hash ? <span className="muted small">{t('delphi.rule.hash')} <code title={study.protocol_hash}>{study.protocol_hash.slice(0, 12)}…</code></span> : null}
              </div>
            </section>
            <section className="panel">
              <Tabs
                activeKey={tab}
                onChange={setTab}
                items={[
                  { key: 'results', label: t('delphi.tab.results'), children: <Results study={study} /> },
                  { key: 'funnel', label: t('delphi.tab.funnel'), children: <Overview study={study} /> },
                  { key: 'dissent', label: t('delphi.tab.dissent'), children: <Dissent study={study} /> },
                  ...(may ? [{ key: 'arguments', label: t('delphi.tab.arguments'), children: <Moderation study={study} /> }] : []),
                  ...(may ? [{ key: 'people', label: t('delphi.tab.people'), children: <People study={study} /> }] : []),
                  ...(study.round > 0 ? [{ key: 'next', label: t('delphi.tab.next'), children: <NextQuestions study={study} /> }] : []),
                  { key: 'pilot', label: t('delphi.tab.pilot'), children: <PilotTab study={study} may={may} toPeople={() => setTab('people')} /> },
                  { key: 'items', label: t('delphi.tab.items'), children: <Items study={study} may={may} /> },
                  { key: 'rules', label: t('delphi.tab.rules'), children: <Rulebook study={study} /> },
                ]}
              />
            </section>
          </Page>
        );
      }}
    </Loaded>
  );
}
