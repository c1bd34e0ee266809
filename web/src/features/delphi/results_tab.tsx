import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Segmented, Select, Table } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../shared/api/client';
import { hasRole, useSession } from '../../shared/api/session';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { GroupAnswer } from '../../shared/delphi/group';
import { StateLamp } from '../../shared/delphi/lamp';
import { figure, inLanguage, type ItemResult } from '../../shared/delphi/model';
import { count, decimal, share } from '../../shared/format';
import type { Palette } from '../../shared/theme';
import { Empty } from '../../shared/ui/empty';
import { Loaded } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { studyPath, useResults, type Study } from './api';
import { consensusMap } from './charts';
import { consensusRow, type ConsensusRow } from './model';

function Subgroups({ study, item, round }: { study: Study; item: string; round: number }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const attributes = Object.keys(study.funnel.by);
  const [by, setBy] = useState('');
  const groups = useApi<{ groups: { value: string; result: ItemResult }[]; hidden: number }>(by ? `${studyPath(ws.id, study.id)}/items/${item}/subgroups` : null, { by, round });
  const deciding = study.questions.find((question) => question.id === study.protocol.deciding_question);
  if (attributes.length === 0 || !deciding) return null;
  return (
    <div style={{ padding: '0 4px 14px' }}>
      <span className="muted small" style={{ marginRight: 10 }}>{t('delphi.split_by')}</span>
      <Segmented size="small" value={by} onChange={setBy} options={[{ value: '', label: '–' }, ...attributes.map((value) => ({ value, label: value }))]} />
      {by ? (
        <Loaded query={groups} rows={2}>
          {(data) => (
            <>
              <div className="dp-expand">
                {data.groups.map((group) => <div key={group.value}><h4>{group.value || t('delphi.no_value')} · {inLanguage(deciding.label)}</h4><GroupAnswer question={deciding} result={group.result.questions[deciding.id]} /></div>)}
              </div>
              {data.hidden > 0 ? <p className="panel-note">{t('delphi.groups_hidden', { n: data.hidden, cell: study.protocol.small_cell })}</p> : null}
            </>
          )}
        </Loaded>
      ) : null}
    </div>
  );
}

function Meter({ value, limit }: { value: number | null; limit: number }) {
  if (value === null) return <>–</>;
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <span className="dp-meter" aria-hidden="true"><i style={{ width: `${100 * value}%` }} /><b style={{ left: `calc(${100 * limit}% - 1px)` }} /></span>
      {share(value, 0)}
    </span>
  );
}

