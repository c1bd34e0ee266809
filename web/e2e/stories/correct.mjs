// A topic gets a better name, which shows everywhere; the judgement stands in the ledger; undone, the machine's name is back.
import { assert, until } from '../harness.mjs';

export default async function story({ page, ws, t, lang }) {
  await page.goto(`${ws}/topics`);
  await page.locator('.ant-table-row a').first().click();
  await until('the topic page', () => /\/topics\/topic-\d+/.test(page.url()));
  const heading = page.getByRole('heading', { level: 1 });
  await heading.waitFor();
  const before = (await heading.textContent()).trim();
  const after = lang === 'zh' ? `改名后的主题 ${Date.now() % 1000}` : `Renamed topic ${Date.now() % 1000}`;
  await page.getByRole('button', { name: t('action.edit') }).click();
  await page.getByRole('menuitem', { name: t('judge.kind.rename') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t(lang === 'zh' ? 'column.label_zh' : 'column.label_en')).first().fill(after);
  await dialog.getByLabel(t('judge.reason')).fill('e2e');
  await dialog.locator('.ant-alert').waitFor();
  await dialog.getByRole('button', { name: t('judge.keep') }).click();
  await page.getByRole('heading', { level: 1, name: after }).waitFor();
  await page.goto(`${ws}/judgements`);
  await page.locator('.record').filter({ hasText: after }).first().waitFor();
  await page.locator('.record').filter({ hasText: after }).first().getByRole('button', { name: t('action.undo') }).click();
  await page.locator('.record').filter({ hasText: after }).filter({ hasText: t('judge.state.undone') }).first().waitFor();
  await page.goto(`${ws}/topics`);
  await until('the old name is back', async () => (await page.locator('.ant-table-row a').allTextContents()).some((text) => text.trim() === before));
  assert.ok(!(await page.locator('.ant-table-row a').allTextContents()).some((text) => text.trim() === after));
}

export const needs = ['/api/v1/w/{ws}/judgements'];
