// Who knows about a topic, may they judge it, a panel or why there is none; a person taken into the library, their data exported and erased.
import { assert, until } from '../harness.mjs';

export default async function story({ page, ws, t, lang }) {
  page.setDefaultTimeout(45_000);
  const pick = async (label, nth = 0) => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').nth(nth).click();
  };
  const tab = (name) => page.locator('.ant-segmented-item', { hasText: t(`expert.ask.${name}`) }).click();
  const documents = async () => {
    await page.locator('.ant-drawer .record').first().waitFor();
    await page.locator('.ant-drawer-close').first().click();
    await until('the drawer is gone', async () => (await page.locator('.ant-drawer .record').count()) === 0);
  };

  // A table of experts: what would be added and rejected is told before.
  const table = `姓名,单位,领域\n测试${lang === 'zh' ? '甲' : '乙'},月球大学,机器人\n,无名大学,能源\n`;
  await page.goto(`${ws}/experts`);
  await page.getByRole('button', { name: t('expert.add') }).first().click();
  await page.getByRole('dialog').getByRole('tab', { name: t('expert.from_table') }).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'experts.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await page.getByRole('dialog').getByText(new RegExp(t('expert.line', { n: 3 }))).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: t('expert.take_n', { n: 1 }) }).click();
  await page.getByText(t('expert.imported', { n: 1 })).waitFor();

  // Recommend: a topic becomes the text, every row opens to the works that explain it.
  await page.goto(`${ws}/experts`);
  await page.getByRole('heading', { level: 1, name: t('menu.experts') }).waitFor();
  await page.getByRole('button', { name: t('menu.ask_experts') }).click();
  await pick(t('expert.thing.from_topic'), lang === 'zh' ? 0 : 1);
  await page.getByRole('button', { name: t('expert.ask.recommend') }).click();
  await page.locator('.xp-row').nth(4).waitFor();
  assert.ok((await page.locator('.xp-row blockquote').count()) > 0, 'sentences say why');
  await page.locator('.xp-row .record-title').first().click();
  await page.locator('.ant-drawer .facts').waitFor();
  await page.locator('.ant-drawer-close').first().click();
  assert.match(page.url(), /text=/, 'the question stands in the address');
  const question = page.url();

  // A person of the records becomes an expert of the library.
  const free = page.locator('.xp-row').filter({ hasText: t('expert.not_in_library') }).first();
  await free.locator('.xp-head a').click();
  await page.getByRole('button', { name: t('expert.take') }).click();
  await until('the profile in the library', () => /\/experts\/expert-\d+/.test(page.url()));
  const id = /expert-\d+/.exec(page.url())[0];
  const name = (await page.getByRole('heading', { level: 1 }).innerText()).trim();
  await page.locator('.bar-row .number-link').first().click();
  await documents();
  await page.getByRole('tab', { name: t('expert.ties') }).click();
  await page.getByRole('button', { name: t('expert.declare') }).click();
  await page.getByRole('dialog').getByLabel(t('expert.tie_with')).fill('Moon Institute');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByLabel(t('expert.tie_reason')).fill('board member');
  await page.getByRole('dialog').getByRole('button', { name: t('judge.keep') }).click();
  await page.locator('.xp-list').getByText('Moon Institute').waitFor();

  // May this person judge an own work? Asked before anybody is invited.
  await page.getByRole('tab', { name: new RegExp(t('expert.works')) }).click();
  const words = (await page.locator('.record .record-title').first().innerText()).trim();
  await page.locator('.record .record-title').first().click();
  await until('the record is in the address', () => /record=/.test(page.url()));
  const record = new URL(page.url()).searchParams.get('record');
  await page.goto(`${ws}/experts/ask?tab=conflicts&kind=record&of_record=${record}&who=${id}`);
  await page.getByRole('button', { name: t('expert.ask.conflicts') }).last().click();
  await page.locator('.xp-conflicts').getByText(t('expert.conflict.same_person')).waitFor();

  // A panel under a quota that nobody fulfils names it; without it there is one.
  await page.goto(question);
  await page.locator('.xp-row').first().waitFor();
  await tab('panel');
  await page.getByRole('button', { name: t('expert.quota_add') }).click();
  await page.getByRole('combobox', { name: `${t('expert.quota_value')} 1` }).fill('moon');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t('expert.ask.panel') }).last().click();
  await page.locator('.ant-alert li').filter({ hasText: 'moon' }).waitFor();
  await page.getByRole('button', { name: `${t('action.delete')} 1` }).click();
  await page.getByRole('button', { name: t('expert.ask.panel') }).last().click();
  await page.locator('.xp-row').nth(8).waitFor();

  // Assignment: more judgements than there are experts is impossible, with the count that proves it.
  await tab('assign');
  await page.getByRole('combobox', { name: t('expert.thing.record') }).fill(words);
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().click();
  await page.keyboard.press('Escape');
  await page.getByLabel(t('expert.per_item')).fill('40');
  await page.getByRole('button', { name: t('expert.ask.assign') }).last().click();
  await page.locator('.ant-alert').getByText(t('expert.assign_impossible')).waitFor();

  // The person's data: consent, everything kept as a file, erasure that must be confirmed by the name.
  await page.goto(`${ws}/experts/${id}?tab=data`);
  await page.getByRole('button', { name: t('expert.consent_note') }).click();
  await page.getByText(new RegExp(t('expert.consent_given_at', { version: '1', at: '' }).split(t('expert.consent_given_at', { version: '1', at: '#' }).slice(-1))[0].slice(0, 12))).first().waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: t('expert.export_do') }).click()]);
  assert.equal(file.suggestedFilename(), `${id}.json`);
  await page.getByRole('button', { name: t('expert.erase_do') }).click();
  const sure = page.getByRole('dialog');
  await sure.getByLabel(t('expert.erase_name', { name })).fill('somebody else');
  await sure.getByLabel(t('judge.reason')).fill('e2e');
  await sure.getByRole('button', { name: t('expert.erase_do') }).click();
  await sure.getByText(t('expert.erase_name_wrong')).waitFor();
  await sure.getByLabel(t('expert.erase_name', { name })).fill(name);
  await sure.getByRole('button', { name: t('expert.erase_do') }).click();
  await page.getByText(t('expert.erased'), { exact: true }).filter({ visible: true }).first().waitFor();
  await page.goto(`${ws}/experts/${id}`);
  await page.getByText(t('expert.gone')).waitFor();
}

export const needs = ['/api/v1/w/{ws}/experts'];