function Export({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const files = [['answers', 'csv'], ['codebook', 'csv'], ['answers', 'jsonl'], ['both', 'xlsx'], ['answers', 'dta'], ['both', 'r']] as const;
  return (
    <Dropdown trigger={['click']} menu={{ items: files.map(([part, format]) => ({ key: `${part}.${format}`, label: <a href={`/api/v1${studyPath(ws.id, study.id)}/export?${part === 'both' ? '' : `part=${part}&`}format=${format}`} download>{t(`delphi.export.${part}`)} ({t(`delphi.format.${format}`)})</a> })) }}>
      <Button icon={<DownloadOutlined />}>{t('delphi.export')}</Button>
    </Dropdown>
  );
}

export function Results({ study }: { study: Study }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const { data: session } = useSession();
  const [chosen, setRound] = useUrlValue('round');
  const [state, setState] = useUrlValue('state');
  const [words, setWords] = useState('');
  const round = Number(chosen) || study.round;
  const results = useResults(ws.id, study.id, round);
  // A large open round is measured look by look: the page looks again until nothing is left.
  const { data: looked, refetch } = results;
  useEffect(() => {
    if (!looked?.pending) return undefined;
    const timer = setTimeout(() => void refetch(), 400);
    return () => clearTimeout(timer);
  }, [looked, refetch]);
  const { protocol } = study;
  const deciding = study.questions.find((question) => question.id === protocol.deciding_question);
  const limit = protocol.measure === 'agreement_share' ? protocol.threshold : 0.75;
  const rows = (results.data?.items ?? []).map((row) => consensusRow(row, protocol));
  const option = useCallback(
    (p: Palette) => consensusMap(p, (results.data?.items ?? []).map((row) => consensusRow(row, protocol)), { consensus: limit, stability: protocol.least_unchanged }, { consensus: t('delphi.column.zone'), stability: t('delphi.column.unchanged'), state: (name) => t(`delphi.item.${name}`), percent: (value) => share(value, 0) }),
    [results.data, protocol, limit, t],
  );
  if (study.round === 0) return <Empty title={t('delphi.no_results')} text={t('delphi.no_results_text')} />;
  const shown = rows.filter((row) => (!state || row.row.state === state) && `${row.row.zh} ${row.row.en} ${row.row.field}`.toLowerCase().includes(words.toLowerCase()));
  const by = (get: (row: ConsensusRow) => number | null) => (a: ConsensusRow, b: ConsensusRow) => (get(a) ?? -Infinity) - (get(b) ?? -Infinity);
  const median = (value: number | null) => (value === null ? '–' : `${decimal(value, Number.isInteger(value) ? 0 : 1)} ${inLanguage(deciding?.options[Math.round(value) - 1]?.label)}`);
  return (
    <>
      <div className="filters">
        <Select style={{ width: 110 }} value={round} aria-label={t('delphi.round')} options={Array.from({ length: study.round }, (_, i) => ({ value: i + 1, label: t('delphi.round_n', { n: i + 1 }) }))} onChange={(value) => setRound(value === study.round ? null : String(value))} />
        <Select allowClear style={{ width: 160 }} value={state || null} placeholder={t('delphi.all_states')} aria-label={t('delphi.all_states')} options={['active', 'consensus_in', 'consensus_out', 'stable_dissent', 'unresolved'].map((value) => ({ value, label: <StateLamp state={value} /> }))} onChange={(value: string | null) => setState(value)} />
        <Input.Search allowClear style={{ width: 220 }} placeholder={t('panel.search')} aria-label={t('panel.search')} onChange={(event) => setWords(event.target.value)} />
        <span style={{ flex: 1 }} />
        {hasRole(session, 'moderator') ? <Export study={study} /> : null}
      </div>
      <Loaded query={results} rows={8}>
        {(data) => (
          <>
            {data.live ? <p className="panel-note" style={{ marginTop: 0 }}>{t('delphi.live', { left: protocol.small_cell })}</p> : null}
            {data.pending > 0 ? <p className="panel-note" role="status" style={{ marginTop: 0 }}>{t('delphi.pending', { n: count(data.pending) })}</p> : null}
            {data.withheld > 0 ? <p className="panel-note" style={{ marginTop: 0 }}>{t('delphi.withheld', { n: count(data.withheld), cell: protocol.small_cell, twice: 2 * protocol.small_cell })}</p> : null}
            <Table<ConsensusRow>
              className="dp-table"
              size="small"
              scroll={{ x: 'max-content' }}
              dataSource={shown}
              pagination={shown.length > 30 ? { pageSize: 30, size: 'small' } : false}
              expandable={{
                expandRowByClick: true,
                expandedRowRender: (row) => (
                  <div className="dp-wide">
                    <div className="dp-expand">{study.questions.filter((question) => (row.row.result.questions[question.id]?.answered ?? 0) > 0 && question.type !== 'text').map((question) => <div key={question.id}><h4>{inLanguage(question.label)}</h4><GroupAnswer question={question} result={row.row.result.questions[question.id]} /></div>)}</div>
                    {data.live ? <p className="panel-note">{t('delphi.live_groups')}</p> : <Subgroups study={study} item={row.key} round={round} />}
                  </div>
                ),
              }}
              columns={[
                { title: t('delphi.item'), render: (_, row) => <div className="dp-name"><div className="muted small">{row.row.field}</div>{row.name}</div>, sorter: (a, b) => a.name.localeCompare(b.name) },
                { title: t('delphi.state'), render: (_, row) => <StateLamp state={row.row.state} />, sorter: (a, b) => a.row.state.localeCompare(b.row.state) },
                { title: t('delphi.column.cards'), align: 'right', render: (_, row) => count(row.cards), sorter: by((row) => row.cards) },
                { title: t('delphi.column.median'), render: (_, row) => <div className="dp-median">{median(row.median)}</div>, sorter: by((row) => row.median) },
                { title: t('delphi.column.iqr'), align: 'right', render: (_, row) => decimal(row.spread, 1), sorter: by((row) => row.spread) },
                { title: t('delphi.side.agree'), render: (_, row) => <Meter value={row.agree} limit={limit} />, sorter: by((row) => row.agree) },
                { title: t('delphi.side.disagree'), render: (_, row) => <Meter value={row.disagree} limit={limit} />, sorter: by((row) => row.disagree) },
                { title: 'Cns', align: 'right', render: (_, row) => decimal(row.consensus, 2), sorter: by((row) => row.consensus) },
                { title: 'A', align: 'right', render: (_, row) => decimal(row.agreement, 2), sorter: by((row) => row.agreement) },
                { title: t('delphi.column.unchanged'), render: (_, row) => <Meter value={row.unchanged} limit={protocol.least_unchanged} />, sorter: by((row) => row.unchanged) },
                { title: 'κ', align: 'right', render: (_, row) => (row.kappa === null ? '–' : <span title="95 %">{decimal(row.kappa, 2)} <span className="muted small">[{decimal(figure(row.row.result.stability.kappa_low), 2)}, {decimal(figure(row.row.result.stability.kappa_high), 2)}]</span></span>), sorter: by((row) => row.kappa) },
              ]}
            />
            {rows.some((row) => row.unchanged !== null) ? (
              <div style={{ marginTop: 24 }}>
                <ChartFrame
                  bare
                  title={t('delphi.map')}
                  explain={t('delphi.map_explain')}
                  option={option}
                  height={320}
                  figures={{ columns: [t('delphi.item'), t('delphi.side.agree'), t('delphi.side.disagree'), t('delphi.column.unchanged'), 'Cns', 'A', 'κ', t('delphi.state')], rows: rows.map((row) => [row.name, row.agree, row.disagree, row.unchanged, row.consensus, row.agreement, row.kappa, t(`delphi.item.${row.row.state}`)]) }}
                />
              </div>
            ) : null}
          </>
        )}
      </Loaded>
    </>
  );
}
