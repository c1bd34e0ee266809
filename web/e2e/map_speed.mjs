// node e2e/map_speed.mjs [POINTS] [REPETITIONS]: how long the map takes to draw and to filter a generated body of points, in software GL, against the built program.
// A small relay in front of the server answers /map and /map/points; everything else is the program's own. A draw counts as done when a pixel of it has been read back.
// "wall" runs from the last byte of the points (or the key press of a filter) to that pixel; "page" is the time the page's own thread was at work in between; "CPU" what
// all processes of the browser used (shader threads included). On a loaded machine the wall time holds what others did.
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserArguments, chromiumPath, makeWorkspace, openPage, scratch, startServer, words } from './harness.mjs';
import { cpuSeconds, shown } from './speed.mjs';

const points = Number(process.argv[2] ?? 1_000_000);
const repetitions = Number(process.argv[3] ?? 5);
const topicCount = 60;
const [firstYear, lastYear] = [1995, 2026];

/** The same body every time: clusters of unequal size and width on a plane, years that grow. */
function body() {
  let state = 12345;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const middles = Array.from({ length: topicCount }, () => [20 * normal(), 20 * normal(), 0.6 + 3 * random()]);
  const bytes = new ArrayBuffer(8 + 15 * points + ((4 - ((15 * points) % 4)) % 4));
  const view = new DataView(bytes);
  [...'JWM1'].forEach((c, i) => view.setUint8(i, c.charCodeAt(0)));
  view.setUint32(4, points, true);
  const x = new Float32Array(bytes, 8, points);
  const y = new Float32Array(bytes, 8 + 4 * points, points);
  const topic = new Uint16Array(bytes, 8 + 8 * points, points);
  const year = new Int16Array(bytes, 8 + 10 * points, points);
  for (let i = 0; i < points; i += 1) {
    const k = Math.floor(topicCount * random() ** 1.5);
    topic[i] = k;
    x[i] = middles[k][0] + middles[k][2] * normal();
    y[i] = middles[k][1] + middles[k][2] * normal();
    year[i] = Math.round(lastYear - (lastYear - firstYear) * random() ** 1.7);
  }
  const info = {
    run: 'speed', snapshot: 'speed', n: points, trustworthiness: 0.9, areas: [], domains: [], kinds: ['work'], languages: ['en'], sources: ['speed'], first_year: firstYear, last_year: lastYear, points_href: '',
    topics: middles.map(([mx, my], k) => ({ id: `topic-${k}`, label: `topic ${k}`, label_zh: `主题 ${k}`, label_en: `topic ${k}`, x: mx, y: my, documents: Math.round(points / topicCount), log_slope: 0.02 * (k % 9) - 0.08 })),
  };
  return { bytes: Buffer.from(bytes), info: JSON.stringify(info) };
}

function relay(url, { bytes, info }) {
  const target = new URL(url);
  const server = createServer((incoming, answer) => {
    if (/\/map\/points$/.test(incoming.url)) return answer.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length }).end(bytes);
    if (/\/map$/.test(incoming.url) && incoming.url.startsWith('/api')) return answer.writeHead(200, { 'Content-Type': 'application/json' }).end(info);
    const out = request({ host: target.hostname, port: target.port, path: incoming.url, method: incoming.method, headers: { ...incoming.headers, host: target.host } }, (reply) => reply.pipe(answer.writeHead(reply.statusCode, reply.headers)));
    out.on('error', () => answer.destroy());
    return incoming.pipe(out);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}`, stop: () => { server.closeAllConnections(); server.close(); } })));
}

/** In the page: when each draw of points was done, read back from the canvas. */
const watchDraws = () => {
  window.draws = [];
  const draw = WebGL2RenderingContext.prototype.drawArrays;
  WebGL2RenderingContext.prototype.drawArrays = function drawArrays(...given) {
    draw.apply(this, given);
    this.readPixels(0, 0, 1, 1, this.RGBA, this.UNSIGNED_BYTE, new Uint8Array(4));
    window.draws.push(performance.now());
  };
  window.addEventListener('keydown', (event) => { window.pressed = event.timeStamp; }, true);
};

const account = { name: 'speed', password: 'a-password-of-speed' };
const { folder, remove } = scratch();
const server = await startServer(makeWorkspace(folder, 400), join(folder, 'state'));
const front = await relay(server.url, body());
const browserServer = await chromium.launchServer({ executablePath: chromiumPath, args: browserArguments });
const browser = await chromium.connect(browserServer.wsEndpoint());
const pid = browserServer.process().pid;
const drawn = { wall: [], page: [], cpu: [] };
const filtered = { wall: [], page: [], cpu: [] };
try {
  await fetch(`${server.url}/api/v1/setup`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret: server.secret, ...account, display_name: 'speed' }) });
  for (let i = 0; i < repetitions; i += 1) {
    const { page, context } = await openPage(browser, front.url, { lang: 'en', account });
    await page.addInitScript(watchDraws);
    const tools = await context.newCDPSession(page);
    await tools.send('Performance.enable');
    const busy = async () => (await tools.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'TaskDuration').value;
    const quiet = () => page.waitForFunction(() => window.draws.length > 0 && performance.now() - window.draws.at(-1) > 700, undefined, { timeout: 120_000 });

    await page.goto(`${front.url}/w/stories/jobs`);
    await page.locator('main h1').waitFor();
    const [cpu, task] = [cpuSeconds(pid), await busy()];
    await page.getByRole('menuitem', { name: words('en')('menu.map') }).click();
    await quiet();
    const at = await page.evaluate(() => ({ ready: performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('/map/points')).at(-1).responseEnd, draws: window.draws }));
    drawn.wall.push((at.draws.find((time) => time > at.ready) - at.ready) / 1000);
    drawn.page.push((await busy()) - task);
    drawn.cpu.push(cpuSeconds(pid) - cpu);

    await page.getByRole('slider', { name: words('en')('map.from') }).focus();
    for (let k = 0; k < 3; k += 1) {
      const [cpuBefore, taskBefore, n] = [cpuSeconds(pid), await busy(), await page.evaluate(() => window.draws.length)];
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction((seen) => window.draws.length > seen, n);
      await quiet();
      filtered.wall.push(await page.evaluate((seen) => (window.draws[seen] - window.pressed) / 1000, n));
      filtered.page.push((await busy()) - taskBefore);
      filtered.cpu.push(cpuSeconds(pid) - cpuBefore);
    }
    await context.close();
  }
  console.log(`${points.toLocaleString('en')} points, ${repetitions} loads, software GL; seconds, median (least–most)`);
  console.log(`drawn     wall ${shown(drawn.wall)}   page ${shown(drawn.page)}   CPU ${shown(drawn.cpu)}`);
  console.log(`filtered  wall ${shown(filtered.wall)}   page ${shown(filtered.page)}   CPU ${shown(filtered.cpu)}`);
} finally {
  await browser.close();
  await browserServer.close();
  front.stop();
  await server.stop();
  remove();
}
