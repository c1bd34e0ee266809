// What experts said goes on: a panel and an assignment that exist and are kept, the replay of the questions, the panel's word in the ledger, outcomes of the past from a table.
import { expert } from '../delphi_people.mjs';
import { assert, until } from '../harness.mjs';

export default async function story({ page, url, ws, t, lang }) {
  page.setDefaultTimeout(45_000);
  const api = `${url}/api/v1/w/stories`;
  const { csrf } = await (await page.request.get(`${url}/api/v1/session`)).json();
  const post = async (path, data) => {
    const answer = await page.request.post(`${api}${path}`, { headers: { 'X-CSRF-Token': csrf }, data });
    assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? {} : answer.json();
  };
  const get = async (path) => (await page.request.get(`${api}${path}`)).json();

  // Six people of the records in the library; a list of three technologies that rest on topics.
  const topic = (await get('/topics?limit=1')).items[0];
  const text = topic.terms.slice(0, 8).map(([term]) => term).join(' ');
  for (const person of (await post('/experts/recommend', { text, limit: 8 })).items) if (!person.in_library) await post('/experts', { person: person.id });
  const list = (await post('/longlists', { zh: `去向 ${lang}`, en: `Onward ${lang}` })).id;
  const entries = (await post(`/longlists/${list}/entries`, { from: 'topics', limit: 3 })).items;
  for (const entry of entries) await post(`/longlists/${list}/changes`, { action: 'accepted', entry: entry.id, reason: 'screened' });
  await post(`/longlists/${list}/versions`, { reason: 'for the study' });

  // A panel without quotas: members, each with the works that speak for them.
  await page.goto(`${ws}/experts/ask?tab=panel&text=${encodeURIComponent(text)}`);
  await page.getByLabel(t('expert.size')).fill('4');
  await page.getByRole('button', { name: t('expert.ask.panel') }).last().click();
  await page.locator('.xp-row').nth(3).waitFor();
  assert.equal(await page.locator('.xp-row').count(), 4);
  assert.ok((await page.locator('.xp-row .record-title').count()) > 0, 'works say why');

  // The entries given to them, two judges each; kept, it counts toward their load.
  await page.goto(`${ws}/experts/ask?tab=assign&entries=${entries.map((entry) => entry.id).join(',')}`);
  await page.getByLabel(t('expert.per_item')).fill('2');
  await page.getByRole('button', { name: t('expert.ask.assign') }).last().click();
  const rows = page.locator('.xp-answer .ant-table-row');
  await rows.nth(2).waitFor();
  assert.equal(await rows.filter({ hasText: /^entry-/ }).count(), 0, 'entries are told by their words');
  for (let i = 0; i < 3; i += 1) assert.equal(await rows.nth(i).locator('.chip').count(), 2, 'two judges');
  await page.getByRole('button', { name: t('expert.assign_keep') }).click();
  await page.getByText(t('expert.assignment_kept')).first().waitFor();

  // A study of those entries: two rounds through the API, as browsers of ten experts would answer.
  const { study } = await post(`/longlists/${list}/study`, {});
  const one = `/delphi/studies/${study}`;
  await post(`${one}/items/change`, { action: 'reword', item: 'item-3', zh: `专家改写 ${lang}`, en: `Worded by experts ${lang}`, reason: 'clearer' });
  await post(`${one}/steps`, { step: 'lock_protocol' });
  const people = Array.from({ length: 10 }, (_, i) => ({ name: `Expert ${i}`, email: `w${i}-${lang}@example.org`, attributes: { sector: i % 2 ? 'industry' : 'academia' } }));
  const links = (await post(`${one}/invitations`, { invitees: people })).items;
  await post(`${one}/steps`, { step: 'recruit' });
  const experts = [];
  for (const round of [1, 2]) {
    await post(`${one}/steps`, { step: 'open_round' });
    for (const [i, { link }] of links.entries()) {
      if (round === 1) experts.push(await expert(url, link));
      await experts[i].answer('item-1', 'top', 2030 + (i % 3));
      await experts[i].answer('item-2', i % 2 ? 'top' : 'none', 2040);
      await experts[i].answer('item-3', 'high', 2033);
    }
    if (round === 1) await experts[1].argue('item-2', lang === 'zh' ? '没有市场。' : 'There is no market.');
    await post(`${one}/steps`, { step: 'close_round' });
    await post(`${one}/steps`, { step: 'analyze' });
    await until('the round is settled', async () => (await get(one)).state === 'analyzed');
    if (round === 1) await post(`${one}/steps`, { step: 'release_feedback' });
  }

  // The replay: how many questions the order by value would have saved.
  await page.goto(`${ws}/delphi/${study}?tab=next`);
  await page.getByText(t('delphi.replay_saved'), { exact: true }).waitFor();
  const replay = page.getByRole('region', { name: t('delphi.replay') });
  await replay.locator('canvas').waitFor();
  await replay.getByRole('button', { name: t('figure.table') }).click();
  await replay.locator('.ant-table-row').first().waitFor();

  // Into the ledger: votes, other words and arguments become judgements; the page of iterations holds them.
  await page.getByRole('button', { name: t('delphi.to_ledger') }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('delphi.to_ledger') }).click();
  const panel = `panel ${study}`;
  await until('the panel in the ledger', async () => (await get('/judgements?limit=200')).items.some((event) => event.actor.startsWith(panel) && event.kind === 'vote'), 90);
  await page.goto(`${ws}/judgements`);
  await page.locator('.record').filter({ hasText: panel }).first().waitFor();
  await page.goto(`${ws}/iterations?show=turns`);
  await page.locator('.it-who').filter({ hasText: panel }).first().waitFor();

  // Look-back from a table: what cannot be read is told with its line.
  await page.goto(`${ws}/lookback`);
  const table = `thing,probability,member,kind,verdict,evidence,date,field\nold-${lang}-1,0.8,ann,expert,realised,https://example.org/a,2024-05-01,energy\nold-${lang}-2,0.3,ann,expert,not,https://example.org/b,2024-06-01,energy\nold-${lang}-3,0.3,ann,expert,perhaps,,,energy\n`;
  await page.locator('main input[type=file]').setInputFiles({ name: 'back.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  const told = page.getByRole('dialog').filter({ hasText: t('back.imported', { outcomes: 2, forecasts: 3 }) }).or(page.getByRole('dialog').filter({ hasText: t('expert.line', { n: 4 }) }));
  await told.first().waitFor();
  assert.match(await told.first().innerText(), /perhaps/, 'the line and what stands in it');
  await told.first().getByRole('button').last().click();
  await page.getByRole('tab', { name: t('back.tab.table') }).click();
  await page.locator('.ant-table-row').filter({ hasText: 'energy' }).first().waitFor();
}

export const needs = ['/api/v1/w/{ws}/longlists', '/api/v1/w/{ws}/delphi/studies'];
