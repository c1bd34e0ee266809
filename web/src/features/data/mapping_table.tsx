import { Select, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { share } from '../../shared/format';
import type { ImportPreview } from './api';
import { fieldNames, kindNames, type Entry } from './import_model';

type Column = ImportPreview['columns'][number];

/** What each column is taken for, why, and what stands in it; anything can be changed, and the preview follows. */
export function MappingTable({ entry, change }: { entry: Entry; change: (change: Partial<Entry>) => void }) {
  const { t } = useTranslation();
  const columns = entry.preview?.columns ?? [];
  if (columns.length === 0) return <p className="muted">{t('import.fixed_columns')}</p>;
  const fields = fieldNames.map((name) => ({ value: name, label: t(`field.${name}`) }));
  const options = [{ value: '', label: t('import.not_taken') }, ...fields];
  const set = (column: Column, field: string) => {
    const others = Object.fromEntries(Object.entries(entry.fields).filter(([name]) => name !== column.column));
    change({ fields: field === column.field ? others : { ...others, [column.column]: field } });
  };
  return (
    <>
      <div className="filters">
        <label htmlFor={`kind-${entry.key}`} className="muted small">{t('import.kind')}</label>
        <Select id={`kind-${entry.key}`} style={{ width: 170 }} value={entry.kind} onChange={(kind) => change({ kind })} options={[{ value: '', label: t('import.kind_found') }, ...kindNames.map((value) => ({ value, label: t(`kind.${value}`) }))]} />
      </div>
      <Table
        size="small"
        rowKey="column"
        pagination={false}
        dataSource={columns}
        scroll={{ x: 720 }}
        columns={[
          { title: t('import.column'), width: 190, render: (_, c) => <b style={{ fontWeight: 500 }}>{c.column}</b> },
          {
            title: t('import.taken_for'),
            width: 210,
            render: (_, c) => {
              const field = entry.fields[c.column] ?? c.field;
              return <Select showSearch={{ optionFilterProp: 'label' }} style={{ width: 190 }} aria-label={t('import.field_of', { column: c.column })} value={field} onChange={(next: string) => set(c, next)} options={field === '' || fieldNames.includes(field) ? options : [...options, { value: field, label: field }]} />;
            },
          },
          { title: t('import.sure'), width: 120, render: (_, c) => (c.column in entry.fields ? <span className="tag-emerging">{t('import.by_you')}</span> : c.field ? <span className="num" title={c.reason}>{share(c.confidence, 0)}</span> : <span className="muted">–</span>) },
          { title: t('import.samples'), render: (_, c) => <span className="muted small">{c.samples.join(' ¦ ')}</span> },
        ]}
      />
    </>
  );
}
