// Fills a workspace with a panel's work, so that the pages of experts have something to show: experts, a list with votes, a selection, outcomes, a judgement.
export async function prepareExperts(request, api, csrf) {
  const post = async (path, data, method = 'post') => {
    const answer = await request[method](`${api}${path}`, { headers: { 'X-CSRF-Token': csrf }, data });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : {};
  };
  const get = async (path) => (await request.get(`${api}${path}`)).json();
  const topics = (await get('/topics?limit=12')).items;
  const text = topics[0].terms.slice(0, 10).map(([term]) => term).join(' ');
  // Unsigned works are nobody's.
  const found = (await post('/experts/recommend', { text, limit: 14 })).items.filter((one) => !/^anonymous/i.test(one.name)).slice(0, 12);
  const sectors = ['academia', 'academia', 'industry', 'government'];
  const regions = ['North', 'South', 'East', 'West'];
  for (const [i, one] of found.entries()) {
    if (one.in_library) continue;
    const expert = await post('/experts', { person: one.id });
    await post(`/experts/${expert.id}`, { sector: sectors[i % 4], region: regions[(3 * i) % 4], fields: [topics[i % topics.length].terms[0][0]], seniority: i % 3 === 0 ? 'senior' : 'mid-career', load: 4 }, 'patch');
    if (i % 2 === 0) await post(`/experts/${expert.id}/consent`, { text_version: '1' });
  }
  const experts = (await get('/experts?limit=50')).items;
  if (experts.length > 1) await post('/experts/ties', { a: experts[0].id, b: experts[1].id, reason: 'joint company' });
  const list = await post('/longlists', { zh: '关键技术清单', en: 'Key technologies' });
  const entries = (await post(`/longlists/${list.id}/entries`, { from: 'topics', limit: 12 })).items;
  await post(`/longlists/${list.id}/entries`, { from: 'signals', limit: 4 });
  for (const [i, entry] of entries.entries()) {
    await post(`/longlists/${list.id}/votes`, { entry: entry.id, vote: i % 4 === 3 ? -1 : 1 });
    if (i < 10) await post(`/longlists/${list.id}/changes`, { action: 'accepted', entry: entry.id, reason: 'screening' });
  }
  await post(`/longlists/${list.id}/versions`, { reason: 'before the first round' });
  const accepted = entries.slice(0, 10);
  const values = (step) => Object.fromEntries(accepted.map((entry, i) => [entry.id, 1 + ((step * i) % 9)]));
  const selection = await post('/selections', {
    title: 'Key technologies', list: list.id, select: 4, weight_change: 0.2, draws: 1000, seed: 1, ranking: 'topsis',
    criteria: [{ id: 'importance', source: 'given', values: values(4) }, { id: 'growth', source: 'data:growth' }, { id: 'documents', source: 'data:documents' }, { id: 'cost', source: 'given', cost: true, values: values(2) }],
    weights: { method: 'ahp', comparisons: [1, 3, 3, 5, 1 / 3, 1, 1, 3, 1 / 3, 1, 1, 3, 1 / 5, 1 / 3, 1 / 3, 1] }, expert_position: 'importance', data_position: 'growth',
  });
  const forecasts = [];
  for (let i = 0; i < 60; i += 1) {
    const truth = (7 * i) % 10 < 6;
    forecasts.push({ thing: `item-${i}`, member: `expert ${1 + (i % 5)}`, kind: 'expert', probability: truth ? 0.55 + ((3 * i) % 5) / 11 : 0.1 + ((3 * i) % 5) / 9 }, { thing: `item-${i}`, member: 'machine', kind: 'machine', probability: truth ? 0.5 + ((5 * i) % 7) / 15 : 0.2 + ((5 * i) % 7) / 12 });
    if (i < 56) await post('/lookback/outcomes', { thing: `item-${i}`, statement: `Example statement ${i + 1}`, field: ['energy', 'materials', 'information'][i % 3], verdict: i % 14 === 13 ? 'undecidable' : truth ? (i % 5 === 0 ? 'partly' : 'realised') : 'not', evidence: `report ${2020 + (i % 6)}`, date: `${2020 + (i % 6)}-06-30` }, 'put');
  }
  await post('/lookback/forecasts', { forecasts });
  await post('/judgements', { kind: 'rename', object: { type: 'topic', id: topics[1].id }, arguments: { label_zh: '专家改的名字', label_en: 'Name given by an expert' }, reason: 'the three words hid what it is about', evidence: [] });
  return { expert: experts[0].id, list: list.id, selection: selection.id, entries: accepted.slice(0, 5).map((entry) => entry.id), ask: encodeURIComponent(text.slice(0, 300)) };
}
