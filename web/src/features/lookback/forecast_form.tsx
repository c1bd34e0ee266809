import { Alert, Button, Input, Modal, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../../shared/format';
import { parseTable, readTable } from '../../shared/table_file';
import { useWorkspace } from '../../shared/workspace';
import { root, useLookBackChange } from './api';
import { readForecasts } from './model';

/** Stated probabilities, pasted or from a table: thing, probability, member, kind, date. */
export function ForecastForm({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const change = useLookBackChange(ws.id);
  const [rows, setRows] = useState<string[][]>([]);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const { forecasts, rejects } = readForecasts(rows);
  const give = async () => {
    setBusy(true);
    const done = await change('POST', `${root(ws.id)}/forecasts`, { forecasts });
    setBusy(false);
    if (done) close();
  };
  return (
    <Modal open title={t('back.forecasts_add')} onCancel={close} width={640} footer={<><Button onClick={close}>{t('action.cancel')}</Button><Button type="primary" disabled={forecasts.length === 0} loading={busy} onClick={() => void give()}>{t('back.forecasts_take', { n: count(forecasts.length) })}</Button></>}>
      <p className="panel-note">{t('back.forecasts_text')}</p>
      <Input.TextArea rows={7} value={text} onChange={(event) => { setText(event.target.value); setRows(parseTable(event.target.value)); }} placeholder={t('back.forecasts_paste')} aria-label={t('back.forecasts_add')} style={{ fontFamily: 'ui-monospace, monospace', fontSize: 13 }} />
      <div className="filters" style={{ margin: '10px 0 0' }}><Upload accept=".xlsx,.csv,.tsv,.txt" showUploadList={false} beforeUpload={(file) => { void readTable(file).then(setRows); return false; }}><Button>{t('delphi.items_file')}</Button></Upload></div>
      {rejects.length > 0 ? <Alert type="warning" showIcon style={{ marginTop: 10 }} title={t('back.rows_left', { rows: rejects.slice(0, 12).join(', ') })} /> : null}
    </Modal>
  );
}
