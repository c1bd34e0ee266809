import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { get, useApi } from '../../shared/api/client';
import type { MapInfo, MapPoints } from '../../shared/api/map';
import type { DocumentPage, DocumentRow } from '../../shared/api/records';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { stackedYears } from '../../shared/charts/options';
import { toCsv } from '../../shared/charts/xlsx';
import { count, share } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { saveFile } from '../../shared/save_file';
import { DocumentList } from '../../shared/ui/documents';
import { Loaded } from '../../shared/ui/page';
import { SaveSet } from '../../shared/ui/save_set';
import { useWorkspace } from '../../shared/workspace';
import { countMarked } from './model';

const listed = 40;

/** What a lasso holds: how many, which topics, which years, the documents; all of them as a file. */
export function SelectionDrawer({ info, points, selected, close }: { info: MapInfo; points: MapPoints; selected: Uint8Array; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ws = useWorkspace();
  const [busy, setBusy] = useState(false);
  const counts = countMarked(points, selected);
  const indices: number[] = [];
  selected.forEach((on, i) => on && indices.push(i));
  const documents = useApi<DocumentPage>(indices.length > 0 ? ws.api('/map/documents') : null, { indices: indices.slice(0, listed).join(',') });

  const save = async () => {
    setBusy(true);
    try {
      const rows: DocumentRow[] = [];
      for (let at = 0; at < indices.length; at += 400) rows.push(...(await get<DocumentPage>(ws.api('/map/documents'), { indices: indices.slice(at, at + 400).join(',') })).items);
      saveFile(`${t('map.selection')}-${rows.length}.csv`, toCsv([['id', t('chart.year'), t('field.title'), t('field.venue'), t('field.url')], ...rows.map((row) => [row.id, row.year, row.title, row.venue, row.url])]), 'text/csv;charset=utf-8');
    } catch (error) {
      void message.error((error as Error).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Drawer open onClose={close} size={Math.min(520, window.innerWidth)} mask={false} title={t('map.selected', { n: count(counts.n) })} extra={<span style={{ display: 'flex', gap: 8 }}><SaveSet n={counts.n} suggested={t('map.selection')} body={() => ({ origin: 'map', points: indices, run: info.run })} /><Button size="small" icon={<DownloadOutlined />} loading={busy} disabled={counts.n === 0} onClick={() => void save()}>{t('map.save_list')}</Button></span>}>
      <ChartFrame bare title={t('home.years')} explain={t('map.years_explain')} height={150} option={(p) => stackedYears(p, counts.years.map((y) => y.year), [{ name: t('chart.records'), values: counts.years.map((y) => y.count) }])} figures={{ columns: [t('chart.year'), t('chart.records')], rows: counts.years.map((y) => [y.year, y.count]) }} />
      <h3 style={{ fontSize: 14 }}>{t('menu.topics')}</h3>
      {counts.topics.slice(0, 8).map(({ index, count: n }) => {
        const topic = info.topics[index];
        return topic ? (
          <div className="bar-row" key={topic.id}>
            <Link to={ws.page(`/topics/${topic.id}`)} style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{labelOf(topic)}</Link>
            <span className="track"><span className="fill" style={{ display: 'block', width: share(n / counts.n, 0) }} /></span>
            <span className="num muted small">{count(n)}</span>
          </div>
        ) : null;
      })}
      <h3 style={{ fontSize: 14 }}>{t('documents.title')}</h3>
      <Loaded query={documents}>{(data) => <DocumentList rows={data.items} />}</Loaded>
      {counts.n > listed ? <p className="panel-note">{t('map.first_documents', { n: listed })}</p> : null}
    </Drawer>
  );
}
