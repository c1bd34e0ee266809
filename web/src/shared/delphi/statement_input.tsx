import { App, Button, Input, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '../format';
import { readTable } from '../table_file';
import { parseItems, statementsOf, type Statement } from './statements';

/** Statements pasted, or read from a table file: .xlsx, .csv, .tsv, .txt. What was understood is counted and shown before it is taken. */
export function StatementInput({ take, busy }: { take: (statements: Statement[]) => Promise<boolean> | boolean; busy?: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [file, setFile] = useState<{ name: string; statements: Statement[] } | null>(null);
  const found = file ? file.statements : parseItems(text);
  const read = async (chosen: File) => {
    try {
      const statements = statementsOf(await readTable(chosen));
      if (statements.length === 0) void message.warning(t('delphi.file_empty', { name: chosen.name }));
      else setFile({ name: chosen.name, statements });
    } catch {
      void message.error(t('delphi.file_unreadable', { name: chosen.name }));
    }
  };
  const give = async () => {
    if (!(await take(found))) return;
    setText('');
    setFile(null);
  };
  return (
    <>
      {file ? (
        <div>
          <p style={{ margin: '0 0 6px' }}><b>{file.name}</b> <Button size="small" type="link" onClick={() => setFile(null)}>{t('delphi.file_drop')}</Button></p>
          <ol className="small" style={{ margin: 0, paddingLeft: 22, lineHeight: 1.7 }}>{file.statements.slice(0, 5).map((one, i) => <li key={i}>{[one.field, one.zh, one.en].filter(Boolean).join(' | ')}</li>)}</ol>
          {file.statements.length > 5 ? <p className="panel-note" style={{ margin: 0 }}>{t('expert.more', { n: count(file.statements.length - 5) })}</p> : null}
        </div>
      ) : <Input.TextArea rows={4} value={text} onChange={(event) => setText(event.target.value)} placeholder={t('delphi.paste_items')} aria-label={t('delphi.paste')} />}
      <div className="filters" style={{ margin: '10px 0 0' }}>
        <Button disabled={found.length === 0} loading={busy ?? false} onClick={() => void give()}>{t('delphi.items_take', { n: count(found.length) })}</Button>
        <Upload accept=".xlsx,.csv,.tsv,.txt" showUploadList={false} beforeUpload={(chosen) => { void read(chosen); return false; }}><Button>{t('delphi.items_file')}</Button></Upload>
        <span className="muted small">{t('delphi.paste_note')}</span>
      </div>
    </>
  );
}
