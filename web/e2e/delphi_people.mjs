// The part of a Delphi study that needs many hands: experts who answer through the API, as their browsers would.
import { assert } from './harness.mjs';

export async function expert(url, link) {
  const [, ws, secret] = /\/p\/([^#]+)#(.+)$/.exec(link) ?? assert.fail(`no personal link: ${link}`);
  const ask = async (method, path, body) => {
    const answer = await fetch(`${url}/api/v1/w/${ws}/panel${path}`, { method, headers: { 'Content-Type': 'application/json', 'X-Seat': secret }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  await ask('POST', '/consent', { text_version: '1' });
  return {
    cards: async () => (await ask('GET', '/cards')).items,
    answer: (item, importance, year) => ask('PUT', `/cards/${item}`, { familiarity: { option: 'well' }, importance: { option: importance }, technical: year ? { year } : { realized: 'unknown' } }),
    argue: (item, text) => ask('POST', `/cards/${item}/arguments`, { text }),
  };
}
