// The whole way on real records: topics become a technology list, the list a Delphi study, ten experts answer two rounds, the stop rules fire, the dissent report and the key technologies come out, the panel's word goes into the
// ledger, new records come, and the next run shows what the experts changed. In Chinese the moderator sits at a desk, in English holds a phone; so do the experts. Needs JIANWEI_CORPORA (chinaxiv).
// JIANWEI_DELPHI_PICTURES=FOLDER keeps a picture of every step.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expert } from '../delphi_people.mjs';
import { assert, makeCorpusWorkspace, openPage, startServer, until } from '../harness.mjs';

const pictures = process.env.JIANWEI_DELPHI_PICTURES;
const password = 'a-password-of-the-panel';

export default async function story({ page: shared, t, lang, folder }) {
  const name = `panel-${lang}`;
  const place = makeCorpusWorkspace(folder, name, 'chinaxiv/chinaxiv-2018-2022.jsonl.gz', 5);
  if (!place) return 'no corpora here (JIANWEI_CORPORA)';
  const server = await startServer(place.ws, join(folder, `state-${lang}`));
  const browser = shared.context().browser();
  const desk = lang === 'zh' ? { width: 1360, height: 900 } : { width: 390, height: 844 };
  const opened = [];
  const open = async (more = {}) => {
    const one = await openPage(browser, server.url, { lang, ...desk, ...more });
    one.page.setDefaultTimeout(60_000);
    opened.push(one);
    return one;
  };
  let number = 0;
  const keep = async (on, what) => {
    number += 1;
    const wide = await on.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${what}: the page is ${wide} px too wide`);
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await on.waitForTimeout(600);
    await on.screenshot({ path: join(pictures, `web-panel-${String(number).padStart(2, '0')}-${what}-${lang}.jpg`), type: 'jpeg', quality: 82 });
  };
  try {
    // Accounts: the administrator, and a moderator who is also curator.
    const json = { 'Content-Type': 'application/json' };
    const set = await fetch(`${server.url}/api/v1/setup`, { method: 'POST', headers: json, body: JSON.stringify({ secret: server.secret, name: 'chief', password }) });
    const headers = { ...json, Cookie: set.headers.get('set-cookie').split(';')[0], 'X-CSRF-Token': (await set.json()).csrf };
    await fetch(`${server.url}/api/v1/users`, { method: 'POST', headers, body: JSON.stringify({ name: 'mo', password, roles: ['moderator', 'curator'] }) });
    const { page } = await open({ account: { name: 'mo', password } });
    const home = `${server.url}/w/${name}`;
    const api = `${server.url}/api/v1/w/${name}`;
    const get = async (path) => (await page.request.get(`${api}${path}`)).json();
    const dialog = () => page.getByRole('dialog').last();
    const gone = () => until('the dialog is gone', async () => (await page.getByRole('dialog').filter({ visible: true }).count()) === 0);
    const top = () => page.locator('main').evaluate((main) => main.scrollTo({ top: 0, behavior: 'instant' }));

    // Topics of the run become the list; its entries are accepted.
    await page.goto(`${home}/longlists`);
    await page.getByRole('button', { name: t('list.new') }).first().click();
    await dialog().getByLabel(t(lang === 'zh' ? 'delphi.title_zh' : 'delphi.title_en')).fill(lang === 'zh' ? '2035 关键技术清单' : 'Key technologies 2035');
    await dialog().getByRole('button', { name: t('list.make') }).click();
    await until('the list page', () => /\/longlists\/list-\d+/.test(page.url()));
    await gone();
    await page.getByRole('button', { name: t('list.add') }).first().click();
    await dialog().getByRole('tab', { name: t('list.from.topics') }).click();
    await dialog().getByLabel(t('list.most')).filter({ visible: true }).fill('5');
    await dialog().getByRole('button', { name: t('list.take_emerging', { n: '5' }) }).click();
    await gone();
    await page.locator('.ll-entry').nth(4).waitFor();
    for (let i = 0; i < 5; i += 1) await page.locator('.ll-entry').nth(i).getByRole('checkbox').click();
    await page.locator('.tray').getByText(t('list.chosen', { n: '5' })).waitFor();
    await page.locator('.tray').getByRole('button', { name: t('list.act.accepted'), exact: true }).click();
    await dialog().getByLabel(t('judge.reason')).fill('screening');
    await dialog().getByRole('button', { name: t('judge.keep') }).click();
    await gone();
    await until('five accepted', async () => (await page.locator('.ll-side').getByText(t('list.state.accepted'), { exact: true }).count()) === 5);
    await top();
    await keep(page, 'list');
    const list = /list-\d+/.exec(page.url())[0];

    // The list asks: a study, its rules locked, the panel invited.
    await page.getByRole('button', { name: t('list.to_study') }).first().click();
    await dialog().getByRole('button', { name: t('list.to_study') }).click();
    await until('the study page', () => /\/delphi\/study-\d+/.test(page.url()));
    const study = /study-\d+/.exec(page.url())[0];
    const items = (await get(`/delphi/studies/${study}`)).items;
    assert.equal(items.length, 5);
    const step = async (what) => {
      await page.getByRole('button', { name: t(`delphi.do.${what}`), exact: true }).click();
      await dialog().getByRole('button', { name: t(`delphi.do.${what}`), exact: true }).click();
      await gone();
      await page.getByText(what === 'analyze' ? t('delphi.state.analyzed') : t(`delphi.did.${what}`)).first().waitFor();
    };
    await step('lock_protocol');
    await step('recruit');
    await page.getByRole('tab', { name: t('delphi.tab.people') }).click();
    await page.getByRole('textbox', { name: t('delphi.invite'), exact: true }).fill(['name,email,organisation,sector', ...Array.from({ length: 10 }, (_, i) => `Expert ${i + 1},e${i}@example.org,Institute ${i % 3},${i % 2 ? 'industry' : 'academia'}`)].join('\n'));
    await page.getByRole('button', { name: t('delphi.invite_n', { n: 10 }) }).click();
    await page.locator('.dp-links tbody tr').nth(9).waitFor();
    const links = await page.locator('.dp-links code').allTextContents();
    await keep(page, 'invited');
    await step('open_round');

    // Ten experts: the first in a browser, one card after the other; all say in, out, two camps, coming together, in.
    const first = (await open()).page;
    await first.goto(links[0]);
    await first.getByRole('checkbox').waitFor();
    await keep(first, 'welcome');
    await first.getByRole('checkbox').check();
    await first.getByRole('button', { name: t('panel.begin') }).click();
    await first.locator('.dq-card').waitFor();
    await keep(first, 'card');
    const saved = t('panel.saved', { at: '' }).trim();
    for (let i = 1; i <= 5; i += 1) {
      await first.locator('.pn-nav .num', { hasText: `${i} / 5` }).waitFor();
      await first.locator('.dq').nth(0).locator('.dq-option').nth(3).click();
      await first.locator('.pn-saved', { hasText: saved }).waitFor();
      if (i < 5) await first.keyboard.press('n');
    }
    await keep(first, 'answered');
    const experts = await Promise.all(links.map((link) => expert(server.url, link)));
    const answerAll = async (round) => {
      for (const [i, one] of experts.entries()) {
        const say = ['top', 'none', i % 2 ? 'top' : 'none', round === 2 || i < 5 ? 'high' : 'middle', 'high'];
        const year = [2030, 2050, 2040, 2036, 2033];
        for (const [k, item] of items.entries()) await one.answer(item.id, say[k], year[k] + (i % 3));
      }
    };
    await answerAll(1);
    await experts[1].argue(items[2].id, lang === 'zh' ? '成本下降很快,示范已在三地运行。' : 'Costs fall quickly; three pilots run.');
    await experts[2].argue(items[2].id, lang === 'zh' ? '2040 年前没有市场。' : 'There is no market before 2040.');
    await page.goto(`${home}/delphi/${study}?tab=results`);
    await page.locator('.ant-table-row').nth(4).waitFor();
    await keep(page, 'live');
    for (const what of ['close_round', 'analyze']) await step(what);
    // The panel's words for an item: its topic will bear them in the next run.
    const words = lang === 'zh' ? { zh: '专家改写的课题', en: '' } : { zh: '', en: 'Worded anew by the panel' };
    await page.goto(`${home}/delphi/${study}?tab=items`);
    await page.locator('.record').filter({ hasText: items[4][lang] || items[4].zh || items[4].en }).first().waitFor();
    await keep(page, 'statements');
    const { csrf } = await (await page.request.get(`${server.url}/api/v1/session`)).json();
    const reworded = await page.request.post(`${api}/delphi/studies/${study}/items/change`, { headers: { 'X-CSRF-Token': csrf }, data: { action: 'reword', item: items[4].id, ...words, reason: 'clearer' } });
    assert.equal(reworded.status(), 200, await reworded.text());
    for (const what of ['release_feedback', 'open_round']) await step(what);

    // Round two with the group in sight.
    await first.reload();
    await first.locator('.dq-card').waitFor();
    await first.getByRole('button', { name: t('panel.all_cards') }).click();
    const split = first.locator('.pn-list button').filter({ hasText: items[2][lang] || items[2].zh || items[2].en });
    await split.first().waitFor();
    await keep(first, 'cards');
    await split.first().click();
    await first.getByRole('button', { name: t('panel.repeat') }).click();
    await first.locator('.dg-col.own').first().waitFor();
    await first.locator('.dq').nth(1).scrollIntoViewIfNeeded();
    await keep(first, 'feedback');
    await first.locator('.pn-vote').first().scrollIntoViewIfNeeded();
    await first.locator('.pn-vote').first().click();
    await first.locator('.pn-vote.on').waitFor();
    await keep(first, 'arguments');
    await answerAll(2);
    await step('close_round');
    await step('analyze');

    // The stop rules have fired.
    const states = Object.fromEntries((await get(`/delphi/studies/${study}`)).items.map((item) => [item.id, item.state]));
    assert.deepEqual(items.map((item) => states[item.id]), ['consensus_in', 'consensus_out', 'stable_dissent', 'active', 'consensus_in']);
    await page.goto(`${home}/delphi/${study}?tab=results`);
    await page.locator('.ant-table-row').nth(4).waitFor();
    await page.locator('.ant-table-row').first().click();
    await page.locator('.dp-expand .dg-figure').first().waitFor();
    await top();
    await keep(page, 'results');
    await page.goto(`${home}/delphi/${study}?tab=dissent`);
    await page.locator('.dp-report article').waitFor();
    assert.equal(await page.locator('.dp-camps li').filter({ hasText: /\S/ }).count() >= 2, true, 'both camps have arguments');
    await keep(page, 'dissent');
    await step('conclude');

    // Key technologies from the panel's answers and the data.
    await page.goto(`${home}/longlists/${list}`);
    await page.getByRole('button', { name: t('list.to_selection') }).click();
    const choose = async (label, text) => {
      await page.getByRole('combobox', { name: label, exact: true }).click();
      await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ hasText: text }).first().click();
    };
    await page.getByText(t('select.of_accepted', { n: '5' })).waitFor();
    await choose(t('select.study'), lang === 'zh' ? '2035' : 'Key technologies 2035');
    await choose(t('select.criterion_add'), lang === 'zh' ? '重要程度' : 'How important');
    await choose(t('select.criterion_add'), t('select.source_data', { name: t('select.indicator.growth') }));
    await page.getByLabel(t('select.title')).fill(lang === 'zh' ? '关键技术' : 'Key technologies');
    await page.locator('.ant-segmented-item', { hasText: t('select.method.ahp') }).click();
    await page.getByLabel(t('select.how_many')).fill('2');
    await keep(page, 'criteria');
    await page.getByRole('button', { name: t('select.compute') }).click();
    await until('the selection', () => /\/selections\/selection-\d+/.test(page.url()));
    await page.getByText(t('select.consistency')).waitFor();
    await keep(page, 'selection');
    await page.getByRole('tab', { name: t('select.tab.sensitivity') }).click();
    await page.getByRole('region', { name: t('select.sensitivity') }).locator('canvas').waitFor();
    await keep(page, 'flips');

    // The panel's word into the ledger, new records, the next run: machine, experts, machine.
    await page.goto(`${home}/delphi/${study}`);
    await page.getByRole('button', { name: t('delphi.to_ledger') }).click();
    await dialog().getByRole('button', { name: t('delphi.to_ledger') }).click();
    await until('the ledger has the votes', async () => (await get('/judgements?limit=200')).items.filter((event) => event.kind === 'vote').length >= 4, 180);
    place.more();
    await page.goto(`${home}/iterations`);
    const turned = page.locator('article.record').filter({ hasText: words[lang] }).first();
    await turned.waitFor();
    await until('the next run stands on the page', async () => (await page.locator('.it-station').count()) >= 3);
    await keep(page, 'iterations');
    assert.ok((await page.getByText(new RegExp(`${study} item-`)).count()) > 0, 'the page says which study said it');
    await turned.scrollIntoViewIfNeeded();
    await keep(page, 'changed');
    for (const one of opened) assert.deepEqual(one.problems, []);
  } catch (error) {
    for (const [i, one] of opened.entries()) await one.page.screenshot({ path: join(pictures ?? process.env.JIANWEI_STORY_PICTURES ?? folder, `delphi_corpus-failed-${i}-${lang}.png`) }).catch(() => undefined);
    throw error;
  } finally {
    for (const one of opened) await one.context.close().catch(() => undefined);
    await server.stop();
  }
}
