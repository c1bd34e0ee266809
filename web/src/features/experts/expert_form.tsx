import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Expert } from './api';

const texts = ['name_zh', 'name_en', 'pinyin', 'orcid', 'email', 'organisation', 'title', 'sector', 'region', 'country', 'gender', 'age_band', 'seniority'] as const;
const lists = ['fields', 'languages', 'projects', 'patents', 'panels'] as const;

export type ExpertForm = Partial<Record<(typeof texts)[number] | 'away_until', string>> & Partial<Record<(typeof lists)[number], string[]>> & { load?: number };

/** What the form says, without what was left empty when nothing was there before. */
export function readForm(values: ExpertForm, before?: Expert): Record<string, unknown> {
  const known = (before ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, value ?? (Array.isArray(known[name]) ? [] : '')] as const)
      .filter(([name, value]) => (before ? JSON.stringify(known[name] ?? '') !== JSON.stringify(value) : value !== '' && !(Array.isArray(value) && value.length === 0))),
  );
}

export const formOf = (expert: Expert): ExpertForm => Object.fromEntries([...texts, ...lists, 'away_until', 'load'].map((name) => [name, (expert as unknown as Record<string, unknown>)[name]]));

export function ExpertFields() {
  const { t } = useTranslation();
  return (
    <>
      <div className="grid cols-3" style={{ gap: '0 14px' }}>
        {texts.map((name) => <Form.Item key={name} name={name} label={t(`expert.field.${name}`)}><Input maxLength={300} /></Form.Item>)}
        <Form.Item name="load" label={t('expert.field.load')}><InputNumber min={0} max={1000} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="away_until" label={t('expert.field.away_until')}><Input placeholder="YYYY-MM-DD" /></Form.Item>
      </div>
      {lists.map((name) => <Form.Item key={name} name={name} label={t(`expert.field.${name}`)}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[';', '；', '、']} /></Form.Item>)}
    </>
  );
}
