// Files are sent in parts and seen before they are kept: recognised, their columns mapped by hand, what would be refused; then imported by jobs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert } from '../harness.mjs';

export default async function story({ page, ws, t, lang, folder }) {
  const ris = join(folder, `more-${lang}.ris`);
  const one = (n) => `TY  - JOUR\r\nTI  - Solid state electrolyte number ${n} of ${lang}\r\nAU  - Li, Wei\r\nPY  - 2021\r\nAB  - A sulfide electrolyte with high conductivity, sample ${n}.\r\nER  - \r\n\r\n`;
  writeFileSync(ris, Array.from({ length: 12 }, (_, n) => one(n)).join(''));
  // A table with a column nobody takes, and a row that says nothing.
  const csv = join(folder, `table-${lang}.csv`);
  writeFileSync(csv, `year,title,zzz\n${Array.from({ length: 8 }, (_, n) => `2020,Cathode coating ${n} ${lang},x${n}`).join('\n')}\n2020,,\n`);
  await page.goto(`${ws}/data/import`);
  await page.locator('input[type=file]').setInputFiles([ris, csv]);
  await page.getByRole('button', { name: t('action.next') }).click();
  await page.getByRole('heading', { name: t('import.head.preview') }).waitFor();

  await page.getByRole('tab', { name: `table-${lang}.csv` }).click();
  await page.getByRole('tab', { name: t('import.mapping') }).locator('visible=true').click();
  const select = page.getByLabel(t('import.field_of', { column: 'zzz' }));
  await select.fill(t('field.keywords'));
  await select.press('Enter');
  await page.getByText(t('import.by_you')).locator('visible=true').waitFor();
  await page.getByText(t('import.new', { n: 8 })).locator('visible=true').waitFor();
  await page.getByRole('tab', { name: t('import.rejects', { n: 1 }) }).locator('visible=true').click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: t('import.save_rejects') }).locator('visible=true').click();
  assert.match((await saved).suggestedFilename(), /rejects\.csv$/);

  await page.getByRole('tab', { name: `more-${lang}.ris` }).click();
  await page.getByText(t('import.new', { n: 12 })).locator('visible=true').waitFor();
  await page.getByRole('button', { name: t('import.run', { n: 2 }) }).click();
  await page.getByRole('button', { name: t('action.run') }).waitFor();
  assert.equal(await page.getByText(t('job.state.done'), { exact: true }).locator('visible=true').count() >= 2, true, 'both jobs are done');
}

export const needs = ['/api/v1/w/{ws}/uploads', '/api/v1/w/{ws}/imports/preview', '/api/v1/w/{ws}/jobs'];
