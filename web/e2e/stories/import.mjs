// A file is sent in parts, seen before it is kept, and imported by a job.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export default async function story({ page, ws, t, lang, folder }) {
  const file = join(folder, `more-${lang}.ris`);
  const one = (n) => `TY  - JOUR\r\nTI  - Solid state electrolyte number ${n} of ${lang}\r\nAU  - Li, Wei\r\nPY  - 2021\r\nAB  - A sulfide electrolyte with high conductivity, sample ${n}.\r\nER  - \r\n\r\n`;
  writeFileSync(file, Array.from({ length: 12 }, (_, n) => one(n)).join(''));
  await page.goto(`${ws}/data/import`);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: t('action.next') }).click();
  await page.getByText(new RegExp(t('import.format', { format: 'ris' }), 'i')).waitFor();
  await page.getByText(t('import.new', { n: 12 })).waitFor();
  await page.getByRole('button', { name: t('import.run', { n: 1 }) }).click();
  await page.getByText(t('job.state.done'), { exact: true }).first().waitFor();
}

export const needs = ['/api/v1/w/{ws}/uploads', '/api/v1/w/{ws}/jobs'];
