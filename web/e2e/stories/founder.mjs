// The first hour of a new user, on a server of its own: one address and one secret, the evidence of a topic within a minute, three topics corrected, the analysis
// run again from the browser with the corrections kept, and a report in Chinese whose every number opens to its documents.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assert, makeWorkspace, openPage, startServer, until } from '../harness.mjs';

const minute = 60_000;
let made = '';

export default async function story({ page: elsewhere, t, lang, folder }) {
  const home = join(folder, `founder-${lang}`);
  mkdirSync(join(home, 'state'), { recursive: true });
  // The workspace of the demo: made once, each language corrects a copy.
  if (made === '') {
    mkdirSync(join(folder, 'founder'));
    made = makeWorkspace(join(folder, 'founder'), 900);
  }
  cpSync(made, join(home, 'stories'), { recursive: true });
  const server = await startServer(join(home, 'stories'), join(home, 'state'));
  const { page, context, problems } = await openPage(elsewhere.context().browser(), server.url, { lang });
  let clicks = 0;
  const click = async (locator) => {
    clicks += 1;
    await locator.click();
  };
  try {
    // The secret makes the first account; there is no other way in.
    const started = Date.now();
    await page.goto(server.url);
    await page.getByLabel(t('door.secret'), { exact: true }).fill(server.secret);
    await page.getByLabel(t('door.name'), { exact: true }).fill('founder');
    await page.getByLabel(t('door.password'), { exact: true }).fill('a-password-of-founders');
    await click(page.getByRole('button', { name: t('door.start') }));

    // From the home page to a record of a topic.
    await click(page.locator('.ranked .name').first());
    await click(page.locator('.kpi-strip .number-link').first());
    await click(page.locator('.ant-drawer .record-title').first());
    await page.getByRole('dialog').filter({ hasText: t('record.origin') }).waitFor();
    assert.ok(Date.now() - started < minute, `${Date.now() - started} ms to the evidence`);
    assert.ok(clicks <= 5, `${clicks} clicks`);

    // Three corrections: a name, a merge, a document moved.
    const ws = `${server.url}/w/stories`;
    const api = `${server.url}/api/v1/w/stories`;
    const topics = async () => (await (await page.request.get(`${api}/topics?limit=100`)).json()).items;
    const before = await topics();
    assert.ok(before.length >= 5, `${before.length} topics`);
    const [named, kept, taken, from, to] = before;
    const nameOf = (topic) => topic.label[lang] || topic.label.en || topic.label.zh;
    const dialog = () => page.getByRole('dialog').last();
    const edit = async (topic, kind) => {
      await page.goto(`${ws}/topics/${topic.id}`);
      await page.getByRole('button', { name: t('action.edit') }).click();
      await page.locator('.ant-dropdown-menu-item').filter({ hasText: t(`judge.kind.${kind}`) }).click();
    };
    const keep = async () => {
      await dialog().getByRole('button', { name: t('judge.keep') }).click();
      await until('the judgement is kept', async () => (await page.getByRole('dialog').filter({ visible: true }).count()) === 0);
    };
    const choose = async (label) => {
      await dialog().getByRole('combobox').first().fill(label);
      await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().click();
    };
    await edit(named, 'rename');
    await dialog().getByLabel(t('column.label_zh')).first().fill('创始人定的名字');
    await dialog().getByLabel(t('column.label_en')).first().fill('Named by the founder');
    await dialog().getByLabel(t('judge.reason')).fill('what it is about');
    await keep();
    await edit(kept, 'merge');
    await choose(`(${taken.id})`);
    await page.keyboard.press('Escape');
    await dialog().getByLabel(t('judge.reason')).fill('one field');
    await dialog().locator('.ant-alert').waitFor();
    await keep();
    await page.goto(`${ws}/topics/${from.id}`);
    const first = page.locator('[role=tabpanel] .record').first();
    const moved = (await first.locator('.record-title').innerText()).trim();
    await page.getByLabel(t('topic.choose', { title: moved }), { exact: true }).first().check();
    await page.getByRole('button', { name: t('topic.move', { n: 1 }) }).click();
    await choose(nameOf(to));
    await dialog().getByLabel(t('judge.reason')).fill('it belongs there');
    await keep();

    // The machine speaks again; what people said stands.
    await page.goto(`${ws}/iterations`);
    await page.locator('article.record').nth(2).waitFor();
    const run = (await (await page.request.get(`${api}/iterations?last=1`)).json())[0].run;
    await page.getByRole('button', { name: t('iterations.run') }).click();
    await until('a new run', async () => {
      const answer = await page.request.get(`${api}/iterations?last=1`);
      return answer.ok() && (await answer.json())[0].run !== run;
    }, 240);
    await page.goto(`${ws}/iterations?show=turns`);
    await page.locator('.it-trace').filter({ hasText: named.id }).locator('.it-turn').nth(1).waitFor();
    const trace = page.locator('.it-trace').filter({ hasText: named.id });
    assert.ok((await trace.locator('.it-turn').last().innerText()).includes(lang === 'zh' ? '创始人定的名字' : 'Named by the founder'), 'the name goes into the next turn');
    await page.goto(`${ws}/topics`);
    await page.locator('.ant-table-row a').filter({ hasText: lang === 'zh' ? '创始人定的名字' : 'Named by the founder' }).waitFor();
    const after = await topics();
    assert.ok(!after.some((topic) => topic.id === taken.id), 'the merged topic is no topic of its own');
    assert.ok(after.some((topic) => topic.id === kept.id));
    const documents = async (topic) => (await (await page.request.get(`${api}/topics/${topic.id}/documents?limit=500`)).json()).items.map((row) => row.title.trim());
    assert.ok((await documents(to)).includes(moved), 'the document is where it was moved to');
    assert.ok(!(await documents(from)).includes(moved), 'and no longer where it was');
    assert.equal((await (await page.request.get(`${api}/conflicts`)).json()).items.length, 0, 'nothing failed to fit');

    // A report in Chinese, whichever language is read; downloaded, it opens without the server.
    await page.goto(`${ws}/reports`);
    await page.getByRole('main').getByRole('button', { name: t('report.make') }).first().click();
    await page.getByRole('radio').first().waitFor();
    await page.locator('input[name=template][value=study]').click();
    await page.locator('.ant-segmented-item', { hasText: '中文' }).click();
    await page.getByLabel(t('report.title'), { exact: true }).fill('第一份报告');
    await page.getByRole('button', { name: t('report.start') }).click();
    const link = page.locator('article.panel').filter({ hasText: '第一份报告' });
    await link.waitFor({ timeout: 4 * minute });
    const saved = page.waitForEvent('download');
    await link.locator('a[download]').first().click();
    const file = join(home, 'report.html');
    await (await saved).saveAs(file);
    await server.stop();

    const paper = await context.newPage();
    await paper.goto(pathToFileURL(file).href);
    assert.equal(await paper.evaluate(() => document.documentElement.lang.slice(0, 2)), 'zh');
    assert.ok((await paper.locator('body').innerText()).includes('创始人定的名字'), 'the report speaks of the topic by its new name');
    // Every number, and every column and line of a figure, leads to documents: all keys by script, the first of every section by hand.
    const opened = await paper.evaluate(async () => {
      const source = document.getElementById('report-data');
      let text = source.textContent;
      if (source.type !== 'application/json') {
        const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
        text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
      }
      const { evidence, documents } = JSON.parse(text);
      const keys = [...document.querySelectorAll('a[href^="#ev-"]')].map((a) => a.getAttribute('href') ?? '').map((href) => href.slice(4));
      const bad = keys.filter((key) => !evidence[key] || evidence[key].d.some((index) => !documents[index]));
      const sections = [...document.querySelectorAll('section')].filter((section) => section.querySelector('a.n[data-e]')).map((section) => section.id);
      return { keys: keys.length, figures: [...document.querySelectorAll('figure')].filter((figure) => figure.querySelector('svg')).map((figure) => figure.querySelectorAll('a[href^="#ev-"]').length), bad, sections };
    });
    assert.ok(opened.keys > 50, `${opened.keys} numbers`);
    assert.deepEqual(opened.bad, [], 'numbers without documents');
    for (const section of opened.sections) {
      await paper.locator(`section#${section} a.n[data-e]`).first().click();
      await paper.locator('dialog[open] ol li').first().waitFor();
      await paper.locator('dialog[open] button.close').click();
    }
    assert.ok(opened.figures.length > 0 && opened.figures.every((n) => n > 0), `links of the figures: ${opened.figures}`);
    console.log(`     founder (${lang}): ${clicks} clicks from the address to a record; ${opened.keys} numbers of the report open, figures with links: ${opened.figures.join(' ')}`);
    assert.deepEqual(problems.filter((problem) => !problem.includes('call to the outside: file')), []);
  } finally {
    await context.close();
    await server.stop().catch(() => undefined);
  }
}

export const needs = ['/api/v1/w/{ws}/iterations/topics', '/api/v1/w/{ws}/reports'];
