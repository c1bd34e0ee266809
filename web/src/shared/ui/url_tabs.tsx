import { Tabs, type TabsProps } from 'antd';
import { useUrlValue } from './url_state';

type Item = NonNullable<TabsProps['items']>[number];

/** Tabs whose choice stands in the address. The first is the usual one, also where the address names one that is not there. */
export function UrlTabs({ items, ...rest }: Omit<TabsProps, 'items' | 'activeKey' | 'onChange'> & { items: Item[] }) {
  const usual = items[0]?.key ?? '';
  const [tab, setTab] = useUrlValue('tab', usual);
  return <Tabs {...rest} activeKey={items.some((item) => item.key === tab) ? tab : usual} onChange={setTab} items={items} />;
}
