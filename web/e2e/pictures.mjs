// node e2e/pictures.mjs WORKSPACE OUT [NAME]: the screenshots of the documentation, of a real workspace, in both languages.
import { cpSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { prepareExperts } from './prepare_experts.mjs';
import { openBrowser, openPage, scratch, startServer } from './harness.mjs';

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
  const ranking = await (await topics.context.request.get(`${server.url}/api/v1/w/${id}/emerging?unit=topic&limit=1`)).json();
  const topic = ranking.items[0].id;
  const { csrf } = await (await topics.context.request.get(`${server.url}/api/v1/session`)).json();
  const made = await prepareExperts(topics.context.request, `${server.url}/api/v1/w/${id}`, csrf);
  await topics.context.close();
  const pages = { home: '', emergence: '/emerging', topic: `/topics/${topic}`, topics: '/topics', map: '/map', evolution: '/evolution', 'weak-signals': '/weak-signals?view=map', bursts: '/bursts', lag: '/lag', knowledge: `/knowledge?entity=${topic}`, countries: '/countries', organisations: '/organisations', search: '/search?q=robot', alerts: '/alerts', reports: '/reports', sets: '/sets', data: '/data', import: '/data/import', judgements: '/judgements', jobs: '/jobs', admin: '/admin?tab=users',
    experts: '/experts', expert: `/experts/${made.expert}`, 'ask-experts': `/experts/ask?text=${made.ask}`, longlist: `/longlists/${made.list}`, coverage: `/longlists/${made.list}?tab=coverage`, selection: `/selections/${made.selection}`, sensitivity: `/selections/${made.selection}?tab=sensitivity`, radar: `/radar?selection=${made.selection}`, roadmap: '/radar?view=roadmap', lookback: '/lookback', calibration: '/lookback?tab=calibration', iterations: '/iterations' };
  const take = async (name, path, given) => {
    if (!only.split(',').some((part) => name.includes(part))) return;
    const options = { width: 1280, height: 800, ...given };
    const { page, context } = await openPage(browser, server.url, { ...options, account: options.signedOut ? undefined : account });
    await page.goto(options.signedOut ? `${server.url}/sign-in` : `${server.url}/w/${id}${path}`);
    await page.waitForFunction(() => document.querySelector('main h1, main h2') && !document.querySelector('[aria-busy="true"], .ant-skeleton'), undefined, { timeout: 60_000 }).catch(() => undefined);
    await page.waitForTimeout(900);
    await page.screenshot({ path: join(out, `${name}.jpg`), type: 'jpeg', quality: 74 });
    await context.close();
    console.log(name);
  };
  for (const lang of ['zh', 'en']) {
    for (const [name, path] of Object.entries(pages)) await take(`web-${name}-${lang}`, path, { lang });
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
