// node e2e/overview_speed.mjs WORKSPACE [LOADS]: seconds from opening the data overview and the home page to their first chart, in a browser with an empty cache and with
// a warm one, against the built program on a workspace of one's own (it is only read). A chart counts as there when its canvas holds a pixel that is not blank. "CPU" is what
// all processes of the browser used until then: on a loaded machine the wall time holds what others did.
import { basename, join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserArguments, chromiumPath, openPage, scratch, startServer } from './harness.mjs';
import { cpuSeconds, shown } from './speed.mjs';

const [, , workspace, loads = '5'] = process.argv;
if (!workspace) {
  console.error('usage: node e2e/overview_speed.mjs WORKSPACE [LOADS]');
  process.exit(2);
}
const account = { name: 'speed', password: 'a-password-of-speed' };
const { folder, remove } = scratch();
const server = await startServer(workspace, join(folder, 'state'));
const browserServer = await chromium.launchServer({ executablePath: chromiumPath, args: browserArguments });
const browser = await chromium.connect(browserServer.wsEndpoint());
const pid = browserServer.process().pid;
const drawn = () => {
  const canvas = document.querySelector('main section.panel canvas');
  if (!canvas || canvas.width === 0) return false;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.some((value, i) => i % 4 === 3 && value > 0) ? performance.now() : false;
};
try {
  await fetch(`${server.url}/api/v1/setup`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret: server.secret, ...account, display_name: 'speed' }) });
  for (const [name, path] of [['overview', '/data'], ['home', '']]) {
    const seconds = Object.fromEntries(['empty', 'warm'].map((cache) => [cache, { wall: [], cpu: [] }]));
    for (let i = 0; i < Number(loads); i += 1) {
      const { page, context } = await openPage(browser, server.url, { lang: 'en', account });
      for (const cache of ['empty', 'warm']) {
        const cpu = cpuSeconds(pid);
        await page.goto(`${server.url}/w/${basename(workspace)}${path}`, { waitUntil: 'commit' });
        const at = await page.waitForFunction(drawn, undefined, { polling: 'raf', timeout: 120_000 });
        seconds[cache].wall.push((await at.jsonValue()) / 1000);
        seconds[cache].cpu.push(cpuSeconds(pid) - cpu);
      }
      await context.close();
    }
    for (const [cache, { wall, cpu }] of Object.entries(seconds)) console.log(`${name.padEnd(9)} cache ${cache.padEnd(6)} wall ${shown(wall)}   CPU ${shown(cpu)} s`);
  }
} finally {
  await browser.close();
  await browserServer.close();
  await server.stop();
  remove();
}
