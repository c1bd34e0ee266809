// A technology list from topics, signals, a table and by hand; votes, history, coverage; the selection with what flips; radar; look-back.
import { assert, until } from '../harness.mjs';

export default async function story({ page, ws, t, lang }) {
  page.setDefaultTimeout(45_000);
  const title = lang === 'zh' ? '关键技术清单' : 'Key technologies';
  const dialog = () => page.getByRole('dialog').last();
  const gone = () => until('the dialog is gone', async () => (await page.getByRole('dialog').filter({ visible: true }).count()) === 0);
  const add = async (tab, work) => {
    await page.getByRole('button', { name: t('list.add') }).first().click();
    await dialog().getByRole('tab', { name: t(`list.from.${tab}`) }).click();
    await work(dialog());
    await gone();
  };

  // The list.
  await page.goto(`${ws}/longlists`);
  await page.getByRole('button', { name: t('list.new') }).first().click();
  await dialog().getByLabel(t(lang === 'zh' ? 'delphi.title_zh' : 'delphi.title_en')).fill(title);
  await dialog().getByRole('button', { name: t('list.make') }).click();
  await until('the list page', () => /\/longlists\/list-\d+/.test(page.url()));
  await page.getByText(t('list.empty')).waitFor();
  const list = /list-\d+/.exec(page.url())[0];
  await add('topics', async (on) => {
    await on.getByLabel(t('list.most')).filter({ visible: true }).fill('6');
    await on.getByRole('button', { name: t('list.take_emerging', { n: '6' }) }).click();
  });
  await page.locator('.ll-entry').nth(5).waitFor();
  await add('table', async (on) => {
    await on.getByLabel(t('delphi.paste')).fill('Robots\t月球机器人\tRobots on the moon\nEnergy\t海上核电\tNuclear power at sea');
    await on.getByRole('button', { name: t('delphi.items_take', { n: '2' }) }).click();
  });
  await add('hand', async (on) => {
    await on.getByLabel(t('delphi.statement_en')).filter({ visible: true }).fill('Robots for the moon');
    await on.getByRole('button', { name: t('list.propose') }).click();
  });
  await page.locator('.ll-entry').nth(8).waitFor();

  // Evidence opens; a vote counts; two entries become one, with their history.
  await page.locator('.ll-entry .number-link').first().click();
  await page.locator('.ant-drawer .record').first().waitFor();
  await page.locator('.ant-drawer-close').first().click();
  const first = page.locator('.ll-entry').first();
  await first.getByRole('button', { name: t('list.for'), exact: true }).click();
  await until('the vote', async () => /1/.test(await first.locator('.ll-votes').innerText()));
  const moon = page.locator('.ll-entry').filter({ hasText: /moon/ });
  assert.equal(await moon.count(), 2);
  for (let i = 0; i < 2; i += 1) await moon.nth(i).getByRole('checkbox').click();
  await page.locator('.tray').getByText(t('list.chosen', { n: '2' })).waitFor();
  await page.locator('.tray').getByRole('button', { name: t('list.act.merge') }).click();
  await dialog().getByLabel(t('judge.reason')).fill('the same');
  await dialog().getByRole('button', { name: t('judge.keep') }).click();
  await gone();
  await until('one entry of the moon', async () => (await moon.count()) === 1);
  await moon.getByRole('button', { name: new RegExp(t('list.history_n', { n: '' }).trim().slice(0, 2)) }).click();
  await page.locator('.ant-drawer').getByText(t('list.did.made_by_merge')).waitFor();
  await page.locator('.ant-drawer-close').first().click();
  for (let i = 0; i < 5; i += 1) await page.locator('.ll-entry').nth(i).getByRole('checkbox').click();
  await page.locator('.tray').getByText(t('list.chosen', { n: '5' })).waitFor();
  await page.locator('.tray').getByRole('button', { name: t('list.act.accepted'), exact: true }).click();
  await dialog().getByLabel(t('judge.reason')).fill('screening');
  await dialog().getByRole('button', { name: t('judge.keep') }).click();
  await gone();
  await until('five accepted', async () => (await page.locator('.ll-side').getByText(t('list.state.accepted'), { exact: true }).count()) === 5);
  await page.getByRole('button', { name: t('list.freeze') }).first().click();
  await dialog().getByRole('button', { name: t('list.freeze') }).click();
  await page.getByText(t('list.frozen', { n: 1 })).waitFor();
  await page.getByRole('tab', { name: t('list.coverage') }).click();
  await page.getByText(t('list.covered'), { exact: true }).waitFor();
  await page.locator('.ant-table-row .number-link').first().waitFor();

  // The selection: data criteria, AHP, and which choices flip.
  await page.getByRole('button', { name: t('list.to_selection') }).click();
  const choose = async (label, text) => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ hasText: text }).first().click();
  };
  await page.getByText(t('select.of_accepted', { n: '5' })).waitFor();
  for (const name of ['growth', 'documents']) await choose(t('select.criterion_add'), t('select.source_data', { name: t(`select.indicator.${name}`) }));
  await choose(t('select.criterion_add'), t('select.source_given'));
  for (let i = 0; i < 5; i += 1) await page.locator('.sl-values tbody input').nth(i).fill(String(1 + ((3 * i) % 5)));
  await page.getByLabel(t('select.title')).fill(title);
  await page.locator('.ant-segmented-item', { hasText: t('select.method.ahp') }).click();
  await page.getByRole('slider').first().focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByLabel(t('select.how_many')).fill('2');
  await page.getByRole('button', { name: t('select.compute') }).click();
  await until('the selection', () => /\/selections\/selection-\d+/.test(page.url()));
  await page.getByText(t('select.consistency')).waitFor();
  await page.locator('.ant-table-row').nth(4).waitFor();
  assert.equal(await page.locator('.ant-table-row').count(), 5);
  await page.getByRole('tab', { name: t('select.tab.sensitivity') }).click();
  const chart = page.getByRole('region', { name: t('select.sensitivity') });
  await chart.locator('canvas').waitFor();
  await chart.getByRole('button', { name: t('figure.table') }).click();
  await chart.locator('.ant-table-row').nth(4).waitFor();
  assert.equal(await chart.locator('.ant-table-row').count(), 5, 'the chart has its table');
  await page.getByRole('tab', { name: t('select.tab.portfolio') }).click();
  await page.getByRole('link', { name: t('select.to_radar') }).click();

  // The radar: two marks an item, and how each came there.
  await page.getByRole('heading', { level: 1, name: t('menu.radar') }).waitFor();
  await page.locator('canvas').first().waitFor();
  await page.locator('.ant-table-row .record-title').first().click();
  await page.locator('.ant-drawer').getByText(t('list.did.accepted')).first().waitFor();
  await page.locator('.ant-drawer').getByRole('link', { name: title }).waitFor();
  await page.locator('.ant-drawer-close').first().click();
  await page.locator('.ant-segmented-item', { hasText: t('radar.view.roadmap') }).click();
  await page.getByRole('region', { name: t('radar.view.roadmap') }).locator('canvas').or(page.getByText(t('radar.no_years'), { exact: true })).waitFor();

  // Look-back: forecasts, an outcome with evidence, calibration, one pooled probability.
  await page.goto(`${ws}/lookback`);
  await page.getByRole('button', { name: t('back.forecasts_add') }).first().click();
  const thing = `moon-${lang}`;
  await dialog().getByRole('textbox').fill(['thing,probability,member,kind', `${thing},70%,ann,expert`, `${thing},0.4,machine,machine`, `next-${lang},0.8,ann,expert`, `next-${lang},2,bob,expert`].join('\n'));
  await dialog().getByText(t('back.rows_left', { rows: '5' })).waitFor();
  await dialog().getByRole('button', { name: t('back.forecasts_take', { n: '3' }) }).click();
  await gone();
  await page.getByRole('tab', { name: new RegExp(t('back.tab.open')) }).click();
  await page.locator('.record').filter({ hasText: thing }).getByRole('button', { name: t('back.set') }).click();
  await dialog().getByText(t('back.verdict.partly'), { exact: true }).click();
  await dialog().getByRole('button', { name: t('judge.keep') }).click();
  await dialog().getByText(t('back.evidence_needed')).waitFor();
  await dialog().getByLabel(t('back.evidence')).fill('https://example.org/landing');
  await dialog().getByRole('button', { name: t('judge.keep') }).click();
  await gone();
  await page.getByRole('tab', { name: t('back.tab.table') }).click();
  await page.locator('.ant-table-row .number-link').first().click();
  await page.locator('.ant-drawer').getByText('https://example.org/landing').first().waitFor();
  await page.locator('.ant-drawer-close').first().click();
  await page.getByRole('tab', { name: t('back.tab.calibration') }).click();
  await page.getByRole('region', { name: t('back.calibration') }).locator('canvas').waitFor();
  await page.goto(`${ws}/lookback?tab=pool&thing=next-${lang}`);
  await page.getByText(t('back.pool.people')).waitFor();
  assert.equal(await page.locator('.ant-table-row').count(), 1);
  assert.ok(list);
}

export const needs = ['/api/v1/w/{ws}/longlists', '/api/v1/w/{ws}/selections'];
