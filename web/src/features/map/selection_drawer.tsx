import { App, Button, Drawer, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { get, send, useApi } from '../../shared/api/client';
import type { MapInfo, MapPoints } from '../../shared/api/map';
import type { DocumentPage } from '../../shared/api/records';
import { documentsOf } from '../../shared/api/records';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { stackedYears } from '../../shared/charts/options';
import { count, share } from '../../shared/format';
import { labelOf } from '../../shared/labels';
import { DocumentList } from '../../shared/ui/documents';
import { Loaded } from '../../shared/ui/page';
import { useWorkspace } from '../../shared/workspace';
import { countMarked } from './model';

const listed = 40;

/** What a lasso holds: how many, which topics, which years, the documents; kept as a set when it has a name. */
export function SelectionDrawer({ info, points, selected, close }: { info: MapInfo; points: MapPoints; selected: Uint8Array; close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ws = useWorkspace();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const counts = countMarked(points, selected);
  const indices: number[] = [];
  selected.forEach((on, i) => on && indices.push(i));
  const documents = useApi<DocumentPage>(indices.length > 0 ? ws.api('/map/documents') : null, { indices: indices.slice(0, listed).join(',') });

  const save = async () => {
    setBusy(true);
    try {
      const ids: string[] = [];
      for (let at = 0; at < indices.length; at += 400) {
        const part = await get<DocumentPage>(ws.api('/map/documents'), { indices: indices.slice(at, at + 400).join(',') });
        ids.push(...documentsOf(part).map((row) => row.id));
      }
      await send('POST', ws.api('/sets'), { name: name.trim(), records: ids });
      void message.success(t('map.set_saved', { name: name.trim(), n: count(ids.length) }));
      setName('');
    } catch (error) {
      void message.error((error as Error).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Drawer open onClose={close} size={Math.min(520, window.innerWidth)} mask={false} title={t('map.selected', { n: count(counts.n) })}>
      <Space.Compact style={{ width: '100%', marginBottom: 18 }}>
        <Input placeholder={t('map.set_name')} value={name} onChange={(event) => setName(event.target.value)} aria-label={t('map.set_name')} maxLength={120} />
        <Button type="primary" disabled={!name.trim() || counts.n === 0} loading={busy} onClick={() => void save()}>{t('map.save_set')}</Button>
      </Space.Compact>
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
      <Loaded query={documents}>{(data) => <DocumentList rows={documentsOf(data)} />}</Loaded>
      {counts.n > listed ? <p className="panel-note">{t('map.first_documents', { n: listed })}</p> : null}
    </Drawer>
  );
}
