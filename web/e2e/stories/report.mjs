// A report is made in the reader's language and opens.
import { assert, until } from '../harness.mjs';

export default async function story({ page, ws, t }) {
  await page.goto(`${ws}/reports`);
  const before = await page.locator('article.panel').count();
  await page.getByRole('button', { name: t('report.make') }).first().click();
  await page.getByRole('button', { name: t('report.start') }).click();
  await until('the report', async () => (await page.locator('article.panel').count()) > before, 120);
  const href = await page.locator('article.panel h2 a').first().getAttribute('href');
  const answer = await page.request.get(new URL(href, page.url()).href);
  assert.equal(answer.status(), 200);
  assert.match(await answer.text(), /<html/i);
}

export const needs = ['/api/v1/w/{ws}/jobs', '/api/v1/w/{ws}/reports'];
