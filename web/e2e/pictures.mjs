// node e2e/pictures.mjs WORKSPACE OUT [NAME]: the screenshots of the documentation, of a real workspace, in both languages; those of people's work, of an invented one.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { prepareExperts } from './prepare_experts.mjs';
import { makeWorkspace, openBrowser, openPage, scratch, startServer, until, words } from './harness.mjs';

const [, , given, out, only = ''] = process.argv;
if (!given || !out) {
  console.error('usage: node e2e/pictures.mjs WORKSPACE OUT [NAME]');
  process.exit(2);
}
const account = { name: 'pictures', password: 'a-password-of-pictures' };
const { folder, remove } = scratch();
const browser = await openBrowser();
mkdirSync(out, { recursive: true });

/** A server of its own on a workspace, signed in: what is asked of it by the pictures goes to a copy. */
async function open(workspace, name) {
  const state = join(folder, name);
  mkdirSync(state);
  const server = await startServer(workspace, state);
  await fetch(`${server.url}/api/v1/setup`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret: server.secret, ...account, display_name: '林 Lin' }) });
  const { context } = await openPage(browser, server.url, { account });
  const { csrf } = await (await context.request.get(`${server.url}/api/v1/session`)).json();
  const base = `/w/${basename(workspace)}`;
  const api = `${server.url}/api/v1${base}`;
  const get = async (path) => (await context.request.get(`${api}${path}`)).json();
  const post = async (path, data) => {
    const answer = await context.request.post(`${api}${path}`, { data, headers: { 'X-CSRF-Token': csrf } });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const idle = () => until('the jobs', async () => (await (await context.request.get(`${server.url}/api/v1/jobs?limit=50`)).json()).items.every((one) => one.state !== 'queued' && one.state !== 'running'), 900);
  return { server, base, api, request: context.request, csrf, get, post, idle };
}

const copy = join(folder, basename(given));
cpSync(given, copy, { recursive: true });
const real = await open(copy, 'of-real');
// The work of people is shown on records that are invented throughout: nobody's name stands beside what they never said.
const invented = await open(makeWorkspace(folder), 'of-invented');
try {
  const ranking = await real.get('/emerging?unit=topic&limit=2');
  // A small body may have nothing that rises; its largest topics are shown then.
  if (ranking.items.length < 2) ranking.items = (await real.get('/topics?limit=2')).items;
  const topic = ranking.items[0].id;
  const sets = [];
  for (const row of ranking.items) sets.push((await real.post('/sets', { name: row.label_en || row.label.en || row.label, origin: 'topic', query: `topic=${row.id}` })).id);
  await real.post('/watch', { name: 'Growth above 5 %', unit: 'topic', indicator: 'growth', comparison: 'above', threshold: 0.05, significance: 0.5, min_documents: 5, query: '', why: 'what grows' });
  await real.post('/schedules', { name: 'Weekly', every: 'week', first: '2099-01-01', check: true, reports: ['early-warning'], language: 'en' });
  await real.post('/schedules/Weekly/run', {});
  await real.post('/jobs', { kind: 'report', parameters: { template: 'monthly', language: 'zh' } });
  await real.idle();
  await real.post('/judgements', { kind: 'comment', object: { type: 'topic', id: topic }, arguments: { text: 'Compare with the projects of 2024.' }, reason: 'for the next meeting', evidence: [] });
  const made = await prepareExperts(invented.request, invented.api, invented.csrf);
  const pages = { home: '', emergence: '/emerging', topic: `/topics/${topic}`, topics: '/topics', map: '/map', evolution: '/evolution', 'weak-signals': '/weak-signals?view=map', bursts: '/bursts', knowledge: `/knowledge?entity=${topic}`, countries: '/countries', organisations: '/organisations', search: '/search?q=robot', alerts: '/alerts', reports: '/reports', sets: '/sets', compare: `/sets/compare?a=${sets[0]}&b=${sets[1]}`, data: '/data', import: '/data/import', judgements: '/judgements', jobs: '/jobs', admin: '/admin?tab=users' };
  const ofPeople = { lag: '/lag', experts: '/experts', expert: `/experts/${made.expert}`, 'ask-experts': `/experts/ask?text=${made.ask}`, panel: `/experts/ask?tab=panel&text=${made.ask}`, assign: `/experts/ask?tab=assign&entries=${made.entries.join(',')}`, longlist: `/longlists/${made.list}`, coverage: `/longlists/${made.list}?tab=coverage`, selection: `/selections/${made.selection}`, sensitivity: `/selections/${made.selection}?tab=sensitivity`, radar: `/radar?selection=${made.selection}`, roadmap: '/radar?view=roadmap', lookback: '/lookback', calibration: '/lookback?tab=calibration', iterations: '/iterations' };
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
  const take = async (site, name, path, given) => {
    if (!only.split(',').some((part) => name.includes(part))) return;
    const options = { width: 1280, height: 800, ...given };
    const { page, context } = await openPage(browser, site.server.url, { ...options, account: options.signedOut ? undefined : account });
    await page.goto(options.signedOut ? `${site.server.url}/sign-in` : `${site.server.url}${site.base}${path}`);
    await page.waitForFunction(() => document.querySelector('main h1, main h2') && !document.querySelector('[aria-busy="true"], .ant-skeleton'), undefined, { timeout: 60_000 }).catch(() => undefined);
    if (options.act) await options.act(page, words(options.lang));
    await page.waitForTimeout(900);
    await page.screenshot({ path: join(out, `${name}.jpg`), type: 'jpeg', quality: 74 });
    await context.close();
    console.log(name);
  };
  for (const lang of ['zh', 'en']) {
    for (const [site, all] of [[real, pages], [invented, ofPeople]]) for (const [name, path] of Object.entries(all)) await take(site, `web-${name}-${lang}`, path, { lang, ...(acts[name] ? { act: acts[name] } : {}) });
    await take(real, `web-sign-in-${lang}`, '', { lang, signedOut: true });
  }
  await take(real, 'web-map-dark', '/map?color=growth', { lang: 'zh', theme: 'dark' });
  await take(real, 'web-home-dark', '', { lang: 'en', theme: 'dark' });
  await take(real, 'web-home-phone', '', { lang: 'zh', width: 390, height: 844 });
  await take(invented, 'web-radar-dark', `/radar?selection=${made.selection}`, { lang: 'zh', theme: 'dark' });
  await take(invented, 'web-expert-phone', `/experts/${made.expert}`, { lang: 'zh', width: 390, height: 844 });
  await take(invented, 'web-longlist-phone', `/longlists/${made.list}`, { lang: 'en', width: 390, height: 844 });
  await take(real, 'web-topic-phone', `/topics/${topic}`, { lang: 'zh', width: 390, height: 844 });
} finally {
  await browser.close();
  await real.server.stop();
  await invented.server.stop();
  remove();
}
