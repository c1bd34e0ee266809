// A report is put together from a template in the reader's language, made, and opens; the next issue of a series says that it is the first.
import { assert, until } from '../harness.mjs';

export default async function story({ page, ws, t, lang }) {
  await page.goto(`${ws}/reports`);
  await page.getByRole('tab', { name: t('report.tab.gallery') }).waitFor();
  await page.getByRole('main').getByRole('button', { name: t('report.make') }).first().waitFor();
  const before = await page.locator('article.panel').count();
  await page.getByRole('main').getByRole('button', { name: t('report.make') }).first().click();
  await page.getByRole('radio').first().waitFor();
  await page.locator('input[name=template][value=countries]').click();
  const title = `Story ${lang}`;
  await page.getByLabel(t('report.title'), { exact: true }).fill(title);
  await page.getByRole('button', { name: t('report.start') }).click();
  await until('the report', async () => (await page.locator('article.panel').count()) > before, 120);
  const link = page.locator('article.panel h2 a').filter({ hasText: title });
  const href = await link.first().getAttribute('href');
  const answer = await page.request.get(new URL(href, page.url()).href);
  assert.equal(answer.status(), 200);
  assert.match(await answer.text(), /<html/i);

  await page.goto(`${ws}/reports/new?template=monthly`);
  await page.getByRole('switch').click();
  await page.getByRole('button', { name: t('report.start') }).click();
  await page.getByRole('button', { name: t('report.difference') }).first().click({ timeout: 150_000 });
  await page.getByText(t('report.first_issue')).waitFor();
}

export const needs = ['/api/v1/w/{ws}/jobs', '/api/v1/w/{ws}/reports', '/api/v1/w/{ws}/report-templates', '/api/v1/w/{ws}/issues'];
