// Two sets are kept, one from a search and one from a topic; they are compared; a view is kept and opened again.
import { assert, until } from '../harness.mjs';

export default async function story({ page, ws, t, lang }) {
  const save = async (name) => {
    const dialog = page.getByRole('dialog', { name: t('sets.save') });
    const input = dialog.getByLabel(t('sets.name'), { exact: true });
    await input.waitFor();
    await input.fill(name);
    await dialog.getByRole('button', { name: t('action.save') }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  const [first, second, view] = [`search ${lang}`, `topic ${lang}`, `view ${lang}`];
  await page.goto(`${ws}/topics`);
  await page.locator('.ant-table-row a').first().click();
  const word = (await page.locator('.bar-row .number-link').first().textContent()).trim();
  await page.goto(`${ws}/search?q=${encodeURIComponent(word)}`);
  await page.getByRole('main').getByRole('button', { name: t('sets.save') }).click();
  await save(first);
  await page.goto(`${ws}/topics`);
  await page.locator('.ant-table-row a').first().click();
  await page.getByRole('main').getByRole('button', { name: t('sets.save') }).click();
  await save(second);

  await page.goto(`${ws}/sets`);
  for (const name of [first, second]) await page.getByRole('row').filter({ hasText: name }).getByRole('checkbox').click();
  await page.getByRole('button', { name: t('sets.compare') }).click();
  await page.getByRole('heading', { name: t('compare.overlap') }).waitFor();
  assert.match(page.url(), /sets\/compare\?a=.+&b=.+/);
  assert.ok((await page.getByText(t('compare.more', { name: first }), { exact: true }).count()) === 1);

  await page.goto(`${ws}/topics?find=a`);
  await page.getByRole('button', { name: t('views.menu') }).click();
  await page.getByRole('menuitem', { name: t('views.save') }).click();
  const dialog = page.getByRole('dialog', { name: t('views.save') });
  await dialog.getByLabel(t('sets.name'), { exact: true }).fill(view);
  await dialog.getByRole('button', { name: t('action.save') }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.goto(`${ws}/sets?tab=views`);
  await page.getByRole('link', { name: view }).click();
  await until('the kept page', async () => /\/topics\?find=a/.test(page.url()), 10);
}

export const needs = ['/api/v1/w/{ws}/sets', '/api/v1/w/{ws}/views'];
