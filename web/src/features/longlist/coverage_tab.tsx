import { Button, Slider, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { useTopics } from '../../shared/api/topics';
import { inLanguage } from '../../shared/delphi/model';
import { count, decimal, share } from '../../shared/format';
import { Empty } from '../../shared/ui/empty';
import { NumberLink } from '../../shared/ui/number_link';
import { Loaded } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import { useWorkspace } from '../../shared/workspace';
import { listPath, useCoverage, useListChange, type Coverage, type Entry, type Longlist } from './api';
import { coverageChart } from './charts';

function Uncovered({ data, list, may }: { data: Coverage; list: Longlist; may: boolean }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useListChange(ws.id);
  const topics = useTopics(ws.id);
  const documents = new Map((topics.data?.items ?? []).map((topic) => [topic.id, topic.documents]));
  const words = (id: string) => { const entry = list.entries.find((one) => one.id === id); return entry ? inLanguage(entry) : '–'; };
  const missing = data.topics.filter((topic) => !topic.covered).sort((a, b) => (documents.get(b.id) ?? 0) - (documents.get(a.id) ?? 0));
  if (missing.length === 0) return <p className="panel-note">{t('list.covered_all')}</p>;
  return (
    <>
      <Table
        size="small"
        rowKey="id"
        scroll={{ x: 620 }}
        pagination={{ pageSize: 12, size: 'small', showSizeChanger: false, hideOnSinglePage: true }}
        dataSource={missing}
        columns={[
          { title: t('column.topic'), render: (_, topic) => <Link to={ws.page(`/topics/${topic.id}`)}>{inLanguage(topic)}</Link> },
          { title: t('column.documents'), align: 'right', render: (_, topic) => <NumberLink docs={topic.id}>{count(documents.get(topic.id))}</NumberLink> },
          { title: t('list.nearest'), render: (_, topic) => <span className="small">{topic.entry ? words(topic.entry) : '–'}</span> },
          { title: t('list.cosine'), align: 'right', render: (_, topic) => <span title={t('list.cosine_text')}>{decimal(topic.cosine, 2)} / {decimal(topic.own_cosine, 2)}</span> },
        ]}
      />
      {may ? <Button style={{ marginTop: 10 }} onClick={() => void change('POST', `${listPath(ws.id, list.id)}/entries`, { from: 'topics', topics: missing.map((topic) => topic.id) })}>{t('list.take_uncovered', { n: count(missing.length) })}</Button> : null}
    </>
  );
}

/** What of the topic space no entry covers, and which entries say nearly the same. */
export function CoverageTab({ list, may, merge }: { list: Longlist; may: boolean; merge: (entries: Entry[]) => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [at, setAt] = useUrlValue('overlap', '0.8');
  const [moving, setMoving] = useState<number | null>(null);
  const coverage = useCoverage(ws.id, list.id, Number(at) || 0.8);
  const find = (id: string) => list.entries.find((entry) => entry.id === id);
  if (list.entries.length === 0) return <Empty title={t('list.empty')} text={t('list.empty_text')} />;
  return (
    <Loaded query={coverage} rows={8} absent={<Empty title={t('empty.no_result')} text={t('list.no_run')} />}>
      {(data) => {
        const covered = data.topics.filter((topic) => topic.covered).length;
        return (
          <>
            <div className="kpi-strip" style={{ marginBottom: 18 }}>
              <div className="kpi"><span className="label">{t('list.covered')}</span><span className="value">{count(covered)} / {count(data.topics.length)}</span><span className="note">{share(data.topics.length > 0 ? covered / data.topics.length : 0, 0)}</span></div>
              <div className="kpi"><span className="label">{t('list.overlaps')}</span><span className="value">{count(data.overlaps.length)}</span><span className="note">{t('list.overlap_from', { at: decimal(Number(at), 2) })}</span></div>
            </div>
            <h3>{t('list.uncovered')}</h3>
            <Uncovered data={data} list={list} may={may} />
            <h3 style={{ marginTop: 24 }}>{t('list.overlaps')}</h3>
            <div className="small" style={{ display: 'flex', gap: 10, alignItems: 'center' }}>{t('list.overlap_at')} <Slider style={{ width: 180 }} min={0.4} max={1} step={0.05} value={moving ?? (Number(at) || 0.8)} onChange={setMoving} onChangeComplete={(value) => { setMoving(null); setAt(String(value)); }} ariaLabelForHandle={t('list.overlap_at')} /></div>
            {data.overlaps.length === 0 ? <p className="panel-note">{t('list.overlaps_none')}</p> : null}
            {data.overlaps.slice(0, 40).map(({ a, b, cosine }) => {
              const pair = [find(a), find(b)].filter((entry): entry is Entry => entry !== undefined);
              return (
                <div className="record" key={`${a}${b}`} style={{ display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}>
                  <span style={{ flex: 1, minWidth: 220 }}>{pair.map((entry) => <div key={entry.id}>{inLanguage(entry)}</div>)}</span>
                  <span className="num">{decimal(cosine, 2)}</span>
                  {may && pair.length === 2 ? <Button size="small" onClick={() => merge(pair)}>{t('list.act.merge')}</Button> : null}
                </div>
              );
            })}
            <div style={{ marginTop: 24 }}>
              <ChartFrame bare title={t('list.coverage_chart')} explain={t('list.coverage_explain')} height={Math.max(220, 20 * Math.min(data.topics.length, 40) + 60)} option={(p) => coverageChart(p, data.topics.map((topic) => ({ name: inLanguage(topic), value: topic.cosine, own: topic.own_cosine, covered: topic.covered })).slice(0, 40), { nearest: t('list.nearest'), own: t('list.own') })} figures={{ columns: [t('column.topic'), t('list.nearest'), t('list.cosine'), t('list.own')], rows: data.topics.map((topic) => { const entry = find(topic.entry); return [inLanguage(topic), entry ? inLanguage(entry) : '', topic.cosine, topic.own_cosine]; }) }} />
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
