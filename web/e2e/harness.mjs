// Starts the built program on a workspace and a browser on the program; stories speak to pages through words of the catalogues, so that one script serves both languages.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.JIANWEI_PROGRAM ?? join(root, 'build/release/bin/jianwei');
export const chromiumPath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync) ?? 'chromium';
const catalogues = Object.fromEntries(['zh', 'en'].map((lang) => [lang, JSON.parse(readFileSync(join(root, `web/src/shared/i18n/${lang}.json`), 'utf8'))]));

// A count of one is worded in English as the pages word it, by the same lines.
const { oneOf } = await import(`data:text/javascript,${encodeURIComponent(ts.transpile(readFileSync(join(root, 'web/src/shared/i18n/one_of.ts'), 'utf8'), { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }))}`);

/** A text of the application; {{values}} are filled in. */
export const words = (lang) => (key, values = {}) => {
  const text = catalogues[lang][key];
  assert.ok(text, `no text ${key}`);
  const filled = text.replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name] ?? ''));
  return lang === 'en' ? oneOf(filled) : filled;
};

function jianwei(...args) {
  const done = spawnSync(program, [...args, '-q'], { encoding: 'utf8' });
  assert.equal(done.status, 0, `jianwei ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/** A workspace of the synthetic corpus with planted truth: marked as synthetic wherever it is shown. */
export function makeWorkspace(folder, records = 1500) {
  jianwei('demo', join(folder, 'synthetic'), '--records', String(records));
  const ws = join(folder, 'stories');
  jianwei('init', ws, '--name', 'SYNTHETIC 合成');
  jianwei('import', ws, join(folder, 'synthetic'));
  jianwei('run', ws);
  return ws;
}

/** A workspace of every `step`th record of a corpus file (JSON Lines, gzip), and its run; `more` adds the records beside them, to be run again. Null without JIANWEI_CORPORA. */
export function makeCorpusWorkspace(folder, name, file, step) {
  const path = process.env.JIANWEI_CORPORA ? join(process.env.JIANWEI_CORPORA, file) : '';
  if (!existsSync(path)) return null;
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter(Boolean);
  const take = (rest) => lines.filter((_, i) => i % step === rest).join('\n');
  const ws = join(folder, name);
  jianwei('init', ws, '--name', name);
  const add = (rest) => {
    writeFileSync(join(folder, `${name}-${rest}.jsonl`), take(rest));
    jianwei('import', ws, join(folder, `${name}-${rest}.jsonl`));
    jianwei('run', ws);
  };
  add(0);
  return { ws, more: () => add(1) };
}

/** A language model of this machine: it names whatever it is shown, and cites what it was sent. The workspace is told of it. */
export async function startModel(workspace) {
  const model = createHttpServer((request, response) => {
    let text = '';
    request.on('data', (data) => { text += data; });
    request.on('end', () => {
      const ids = JSON.parse(JSON.parse(text).messages[1].content).records.map((record) => record.id);
      const draft = { label_zh: `模型草拟 ${ids[0]}`, label_en: `Drafted by a model ${ids[0]}`, label_records: ids.slice(0, 1), summary: [{ text: 'What it is about.', records: ids.slice(0, 2) }] };
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: JSON.stringify(draft) } }] }));
    });
  });
  await new Promise((resolve) => model.listen(0, '127.0.0.1', resolve));
  appendFileSync(join(workspace, 'jianwei.toml'), `\n[draft]\nurl = "http://127.0.0.1:${model.address().port}/v1/chat/completions"\nmodel = "small"\n`);
  return () => model.close();
}

/** A receiver of alerts on this machine; the workspace is told of it. `calls` holds what came. */
export async function startReceiver(workspace) {
  const calls = [];
  const receiver = createHttpServer((request, response) => {
    let text = '';
    request.on('data', (data) => { text += data; });
    request.on('end', () => {
      calls.push(JSON.parse(text));
      response.end();
    });
  });
  await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  appendFileSync(join(workspace, 'jianwei.toml'), `\n[webhook]\nurl = "http://127.0.0.1:${receiver.address().port}/alerts"\nsecret_variable = "JIANWEI_STORY_SECRET"\nhosts = ["127.0.0.1"]\n`);
  process.env.JIANWEI_STORY_SECRET = 'a secret of stories';
  return { calls, stop: () => receiver.close() };
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export async function startServer(workspace, state) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, ['serve', workspace, '--listen', `127.0.0.1:${port}`, '--state', state], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (data) => { said += data; });
  child.stderr.on('data', (data) => { said += data; });
  for (let i = 0; ; i += 1) {
    const up = await fetch(`${url}/healthz`).then((r) => r.ok, () => false);
    if (up) break;
    assert.ok(i < 300 && child.exitCode === null, `the server did not start: ${said.slice(-2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const secretFile = join(state, 'first-run-secret');
  const secret = existsSync(secretFile) ? readFileSync(secretFile, 'utf8').trim() : '';
  const stop = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once('exit', resolve);
      return child.kill('SIGTERM');
    });
  return { url, secret, stop };
}

export const browserArguments = ['--no-sandbox', '--disable-dev-shm-usage', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
export const openBrowser = () => chromium.launch({ executablePath: chromiumPath, args: browserArguments });

/** A page that fails the story on any script error, and on any call to another host. */
export async function openPage(browser, url, { lang = 'zh', theme = 'light', width = 1440, height = 900, account } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: lang === 'zh' ? 'zh-CN' : 'en-US', acceptDownloads: true, reducedMotion: 'reduce' });
  context.setDefaultTimeout(120_000);
  await context.addInitScript(([l, t]) => {
    if (!localStorage.getItem('jianwei.language')) localStorage.setItem('jianwei.language', l);
    if (!localStorage.getItem('jianwei.theme')) localStorage.setItem('jianwei.theme', t);
  }, [lang, theme]);
  if (account) {
    const answer = await context.request.post(`${url}/api/v1/session`, { data: account });
    assert.ok(answer.ok(), `sign-in: ${answer.status()} ${await answer.text()}`);
  }
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(url)) problems.push(`call to the outside: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()} ${response.url()}`);
  });
  return { page, context, problems };
}

export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'jianwei-stories-'));
  mkdirSync(join(folder, 'state'));
  mkdirSync(join(folder, 'more'));
  writeFileSync(join(folder, 'state/server.toml'), `[workspaces]\nfolder = "${join(folder, 'more')}"\n`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Waits until the function gives something true. */
export async function until(what, condition, seconds = 60) {
  const end = Date.now() + 1000 * seconds;
  for (;;) {
    const value = await condition();
    if (value) return value;
    assert.ok(Date.now() < end, `waited ${seconds} s for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

export { assert };
