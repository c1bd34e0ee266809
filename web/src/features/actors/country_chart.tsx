import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../shared/api/client';
import type { components } from '../../shared/api/schema';
import { ChartFrame } from '../../shared/charts/chart_frame';
import { countryName } from '../../shared/countries';
import { count } from '../../shared/format';
import { Loaded } from '../../shared/ui/page';
import { useUrlValue } from '../../shared/ui/url_state';
import type { CountryRow } from './api';
import { codesOf, countryMap, installMap, type BaseMap } from './country_map';

type Info = components['schemas']['MapBase'];

function Drawn({ map, info, rows, window }: { map: BaseMap; info: Info; rows: CountryRow[]; window: string }) {
  const { t } = useTranslation();
  const [, openDocs] = useUrlValue('docs');
  const codes = useMemo(() => {
    installMap(map);
    return codesOf(map, rows.map((row) => row.name));
  }, [map, rows]);
  const shown = [...codes].map(([name, code]) => ({ name, code, text: countryName(code), value: Math.round(rows.find((row) => row.name === code)?.documents_fractional ?? 0) }));
  const imprint = `${t('map_base.approval')}: ${info.approval}${info.name ? ` · ${info.name}` : ''}`;
  return (
    <ChartFrame
      title={t('countries.map')}
      explain={t('countries.map_explain')}
      height={460}
      option={(p) => countryMap(p, shown, imprint)}
      figures={{ columns: [t('column.country'), t('countries.fractional')], rows: shown.map((row) => [row.text, row.value]) }}
      onClick={(click) => { const code = codes.get(click.name); if (code) openDocs(`country=${code}`); }}
      note={`${window} ${t('countries.on_map', { n: count(shown.length), all: count(rows.length) })} ${imprint}`}
    />
  );
}

/** The standing of countries as bars; on an approved base map as well, where one is installed. */
export function CountryChart({ bars, rows, window }: { bars: React.ReactNode; rows: CountryRow[]; window: string }) {
  const { t } = useTranslation();
  const [view, setView] = useUrlValue('view', 'bars');
  const info = useApi<Info>('/map-base');
  const installed = info.data?.installed ?? false;
  const map = useApi<BaseMap>(installed && view === 'map' ? '/map-base/geojson' : null);
  if (!installed) return <>{bars}</>;
  return (
    <div>
      <Segmented style={{ marginBottom: 12 }} value={view} onChange={(value) => setView(value)} options={['bars', 'map'].map((value) => ({ value, label: t(`countries.view.${value}`) }))} />
      {view === 'map' && info.data ? <Loaded query={map} rows={8}>{(data) => (info.data ? <Drawn map={data} info={info.data} rows={rows} window={window} /> : null)}</Loaded> : bars}
    </div>
  );
}
