// Statements from a workbook, merged and split with a reason; locked rules changed before everybody's eyes; a statement its proposer never sees.
import { expert } from '../delphi_people.mjs';
import { assert, until } from '../harness.mjs';
import { xlsxFile } from '../xlsx_file.mjs';

export default async function story({ page, ws, t, url }) {
  page.setDefaultTimeout(45_000);
  const api = `${url}/api/v1/w/stories`;
  const { csrf } = await (await page.request.get(`${url}/api/v1/session`)).json();
  const template = (await (await page.request.get(`${api}/delphi/templates`)).json()).items.at(-1);
  const made = await page.request.post(`${api}/delphi/studies`, { headers: { 'X-CSRF-Token': csrf }, data: { title: { zh: '规则', en: 'Rules' }, purpose: { zh: '', en: '' }, mode: 'rounds', questions: template.questions, protocol: template.protocol } });
  assert.equal(made.status(), 201, await made.text());
  const { id } = await made.json();
  const dialog = () => page.getByRole('dialog').last();
  const gone = () => until('the dialog is gone', async () => (await page.getByRole('dialog').filter({ visible: true }).count()) === 0);
  const rows = page.locator('main .record');

  // A workbook of five statements.
  await page.goto(`${ws}/delphi/${id}?tab=items`);
  const file = xlsxFile([['No', 'English', '领域', '中文'], ['1', 'Soft robots', '机器人', '软体机器人'], ['2', 'Soft robotics', '机器人', '软体机器人技术'], ['3', 'Batteries and hydrogen', '能源', '电池与氢能'], ['4', 'Fusion', '能源', '聚变'], ['5', 'Quantum links', '信息', '量子链路']]);
  await page.locator('main input[type=file]').setInputFiles({ name: 'items.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: file });
  await page.getByText('items.xlsx').waitFor();
  await page.getByRole('button', { name: t('delphi.items_take', { n: 5 }) }).click();
  await until('five statements', async () => (await rows.count()) === 5);

  // The first two say the same; the third says two things.
  for (const i of [0, 1]) await rows.nth(i).getByRole('checkbox').check();
  await page.locator('.tray').getByRole('button', { name: t('delphi.item_do.merge') }).click();
  await dialog().getByLabel(t('delphi.reason')).fill('one thing');
  await dialog().getByRole('button', { name: t('action.save') }).click();
  await gone();
  await until('six records, two merged', async () => (await rows.getByText(t('delphi.item_merged'), { exact: true }).count()) === 2);
  await rows.nth(2).getByRole('button', { name: t('delphi.item_do.split') }).click();
  for (const [i, words] of [['电池', 'Batteries'], ['氢能', 'Hydrogen']].entries()) {
    await dialog().getByLabel(t('delphi.statement_zh')).nth(i).fill(words[0]);
    await dialog().getByLabel(t('delphi.statement_en')).nth(i).fill(words[1]);
  }
  await dialog().getByLabel(t('delphi.reason')).fill('two things');
  await dialog().getByRole('button', { name: t('action.save') }).click();
  await gone();
  await until('the parts stand beside the whole', async () => (await rows.count()) === 8);

  // Locked, then changed: a version with a reason, told on the page and to every expert.
  const step = async (name) => {
    await page.getByRole('button', { name: t(`delphi.do.${name}`), exact: true }).click();
    await dialog().getByRole('button', { name: t(`delphi.do.${name}`), exact: true }).click();
    await page.getByText(t(`delphi.did.${name}`)).first().waitFor();
  };
  await step('lock_protocol');
  await page.getByRole('tab', { name: t('delphi.tab.rules') }).click();
  await page.getByRole('button', { name: t('delphi.rules_change') }).click();
  const keep = dialog().getByRole('button', { name: t('action.save') });
  await dialog().getByLabel(t('delphi.protocol.most_rounds')).fill('5');
  await dialog().getByLabel(t('delphi.protocol.least_answers')).click();
  assert.ok(await keep.isDisabled(), 'a change needs a reason');
  await dialog().getByLabel(t('delphi.reason')).fill('a longer study');
  await keep.click();
  await gone();
  await page.getByRole('alert').filter({ hasText: 'a longer study' }).waitFor();
  await page.locator('.dp-event').filter({ hasText: t('delphi.event.protocol_changed') }).waitFor();

  // A pilot: one tries the questionnaire; what that person says is counted apart.
  const invite = async (text, n, pilot) => {
    await page.getByRole('tab', { name: t('delphi.tab.people') }).click();
    await page.getByRole('checkbox', { name: t('delphi.pilot_seats') }).setChecked(pilot);
    await page.getByRole('textbox', { name: t('delphi.invite'), exact: true }).fill(text);
    if (!pilot) await page.getByText(t('delphi.excluded_n', { n: 1 })).waitFor();
    await page.getByRole('button', { name: t('delphi.invite_n', { n }) }).click();
    await page.locator('.dp-links tbody tr').nth(n - 1).waitFor();
    return page.locator('.dp-links code').allTextContents();
  };
  await step('recruit');
  await page.getByRole('tab', { name: t('delphi.tab.pilot') }).click();
  await page.getByText(t('delphi.pilot_none')).waitFor();
  const [trial] = await invite('Pat,pat@example.org', 1, true);
  await page.getByRole('tab', { name: t('delphi.tab.pilot') }).click();
  await page.getByRole('button', { name: t('delphi.pilot_start') }).click();
  await page.getByText(t('delphi.pilot_open')).waitFor();
  const pat = await expert(url, trial);
  await pat.answer((await pat.cards())[0].item ?? 'item-4', 'high', 2035);
  await page.reload();
  await page.getByText(t('delphi.pilot_done', { started: 1, finished: 0 })).waitFor();
  await page.getByRole('button', { name: t('delphi.pilot_close') }).click();
  await page.getByText(t('delphi.pilot_closed')).waitFor();

  // Whoever proposed a statement never gets it.
  const people = ['Ann,ann@example.org,item-4', 'Bob,bob@example.org,', ...['Cy', 'Di', 'Ed', 'Fay'].map((name) => `${name},${name.toLowerCase()}@example.org,`)];
  const links = await invite(['name,email,excluded', ...people].join('\n'), 6, false);
  await step('open_round');
  const [ann, bob] = await Promise.all(links.slice(0, 2).map((link) => expert(url, link)));
  const seen = await Promise.all([ann, bob].map(async (one) => (await one.cards()).map((card) => card.item ?? card.id)));
  assert.equal(seen[1].length, 5, `two merged into one, one split into two: ${seen[1]}`);
  assert.deepEqual(seen[1].filter((item) => !seen[0].includes(item)), ['item-4']);

  // All six are missing, as codes; a reminder gives links. A new link ends the old one; a revoked one is dead.
  await page.getByRole('tab', { name: t('delphi.tab.people') }).click();
  await page.getByText(new RegExp(t('delphi.missing_n', { n: 6, of: 6 }))).waitFor();
  await page.getByRole('button', { name: t('delphi.remind'), exact: true }).click();
  await dialog().getByRole('button', { name: t('delphi.remind'), exact: true }).click();
  await gone();
  await until('six links', async () => (await page.locator('.dp-links').last().locator('tbody tr').count()) === 6);
  const open = (link) => expert(url, link).then(() => true, () => false);
  await page.getByLabel(t('delphi.links_who')).fill('bob@example.org');
  await page.getByRole('button', { name: t('delphi.renew'), exact: true }).click();
  await until('one new link', async () => (await page.locator('.dp-links').last().locator('tbody tr').count()) === 1);
  const renewed = await page.locator('.dp-links').last().locator('code').innerText();
  assert.ok(await open(renewed), 'the new link opens');
  assert.ok(!(await open(links[1])), 'the old one does not');
  await page.getByLabel(t('delphi.links_who')).fill('ann@example.org');
  await page.getByRole('button', { name: t('delphi.revoke'), exact: true }).click();
  await dialog().getByLabel(t('delphi.reason')).fill('sent to the wrong Ann');
  await dialog().getByRole('button', { name: t('delphi.revoke'), exact: true }).click();
  await page.getByText(t('delphi.revoked')).first().waitFor();
  assert.ok(!(await open(links[0])), 'a revoked link is dead');

  // What to ask next, and the exports.
  await page.getByRole('tab', { name: t('delphi.tab.next') }).click();
  await until('five statements to decide', async () => (await page.locator('.ant-table').filter({ hasText: t('delphi.next_in') }).locator('.ant-table-row').count()) === 5);
  await page.getByRole('tab', { name: t('delphi.tab.results') }).click();
  await page.getByRole('button', { name: new RegExp(`${t('delphi.export')}$`) }).last().click();
  for (const format of ['dta', 'r', 'xlsx']) {
    const href = await page.getByRole('menuitem').filter({ hasText: t(`delphi.format.${format}`) }).locator('a').last().getAttribute('href');
    assert.equal((await page.request.get(`${url}${href}`)).status(), 200, format);
  }
}

export const needs = ['/api/v1/w/{ws}/delphi/studies', '/api/v1/w/{ws}/delphi/studies/{study}/missing'];
