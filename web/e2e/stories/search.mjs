// Ctrl-K to a topic by keyboard alone; then documents with their facets.
import { until } from '../harness.mjs';

export default async function story({ page, ws, t }) {
  await page.goto(ws);
  await page.getByText(t('home.emerging')).waitFor();
  await page.keyboard.press('Control+k');
  const input = page.getByPlaceholder(t('palette.placeholder'));
  await input.waitFor();
  await page.locator('#palette-hits li').first().waitFor();
  await page.keyboard.press('Enter');
  await until('a topic page', () => /\/topics\/topic-\d+/.test(page.url()));
  const word = (await page.locator('.bar-row .number-link').first().textContent()).trim();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(t('palette.placeholder')).fill(word);
  await page.locator('#palette-hits li').last().click();
  await until('the search page', () => page.url().includes('/search?q='));
  await page.locator('.record-title').first().waitFor();
  const facet = page.locator('aside .ant-checkbox-input').first();
  if (await facet.count()) {
    await facet.click();
    await until('the facet in the address', () => page.url().includes('f='));
  }
  await until('documents', async () => (await page.locator('.record').count()) > 0);
}
