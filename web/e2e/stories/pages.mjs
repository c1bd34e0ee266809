// Every entry of the menu leads to a page with content or with what to do, in both themes and at the width of a phone.
import { assert } from '../harness.mjs';

export default async function story({ page, ws, t }) {
  await page.goto(ws);
  await page.getByText(t('home.emerging')).waitFor();
  const entries = page.getByRole('navigation').getByRole('menuitem');
  const count = await entries.count();
  assert.ok(count >= 15, `${count} entries`);
  for (let i = 0; i < count; i += 1) {
    await entries.nth(i).click();
    await page.locator('main h1').first().waitFor();
    assert.equal(await page.getByText(t('error.title')).count(), 0, await entries.nth(i).innerText());
    assert.equal(await page.getByText(t('error.not_found')).count(), 0, await entries.nth(i).innerText());
    assert.equal(await page.getByText(t('state.failed')).count(), 0, await entries.nth(i).innerText());
  }
  await page.getByRole('button', { name: t('header.dark') }).click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: t('menu.open') }).click();
  await page.getByRole('dialog').getByRole('menuitem', { name: t('menu.emerging') }).click();
  await page.getByRole('heading', { level: 1, name: t('menu.emerging') }).waitFor();
  const overflow = await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth);
  assert.ok(overflow <= 1, `the page is ${overflow} px too wide for a phone`);
}
