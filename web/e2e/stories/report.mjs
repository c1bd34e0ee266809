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

  const issues = async () => (await (await page.request.get(`${new URL(ws).origin}/api/v1/w/stories/issues`)).json()).items;
  const known = new Set((await issues()).map((issue) => issue.id));
  await page.goto(`${ws}/reports/new?template=monthly`);
  await page.getByRole('switch').click();
  await page.getByRole('button', { name: t('report.start') }).click();
  const made = await until('the issue', async () => (await issues()).find((issue) => !known.has(issue.id)), 150);
  await page.goto(`${ws}/reports?tab=issues&issue=${made.id}`);
  const drawer = page.getByRole('dialog');
  await (made.number === 1 ? drawer.getByText(t('report.first_issue'), { exact: true }) : drawer.getByRole('tab', { name: t('report.terms') })).waitFor();
}

export const needs = ['/api/v1/w/{ws}/jobs', '/api/v1/w/{ws}/reports', '/api/v1/w/{ws}/report-templates', '/api/v1/w/{ws}/issues'];
