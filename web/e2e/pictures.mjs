// node e2e/pictures.mjs WORKSPACE OUT [NAME]: the screenshots of the documentation, of a real workspace, in both languages.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { prepareExperts } from './prepare_experts.mjs';
import { openBrowser, openPage, scratch, startServer, words } from './harness.mjs';

const [, , given, out, only = ''] = process.argv;
if (!given || !out) {
  console.error('usage: node e2e/pictures.mjs WORKSPACE OUT [NAME]');
  process.exit(2);
}
const account = { name: 'pictures', password: 'a-password-of-pictures' };
const id = basename(given);
const { folder, remove } = scratch();
// What a panel does is added to a copy.
const workspace = join(folder, id);
cpSync(given, workspace, { recursive: true });
const server = await startServer(workspace, join(folder, 'state'));
const browser = await openBrowser();
mkdirSync(out, { recursive: true });
try {
  await fetch(`${server.url}/api/v1/setup`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret: server.secret, ...account, display_name: '林 Lin' }) });
  const topics = await openPage(browser, server.url, { account });
  const ranking = await (await topics.context.request.get(`${server.url}/api/v1/w/${id}/emerging?unit=topic&limit=2`)).json();
  // A small body may have nothing that rises; its largest topics are shown then.
  if (ranking.items.length < 2) ranking.items = (await (await topics.context.request.get(`${server.url}/api/v1/w/${id}/topics?limit=2`)).json()).items;
  const topic = ranking.items[0].id;
  const { csrf } = await (await topics.context.request.get(`${server.url}/api/v1/session`)).json();
  const made = await prepareExperts(topics.context.request, `${server.url}/api/v1/w/${id}`, csrf);
  const sets = [];
  for (const row of ranking.items) {
    const answer = await topics.context.request.post(`${server.url}/api/v1/w/${id}/sets`, { data: { name: row.label_en || row.label.en || row.label, origin: 'topic', query: `topic=${row.id}` }, headers: { 'X-CSRF-Token': csrf } });
    sets.push((await answer.json()).id);
  }
  await topics.context.close();
  const pages = { home: '', emergence: '/emerging', topic: `/topics/${topic}`, topics: '/topics', map: '/map', evolution: '/evolution', 'weak-signals': '/weak-signals?view=map', bursts: '/bursts', lag: '/lag', knowledge: `/knowledge?entity=${topic}`, countries: '/countries', organisations: '/organisations', search: '/search?q=robot', alerts: '/alerts', reports: '/reports', sets: '/sets', compare: `/sets/compare?a=${sets[0]}&b=${sets[1]}`, data: '/data', import: '/data/import', judgements: '/judgements', jobs: '/jobs', admin: '/admin?tab=users',
    experts: '/experts', expert: `/experts/${made.expert}`, 'ask-experts': `/experts/ask?text=${made.ask}`, panel: `/experts/ask?tab=panel&text=${made.ask}`, assign: `/experts/ask?tab=assign&entries=${made.entries.join(',')}`, longlist: `/longlists/${made.list}`, coverage: `/longlists/${made.list}?tab=coverage`, selection: `/selections/${made.selection}`, sensitivity: `/selections/${made.selection}?tab=sensitivity`, radar: `/radar?selection=${made.selection}`, roadmap: '/radar?view=roadmap', lookback: '/lookback', calibration: '/lookback?tab=calibration', iterations: '/iterations' };
  // A table of one's own columns, seen before it is imported.
  const seeTable = async (page, t) => {
    const table = join(folder, 'projects.csv');
    writeFileSync(table, `项目名称,负责人,依托单位,金额(万元),年度,备注\n${['面向开放环境的机器人操作学习', '多模态大模型的可信推理', '足式机器人在野外的自主导航', '图神经网络的可解释性'].map((title, i) => `${title},${['李明', '王芳', '张伟', '陈静'][i]},${['清华大学', '浙江大学', '哈尔滨工业大学', '中山大学'][i]},${58 + i},${2022 + (i % 3)},`).join('\n')}\n,,,,2024,空行\n`);
    await page.locator('input[type=file]').setInputFiles(table);
    await page.getByRole('button', { name: t('action.next') }).click();
    await page.getByRole('tab', { name: t('import.mapping') }).click();
    await page.waitForTimeout(600);
  };
  const answer = (tab) => async (page, t) => {
    await page.getByRole('button', { name: t(`expert.ask.${tab}`) }).last().click();
    await page.locator('.xp-answer .xp-row, .xp-answer .ant-table-row, .xp-answer .ant-alert').first().waitFor();
  };
  const acts = { import: seeTable, panel: answer('panel'), assign: answer('assign') };
  const take = async (name, path, given) => {
    if (!only.split(',').some((part) => name.includes(part))) return;
    const options = { width: 1280, height: 800, ...given };
    const { page, context } = await openPage(browser, server.url, { ...options, account: options.signedOut ? undefined : account });
    await page.goto(options.signedOut ? `${server.url}/sign-in` : `${server.url}/w/${id}${path}`);
    await page.waitForFunction(() => document.querySelector('main h1, main h2') && !document.querySelector('[aria-busy="true"], .ant-skeleton'), undefined, { timeout: 60_000 }).catch(() => undefined);
    if (options.act) await options.act(page, words(options.lang));
    await page.waitForTimeout(900);
    await page.screenshot({ path: join(out, `${name}.jpg`), type: 'jpeg', quality: 74 });
    await context.close();
    console.log(name);
  };
  for (const lang of ['zh', 'en']) {
    for (const [name, path] of Object.entries(pages)) await take(`web-${name}-${lang}`, path, { lang, ...(acts[name] ? { act: acts[name] } : {}) });
    await take(`web-sign-in-${lang}`, '', { lang, signedOut: true });
  }
  await take('web-map-dark', '/map?color=growth', { lang: 'zh', theme: 'dark' });
  await take('web-home-dark', '', { lang: 'en', theme: 'dark' });
  await take('web-home-phone', '', { lang: 'zh', width: 390, height: 844 });
  await take('web-radar-dark', `/radar?selection=${made.selection}`, { lang: 'zh', theme: 'dark' });
  await take('web-expert-phone', `/experts/${made.expert}`, { lang: 'zh', width: 390, height: 844 });
  await take('web-longlist-phone', `/longlists/${made.list}`, { lang: 'en', width: 390, height: 844 });
  await take('web-topic-phone', `/topics/${topic}`, { lang: 'zh', width: 390, height: 844 });
} finally {
  await browser.close();
  await server.stop();
  remove();
}
