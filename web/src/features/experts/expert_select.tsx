import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../shared/workspace';
import { useExperts } from './api';

/** Experts of the library by name; an id of the lake can be typed as it is. */
export function ExpertSelect({ value, onChange, label }: { value: string[]; onChange: (ids: string[]) => void; label: string }) {
  const { t } = useTranslation();
  const ws = useWorkspace();
  const [q, setQ] = useState('');
  const found = useExperts(ws.id, { q, limit: 50 });
  return (
    <Select
      mode="tags"
      value={value}
      onChange={(ids: string[]) => onChange(ids)}
      onSearch={setQ}
      filterOption={false}
      placeholder={label}
      aria-label={label}
      notFoundContent={found.data?.total === 0 ? t('expert.none') : t('state.loading')}
      options={(found.data?.items ?? []).map((one) => ({ value: one.id ?? '', label: [one.name, one.organisation].filter(Boolean).join(' · ') }))}
    />
  );
}
