// Which kind of source takes a term up first: pairs with their range, the years of each kind, as a picture and as a table; a mark opens its documents.
import { assert, until } from '../harness.mjs';

export default async function story({ page, ws, t }) {
  await page.goto(ws);
  await page.getByRole('menuitem', { name: t('menu.lag') }).click();
  await page.getByRole('heading', { level: 1, name: t('menu.lag') }).waitFor();
  const pairs = page.locator('section.panel').filter({ hasText: t('lag.pairs') }).first();
  await pairs.locator('.ant-table-row').first().waitFor();
  assert.match(await pairs.locator('.ant-table-row').first().innerText(), /→/, 'a pair of kinds');
  const chart = page.getByRole('region', { name: t('lag.uptake') });
  await chart.locator('canvas').waitFor();
  await chart.getByRole('button', { name: t('figure.explain') }).click();
  await page.locator('.ant-popover').filter({ visible: true }).first().waitFor();
  await page.keyboard.press('Escape');
  await chart.getByRole('button', { name: t('figure.table') }).click();
  await chart.locator('.ant-table-row').first().waitFor();
  const head = await chart.locator('.ant-table-thead').innerText();
  for (const kind of ['work', 'project']) assert.ok(head.includes(t(`kind.${kind}`)), `a column of ${kind}: ${head}`);
  assert.match(await chart.locator('.ant-table-tbody').first().innerText(), /(19|20)\d\d/, 'years of uptake');

  // The picture leaves the house with its filters printed on it.
  const saved = page.waitForEvent('download');
  await chart.getByRole('button', { name: t('figure.download') }).click();
  await page.getByRole('menuitem', { name: 'SVG' }).click();
  const file = await (await saved).createReadStream();
  let svg = '';
  for await (const part of file) svg += part;
  assert.ok(svg.includes(t('lag.uptake')) && svg.includes(t('export.filters')), 'title and filters');

  // Topics instead of terms; the choice stands in the address.
  await page.locator('.ant-segmented-item', { hasText: t('unit.topic') }).click();
  await until('the address', () => /unit=topic/.test(page.url()));
  await page.getByText(t('lag.pairs')).or(page.getByText(t('lag.none'))).first().waitFor();
}

export const needs = ['/api/v1/w/{ws}/lag'];
