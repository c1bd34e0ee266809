// What the machine said, who changed it and why, and what came of it.
import { assert } from '../harness.mjs';

export default async function story({ page, ws, t, lang, url }) {
  const id = `${url}/api/v1/w/stories`;
  const topic = (await (await page.request.get(`${id}/topics?limit=5`)).json()).items[lang === 'zh' ? 2 : 3].id;
  const { csrf } = await (await page.request.get(`${url}/api/v1/session`)).json();
  const label = lang === 'zh' ? '迭代后的名字' : 'Name after the turn';
  const judged = await page.request.post(`${id}/judgements`, { headers: { 'X-CSRF-Token': csrf }, data: { kind: 'rename', object: { type: 'topic', id: topic }, arguments: { label_zh: label, label_en: label }, reason: 'clearer for readers', evidence: [] } });
  assert.equal(judged.status(), 201, await judged.text());
  await page.goto(ws);
  await page.getByRole('menuitem', { name: t('menu.iterations') }).click();
  const row = page.locator('article.record').filter({ hasText: label });
  await row.waitFor();
  await row.getByText(/clearer for readers/).waitFor();
  assert.equal(await row.locator('.it-station').count(), 3, 'machine, after the revision, next run');
  assert.equal((await row.locator('.it-station').nth(1).locator('.it-name').innerText()).trim(), label);
  assert.notEqual((await row.locator('.it-station').first().locator('.it-name').innerText()).trim(), label);
  await row.getByText(t('iterations.not_run')).waitFor();
  await row.locator('.number-link').click();
  await page.locator('.ant-drawer .record').first().waitFor();
}

export const needs = ['/api/v1/w/{ws}/iterations'];
