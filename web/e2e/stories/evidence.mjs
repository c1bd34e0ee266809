// From the home page to the evidence of a number: topic, its documents, one record with its origin.
import { assert } from '../harness.mjs';

export default async function story({ page, ws, t }) {
  await page.goto(ws);
  await page.getByText(t('home.emerging')).waitFor();
  // Where nothing rises, the home page says so and the list of topics is the way.
  if ((await page.locator('.ranked .name').count()) === 0) {
    await page.getByText(t('home.no_emerging')).waitFor();
    await page.goto(`${ws}/topics`);
  }
  const first = page.locator('.ranked .name, .ant-table-row a').first();
  await first.waitFor();
  const label = (await first.textContent()).trim();
  await first.click();
  await page.getByRole('heading', { level: 1, name: label }).waitFor();
  await page.getByText(t('topic.series'), { exact: true }).waitFor();
  await page.locator('canvas').first().waitFor();
  await page.locator('.kpi-strip .number-link').first().click();
  const drawer = page.getByRole('dialog').filter({ has: page.locator('.record-title') }).last();
  await drawer.locator('.record-title').first().click();
  const record = page.getByRole('dialog').filter({ hasText: t('record.origin') });
  await record.waitFor();
  assert.match(await record.innerText(), /\d{4}-\d{2}|\d{4}/, 'the record has a date');
  assert.match(page.url(), /record=r/, 'the address carries the record');
  await page.keyboard.press('Escape');
}
