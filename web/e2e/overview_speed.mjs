// node e2e/overview_speed.mjs WORKSPACE [LOADS]: seconds from opening the data overview and the home page to their first chart, in a browser with an empty cache and with
// a warm one, against the built program on a workspace of one's own (it is only read). A chart counts as there when its canvas holds a pixel that is not blank.
import { basename, join } from 'node:path';
import { openBrowser, openPage, scratch, startServer } from './harness.mjs';

const [, , workspace, loads = '5'] = process.argv;
if (!workspace) {
  console.error('usage: node e2e/overview_speed.mjs WORKSPACE [LOADS]');
  process.exit(2);
}
const account = { name: 'speed', password: 'a-password-of-speed' };
const { folder, remove } = scratch();
const server = await startServer(workspace, join(folder, 'state'));
const browser = await openBrowser();
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const shown = (values) => `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
const drawn = () => {
  const canvas = document.querySelector('main section.panel canvas');
  if (!canvas || canvas.width === 0) return false;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.some((value, i) => i % 4 === 3 && value > 0) ? performance.now() : false;
};
try {
  await fetch(`${server.url}/api/v1/setup`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret: server.secret, ...account, display_name: 'speed' }) });
  for (const [name, path] of [['overview', '/data'], ['home', '']]) {
    const seconds = { empty: [], warm: [] };
    for (let i = 0; i < Number(loads); i += 1) {
      const { page, context } = await openPage(browser, server.url, { lang: 'en', account });
      for (const cache of ['empty', 'warm']) {
        await page.goto(`${server.url}/w/${basename(workspace)}${path}`, { waitUntil: 'commit' });
        const at = await page.waitForFunction(drawn, undefined, { polling: 'raf', timeout: 120_000 });
        seconds[cache].push((await at.jsonValue()) / 1000);
      }
      await context.close();
    }
    console.log(`${name.padEnd(9)} cache empty ${shown(seconds.empty)}   cache warm ${shown(seconds.warm)} s`);
  }
} finally {
  await browser.close();
  await server.stop();
  remove();
}
