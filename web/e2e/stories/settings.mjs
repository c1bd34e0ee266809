// A workspace is made in the browser; an approved base map is installed, shown with its number and taken away; a model drafts a name, and a person takes it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../harness.mjs';

export default async function story({ page, ws, t, lang, folder }) {
  await page.goto(ws);
  await page.getByRole('button', { name: t('header.workspace') }).click();
  await page.getByRole('menuitem', { name: t('workspace.new') }).click();
  const made = page.getByRole('dialog', { name: t('workspace.new') });
  await made.getByLabel(t('workspace.name'), { exact: true }).fill(`New ${lang}`);
  await made.getByLabel(t('workspace.id'), { exact: true }).fill(`new-${lang}`);
  await made.getByRole('button', { name: t('workspace.make') }).click();
  await until('the import page of the new workspace', async () => page.url().endsWith(`/w/new-${lang}/data/import`));

  const square = (x) => [[[x, 20], [x + 5, 20], [x + 5, 25], [x, 25], [x, 20]]];
  const features = [['CN', '中国', 100], ['US', 'United States', -100], ['DE', 'Germany', 10]].map(([iso, name, x]) => ({ type: 'Feature', properties: { iso_a2: iso, name }, geometry: { type: 'Polygon', coordinates: square(x) } }));
  const file = join(folder, `map-${lang}.geojson`);
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }));
  await page.goto(`${ws}/admin?tab=map`);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByLabel(t('map_base.approval'), { exact: true }).fill('GS(2024)0650号');
  await page.getByRole('button', { name: t('map_base.install') }).click();
  await page.getByRole('button', { name: t('map_base.remove') }).waitFor();
  await page.goto(`${ws}/countries?view=map`);
  await page.getByText('GS(2024)0650号').first().waitFor();
  await page.goto(`${ws}/admin?tab=map`);
  await page.getByRole('button', { name: t('map_base.remove') }).click();
  await page.locator('.ant-popconfirm').getByRole('button', { name: t('action.delete') }).click();
  await page.getByText(t('map_base.none')).waitFor();

  await page.goto(`${ws}/topics`);
  await page.locator('.ant-table-row a').nth(lang === 'zh' ? 3 : 4).click();
  const draft = page.getByRole('region', { name: t('draft.title') });
  await draft.getByRole('button', { name: t('draft.ask') }).click();
  await draft.getByText('模型草拟').waitFor();
  await draft.getByRole('button', { name: t('draft.take_label') }).click();
  const taking = page.getByRole('dialog', { name: t('draft.take_title') });
  await taking.getByLabel(t('judge.reason'), { exact: true }).fill('fits its records');
  await taking.getByRole('button', { name: t('judge.keep') }).click();
  await page.getByRole('heading', { level: 1, name: lang === 'zh' ? '模型草拟' : 'Drafted by a model' }).waitFor();
}

export const needs = ['/api/v1/workspaces', '/api/v1/map-base', '/api/v1/w/{ws}/drafts'];
