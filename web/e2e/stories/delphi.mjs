// A whole Delphi study: a moderator builds, locks and invites; three experts answer on phones, one of them without a connection for a while; the others through the API.
// Two rounds, the rules settle, the dissent report holds the split item, an expert leaves. JIANWEI_DELPHI_PICTURES=FOLDER keeps screenshots.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expert } from '../delphi_people.mjs';
import { assert, openPage, until } from '../harness.mjs';

const pictures = process.env.JIANWEI_DELPHI_PICTURES;
const statements = [['机器人', '软体微型机器人投入临床使用', 'Soft micro-robots are in clinical use'], ['机器人', '家用机器人完成八成家务', 'Household robots do eighty percent of the chores'], ['材料', '人造肌肉寿命达百万次', 'Artificial muscles last a million cycles']];
const names = Array.from({ length: 12 }, (_, i) => `Expert ${i + 1}`);

export default async function story({ page, context, url, ws, t, lang }) {
  const keep = async (on, name) => {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await on.waitForTimeout(500);
    await on.screenshot({ path: join(pictures, `web-delphi-${name}-${lang}.jpg`), type: 'jpeg', quality: 82 });
  };
  // The account of the stories is the administrator; studies belong to moderators.
  const admin = { name: 'stories', password: 'a-password-of-stories' };
  const moderator = { name: `moderator-${lang}`, password: 'a-password-of-moderators' };
  const json = { 'Content-Type': 'application/json' };
  const opened = await fetch(`${url}/api/v1/session`, { method: 'POST', headers: json, body: JSON.stringify(admin) });
  const headers = { ...json, Cookie: opened.headers.get('set-cookie').split(';')[0], 'X-CSRF-Token': (await opened.json()).csrf };
  const made = await fetch(`${url}/api/v1/users`, { method: 'POST', headers, body: JSON.stringify({ ...moderator, roles: ['moderator'] }) });
  assert.ok(made.ok, `user: ${made.status} ${await made.text()}`);
  await context.clearCookies();
  assert.ok((await context.request.post(`${url}/api/v1/session`, { data: moderator })).ok(), 'the moderator signs in');

  page.setDefaultTimeout(45_000);

  // Builder.
  await page.goto(`${ws}/delphi`);
  await page.getByRole('button', { name: t('delphi.new') }).first().click();
  const next = () => page.getByRole('button', { name: t('action.next'), exact: true }).click();
  const title = lang === 'zh' ? '机器人 2035' : 'Robots 2035';
  await page.getByLabel(t(lang === 'zh' ? 'delphi.title_zh' : 'delphi.title_en')).fill(title);
  await page.getByLabel(t(lang === 'zh' ? 'delphi.purpose_zh' : 'delphi.purpose_en')).fill(lang === 'zh' ? '哪些机器人技术列入重点研发计划。' : 'Which robot technologies belong in the programme.');
  await next();
  // One statement comes from a topic, with its evidence frozen into a data card.
  await page.getByRole('combobox', { name: t('delphi.topics_choose') }).click();
  await page.locator('.ant-select-item-option-active').first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t('delphi.items_add'), exact: true }).click();
  await page.locator('.dp-origin').waitFor();
  await page.getByLabel(t('delphi.paste'), { exact: true }).fill(statements.map((row) => row.join('\t')).join('\n'));
  await page.getByRole('button', { name: t('delphi.items_take', { n: 3 }) }).click();
  await next();
  await page.locator('.dp-template').nth(2).click();
  await next();
  await keep(page, 'rules');
  await next();
  await page.locator('.dp-preview .dq-option').first().waitFor();
  await page.getByRole('button', { name: t('delphi.lock'), exact: true }).click();
  const sure = (name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await sure(t('delphi.lock'));
  await page.waitForURL(/\/delphi\/study-\d+/);
  const step = async (name) => {
    await page.getByRole('button', { name: t(`delphi.do.${name}`), exact: true }).click();
    await sure(t(`delphi.do.${name}`));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The evaluation is a job: the study page follows when it is done.
    await page.getByText(name === 'analyze' ? t('delphi.state.analyzed') : t(`delphi.did.${name}`)).first().waitFor();
  };
  assert.match(await page.locator('main code').first().getAttribute('title'), /^[0-9a-f]{64}$/, 'the hash of the rules is shown');

  // Invitations: links are shown once.
  await step('recruit');
  await page.getByRole('textbox', { name: t('delphi.invite'), exact: true }).fill(['name,email,organisation,sector', ...names.map((name, i) => `${name},e${i}@example.org,Institute ${i % 3},${i % 2 ? 'industry' : 'academia'}`)].join('\n'));
  await page.getByRole('button', { name: t('delphi.invite_n', { n: 12 }) }).click();
  await page.locator('.dp-links tbody tr').nth(11).waitFor();
  const links = await page.locator('.dp-links code').allTextContents();
  assert.equal(links.length, 12);
  await step('open_round');

  // Three experts on phones.
  const phones = [];
  for (const link of links.slice(0, 3)) {
    const phone = await openPage(page.context().browser(), url, { lang, width: 390, height: 844, theme: phones.length === 2 ? 'dark' : 'light' });
    phones.push(phone);
    phone.context.setDefaultTimeout(45_000);
    await phone.page.goto(link);
    await phone.page.getByRole('heading', { level: 1, name: title }).waitFor();
    if (phones.length === 1) await keep(phone.page, 'welcome-phone');
    await phone.page.getByRole('checkbox').check();
    await phone.page.getByRole('button', { name: t('panel.begin') }).click();
    await phone.page.locator('.dq-card').waitFor();
  }
  const choose = (on, question, option) => on.locator('.dq').nth(question).locator('.dq-option').nth(option).click();
  let first = phones[0].page;
  await choose(first, 0, 3);
  await choose(first, 1, 4);
  await first.getByRole('button', { name: t('delphi.answer.more') }).click();
  const saved = t('panel.saved', { at: '' }).trim();
  await first.locator('.pn-saved', { hasText: saved }).waitFor();
  assert.equal((await first.locator('.pn-nav .num').innerText()).trim(), '1 / 4', 'an answer does not turn the page');
  await keep(first, 'card-phone');
  await first.getByRole('button', { name: t('panel.all_cards') }).click();
  await first.locator('.pn-list li').nth(3).waitFor();
  for (let i = 0; i < 4; i += 1) {
    await first.locator('.pn-list button').nth(i).click();
    if ((await first.locator('.pn-data').count()) > 0) break;
    await first.getByRole('button', { name: t('panel.all_cards') }).click();
  }
  await first.locator('.pn-data summary').click();
  await first.locator('.dd-trend svg path').first().waitFor();
  assert.ok((await first.locator('.dd li').count()) > 0, 'the data card names documents');
  await keep(first, 'data-phone');
  const width = await first.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(width <= 0, `the card is ${width} px too wide for a phone`);

  // Without a connection nothing is lost, not even when the page is closed and opened again.
  await phones[0].context.setOffline(true);
  await first.getByRole('button', { name: t('panel.all_cards') }).click();
  await first.locator('.pn-list button').first().click();
  await first.locator('.pn-nav .num', { hasText: '1 / 4' }).waitFor();
  await first.keyboard.press('n');
  await first.locator('.pn-nav .num', { hasText: '2 / 4' }).waitFor();
  await choose(first, 1, 4);
  await first.locator('.pn-saved.bad').waitFor();
  await first.close();
  await phones[0].context.setOffline(false);
  first = await phones[0].context.newPage();
  await first.goto(links[0]);
  await first.locator('.pn-saved', { hasText: saved }).waitFor();
  const experts = await Promise.all(links.slice(3).map((link) => expert(url, link)));
  const seat = await (await expert(url, links[0])).cards();
  assert.equal(seat.filter((card) => card.own?.importance?.option === 'top').length, 2, 'the answer given without a connection has reached the server');

  // Everybody answers: agreement on the first, against the second, a split on the third.
  const others = [...experts, ...(await Promise.all(links.slice(0, 3).map((link) => expert(url, link))))];
  const answerAll = async () => {
    for (const [i, one] of others.entries()) {
      const [topic, a, b, c] = ['item-1', 'item-2', 'item-3', 'item-4'];
      await one.answer(topic, 'high');
      await one.answer(a, i < 11 ? 'top' : 'middle', 2030 + (i % 6));
      await one.answer(b, 'none');
      await one.answer(c, i % 2 === 0 ? 'top' : 'none', 2040);
    }
  };
  await answerAll();
  await experts[0].argue('item-4', lang === 'zh' ? '界面疲劳的三条路线都接近解决。' : 'Three routes to interface fatigue are close.');
  await experts[1].argue('item-4', lang === 'zh' ? '自愈与出力至今未能兼得。' : 'Nobody has shown healing and force at once.');
  for (const name of ['close_round', 'analyze', 'release_feedback', 'open_round']) await step(name);

  // Round two on a phone: the earlier answer, the group, arguments, a vote.
  await first.reload();
  await first.getByRole('button', { name: t('panel.all_cards') }).click();
  const split = first.locator('.pn-list button').filter({ hasText: statements[2][lang === 'zh' ? 1 : 2] });
  await split.waitFor();
  await split.click();
  await first.locator('.dq-option.before').first().waitFor();
  await first.getByRole('button', { name: t('panel.repeat') }).click();
  await first.locator('.pn-saved', { hasText: saved }).waitFor();
  await first.locator('.dg-col.own').first().waitFor();
  const vote = first.locator('.pn-vote').first();
  await vote.scrollIntoViewIfNeeded();
  await vote.click();
  await first.locator('.pn-vote.on').waitFor();
  await first.locator('.dq').nth(1).scrollIntoViewIfNeeded();
  await keep(first, 'feedback-phone');
  await answerAll();
  await phones[2].page.reload();
  await phones[2].page.locator('.dq-card').waitFor();
  await step('close_round');
  await step('analyze');

  // Results, dissent, the chain.
  await page.goto(`${page.url().split('?')[0]}`);
  const row = (i) => page.locator('.ant-table-row').filter({ hasText: statements[i][lang === 'zh' ? 1 : 2] });
  await row(0).getByText(t('delphi.item.consensus_in')).waitFor();
  await row(1).getByText(t('delphi.item.consensus_out')).waitFor();
  await row(2).getByText(t('delphi.item.stable_dissent')).waitFor();
  await row(2).click();
  await page.locator('.dp-expand .dg-figure').first().waitFor();
  await page.locator('.dp-wide .ant-segmented-item', { hasText: 'sector' }).click();
  await until('both sectors', async () => (await page.locator('.dp-wide h4').allTextContents()).some((text) => text.startsWith('industry')));
  await page.locator('main').evaluate((main) => main.scrollTo({ top: 0, behavior: 'instant' }));
  await keep(page, 'results');
  await page.getByRole('tab', { name: t('delphi.tab.dissent') }).click();
  await page.locator('.dp-report article').waitFor();
  assert.equal(await page.locator('.dp-report article').count(), 1, 'one item is split');
  assert.ok((await page.locator('.dp-camps li').count()) >= 2, 'both sides have arguments');
  await keep(page, 'dissent');

  // The author of an argument: asked for by the moderator, granted by another.
  await page.getByRole('tab', { name: t('delphi.tab.arguments') }).click();
  await page.getByRole('button', { name: t('delphi.act.identity') }).first().click();
  await page.getByRole('dialog').getByLabel(t('delphi.reason')).fill('may we cite it?');
  await page.getByRole('dialog').getByRole('button', { name: t('delphi.act.identity') }).click();
  await page.getByText(t('delphi.identity_asked')).waitFor();
  const second = await openPage(page.context().browser(), url, { lang, account: admin });
  await second.page.goto(`${page.url().split('?')[0]}?tab=rules`);
  await second.page.getByText(/SHA-256/).first().waitFor();
  await second.page.getByRole('button', { name: t('delphi.identity_grant') }).click();
  await second.page.getByRole('dialog').getByText(/Expert \d+/).waitFor();
  await second.page.getByRole('dialog').getByRole('button').last().click();
  await second.page.getByText(t('delphi.event.identity_joined')).first().waitFor();
  await second.context.close();

  // Leaving takes two clicks, and the link is dead.
  const leaving = phones[1].page;
  await leaving.reload();
  await leaving.getByRole('button', { name: t('panel.about') }).click();
  await leaving.getByRole('button', { name: t('panel.withdraw'), exact: true }).click();
  await leaving.getByRole('button', { name: t('panel.withdraw_sure') }).click();
  await leaving.getByText(t('panel.left.answers_deleted')).waitFor();
  const back = await phones[1].context.newPage();
  await back.goto(links[1]);
  await back.getByText(t('panel.bad_link_text')).waitFor();
  for (const phone of phones) {
    assert.deepEqual(phone.problems, []);
    await phone.context.close();
  }
}
