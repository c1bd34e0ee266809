// What goes out by itself: a test of the webhook, a schedule that makes a report and delivers alerts, its issue in the gallery, an address for feed readers.
import { assert, until } from '../harness.mjs';

export default async function story({ page, ws, t, lang, calls }) {
  await page.goto(`${ws}/alerts`);
  const way = page.locator('.ant-descriptions-row').filter({ hasText: t('delivery.webhook') });
  await way.getByText('127.0.0.1').waitFor();
  const before = calls.length;
  await way.getByRole('button', { name: t('delivery.test') }).click();
  await page.getByText(t('delivery.sent'), { exact: true }).first().waitFor();
  await until('the call', () => calls.length > before);
  assert.ok(JSON.stringify(calls.at(-1)).includes('test'), 'the receiver is told that it is a test');

  // A feed reader needs no account: its token opens the feed and nothing else.
  await page.getByRole('button', { name: t('delivery.feed_make') }).click();
  const address = (await page.locator('.ant-typography code').first().innerText()).trim();
  const feed = await fetch(address);
  assert.equal(feed.status, 200);
  assert.match(await feed.text(), /<feed/);
  assert.ok(!(await fetch(address.replace('alerts.atom', 'judgements'))).ok, 'the token opens nothing else');

  // A rule that fires, kept after its replay.
  await page.getByRole('button', { name: t('alerts.new') }).first().click();
  const dialog = () => page.getByRole('dialog').last();
  await dialog().getByLabel(t('alerts.name')).fill(`Delivery ${lang}`);
  // The same rule again would be the same rule.
  for (const [field, value] of [['threshold', lang === 'zh' ? '0' : '0.01'], ['significance', '1'], ['min_documents', '1']]) await dialog().getByLabel(t(`alerts.${field}`)).fill(value);
  await dialog().getByLabel(t('judge.reason')).fill('everything, to see it arrive');
  await dialog().getByRole('button', { name: t('action.save') }).click();
  await until('the rule is kept', async () => (await page.getByRole('dialog').filter({ visible: true }).count()) === 0);

  // The schedule: check, deliver, and an issue of the brief.
  await page.goto(`${ws}/reports?tab=schedules`);
  await page.getByRole('button', { name: t('schedule.new') }).first().click();
  const name = `Brief ${lang}`;
  await dialog().getByLabel(t('sets.name')).fill(name);
  for (const task of ['schedule.check', 'schedule.deliver']) await dialog().getByRole('checkbox', { name: t(task) }).check();
  await dialog().getByRole('combobox', { name: t('schedule.reports') }).click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').nth(1).click();
  await page.keyboard.press('Escape');
  await dialog().getByRole('button', { name: t('action.save') }).click();
  await page.getByText(name, { exact: true }).first().waitFor();
  const arrived = calls.length;
  await page.getByRole('button', { name: t('schedule.run_now', { name }) }).click();
  const log = page.locator('section.panel').filter({ hasText: t('schedule.log') });
  await until('the schedule has run', async () => {
    await page.reload();
    await log.waitFor();
    return (await log.locator('.ant-table-row').filter({ hasText: name }).filter({ hasText: t('schedule.outcome.done') }).count()) > 0;
  }, 180);
  await until('alerts arrive at the receiver', () => calls.length > arrived);
  assert.ok(calls.slice(arrived).some((call) => JSON.stringify(call).includes('evidence')), 'with their evidence');
  await page.goto(`${ws}/alerts`);
  await page.locator('.ant-table-row').filter({ hasText: t('delivery.state.sent') }).first().waitFor();

  // The issue it made opens.
  await page.goto(`${ws}/reports?tab=issues`);
  const file = page.locator('a.chip[target=_blank]').first();
  await file.waitFor();
  const answer = await page.request.get(new URL(await file.getAttribute('href'), page.url()).href);
  assert.equal(answer.status(), 200);
}

export const needs = ['/api/v1/w/{ws}/alerts/delivery', '/api/v1/w/{ws}/schedules'];
