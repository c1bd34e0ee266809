// The ranking under other weights, back to default, compared side by side, taken home as CSV.
import { readFileSync } from 'node:fs';
import { assert, until } from '../harness.mjs';

export default async function story({ page, ws, t }) {
  await page.goto(`${ws}/emerging?all=1`);
  const names = () => page.locator('.ant-table-tbody .ant-table-row a, .ant-table-tbody-virtual-holder .ant-table-row a').allTextContents();
  await until('rows of the ranking', async () => (await names()).length > 3);
  const before = await names();
  await page.getByRole('button', { name: t('emergence.weights') }).click();
  const slider = page.getByRole('slider').first();
  await slider.focus();
  for (let i = 0; i < 20; i += 1) await page.keyboard.press('ArrowRight');
  await until('weights in the address', () => page.url().includes('weights='));
  await page.getByRole('button', { name: t('emergence.reset') }).click();
  await until('weights gone from the address', () => !page.url().includes('weights='));
  await until('the default order', async () => JSON.stringify(await names()) === JSON.stringify(before));
  await page.keyboard.press('Escape');

  const boxes = page.getByRole('checkbox', { name: new RegExp(t('emergence.compare_this').replace(/\s*$/, '')) });
  await boxes.nth(0).click();
  await boxes.nth(1).click();
  await page.getByRole('region', { name: t('emergence.tray') }).getByRole('button', { name: t('emergence.compare'), exact: true }).click();
  await page.getByRole('dialog').getByText(t('emergence.compare_years')).waitFor();
  await page.goto(`${ws}/emerging?all=1`);
  await until('rows of the ranking', async () => (await names()).length > 3);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: t('action.export') }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  assert.ok(text.startsWith('\ufeff'), 'a byte-order mark for Excel');
  assert.ok(text.split('\r\n').length > before.length, 'a line for each row');
}
