// node e2e/run.mjs [STORY...]: the user stories of web/e2e/stories in both languages, against the built program on a synthetic workspace of its own.
// A story that cannot be played here gives back the reason.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorkspace, openBrowser, openPage, root, scratch, startModel, startReceiver, startServer, words } from './harness.mjs';

const account = { name: 'stories', password: 'a-password-of-stories' };
const wanted = process.argv.slice(2);
const stories = readdirSync(new URL('./stories', import.meta.url)).filter((name) => name.endsWith('.mjs')).sort().filter((name) => wanted.length === 0 || wanted.some((w) => name.includes(w)));
const { folder, remove } = scratch();
const contract = readFileSync(join(root, 'src/server/openapi.yaml'), 'utf8');
let failed = 0;
const workspace = makeWorkspace(folder);
const stopModel = await startModel(workspace);
const receiver = await startReceiver(workspace);
const server = await startServer(workspace, join(folder, 'state'));
const browser = await openBrowser();
try {
  // The door: the first account is made in the browser, whatever story is asked for.
  const door = await openPage(browser, server.url, { lang: 'zh' });
  const t = words('zh');
  await door.page.goto(server.url);
  await door.page.getByLabel(t('door.secret'), { exact: true }).fill(server.secret);
  await door.page.getByLabel(t('door.name'), { exact: true }).fill(account.name);
  await door.page.getByLabel(t('door.password'), { exact: true }).fill(account.password);
  await door.page.getByRole('button', { name: t('door.start') }).click();
  await door.page.locator('main#main h1').waitFor();
  await door.context.close();
  console.log('ok   first start');

  for (const file of stories) {
    const { default: story, needs = [] } = await import(`./stories/${file}`);
    const missing = needs.filter((route) => !contract.includes(`\n  ${route}:`));
    if (missing.length > 0) {
      console.log(`not played: ${file.replace('.mjs', '')}: the contract of the server has no ${missing.join(', ')}`);
      continue;
    }
    for (const lang of ['zh', 'en']) {
      const opened = await openPage(browser, server.url, { lang, account });
      const at = Date.now();
      try {
        const skipped = await story({ ...opened, url: server.url, ws: `${server.url}/w/stories`, t: words(lang), lang, folder, calls: receiver.calls });
        if (opened.problems.length > 0) throw new Error(opened.problems.join('\n'));
        console.log(skipped ? `not played: ${file.replace('.mjs', '')} (${lang}): ${skipped}` : `ok   ${file.replace('.mjs', '')} (${lang}) ${((Date.now() - at) / 1000).toFixed(1)} s`);
      } catch (error) {
        failed += 1;
        const picture = join(process.env.JIANWEI_STORY_PICTURES ?? folder, `${file}-${lang}.png`);
        await opened.page.screenshot({ path: picture }).catch(() => undefined);
        console.log(`FAIL ${file.replace('.mjs', '')} (${lang})\n${error.stack ?? error}`);
      }
      await opened.context.close().catch(() => undefined);
    }
  }
} finally {
  await browser.close();
  await server.stop();
  stopModel();
  receiver.stop();
  remove();
}
process.exit(failed > 0 ? 1 : 0);
