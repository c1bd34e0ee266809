import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { Empty } from './empty';
import { Loaded, Page, type Fetched } from './page';

const perPage = 25;

interface Props<T> {
  title: string;
  lead: string;
  /** Makes a new one; null for those who may not. */
  start: ReactNode;
  none: string;
  noneText: string;
  query: Fetched<{ items: T[] }>;
  /** In the order they are shown. */
  rows?: (items: T[]) => T[];
  columns: TableColumnsType<T>;
  children?: ReactNode;
}

/** A page that lists what people made: its name, how to make one, those that are there or what they would be. */
export function ListFrame<T extends { id: string }>({ title, lead, start, none, noneText, query, rows = (items) => items, columns, children }: Props<T>) {
  const empty = <Empty title={none} text={noneText} action={start} />;
  return (
    <Page title={title} lead={lead} actions={start}>
      <section className="panel">
        <Loaded query={query} absent={empty}>
          {(data) =>
            data.items.length === 0 ? empty : (
              <Table size="small" rowKey="id" scroll={{ x: 'max-content' }} pagination={data.items.length > perPage ? { pageSize: perPage, showSizeChanger: false } : false} dataSource={rows(data.items)} columns={columns} />
            )
          }
        </Loaded>
      </section>
      {children}
    </Page>
  );
}
