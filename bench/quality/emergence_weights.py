#!/usr/bin/env python3
"""Learns the default weights of the emergence score (src/analysis/emergence/score.cpp) from the raw corpora, and says what they are worth elsewhere.

  emergence_weights.py CORPORA CACHE [--horizon 3] [--write docs/methods/emergence.md]        numpy and scipy

Own reading of the files (emergence_independent.py), 1-3-grams with 12 documents as units (Chinese: dictionary words and pairs of them, needs jieba), every second year as
an origin, features as features.h defines them, label: top tenth of growth of raw share within five bins of size. One logistic regression over all rows, each corpus
with the same total weight, Gaussian penalty PENALTY around 0: once over texts with abstracts, once over titles. Two features compare the sources of a document; corpora of one source say nothing of them and
they keep 0. Prints the table "learned without the corpus and its relatives" against the simple rankings, then the lines of score.cpp. Features are kept in CACHE.
"""
import collections, os, pickle, re

import numpy as np
import scipy.sparse as sparse
from scipy.stats import norm, rankdata

import emergence_independent as independent
from sections import take_options, write_section

PENALTY, LEAST_DOCUMENTS, MAX_ORIGINS = 200.0, 12, 15
ABSTRACTS = ['icra', 'neurips', 'aistats', 'acm', 'sbir', 'uspto abstracts']
TITLES = ['icra titles', 'neurips titles', 'aistats titles', 'acm titles', 'sbir titles', 'acl titles', 'nssfc titles', 'nsfc management titles']
FAMILY = {'icra': 'ml', 'neurips': 'ml', 'aistats': 'ml', 'nssfc': 'projects', 'nsfc': 'projects'}
FEATURES = ['slope_short', 'window_growth', 'slope_long', 'acceleration', 'vitality', 'newness', 'peak', 'size', 'words', 'company_slope', 'company_last_year', 'company_latest', 'company_growth',
            'source_concentration', 'last_year', 'forecast', 'new_sources', 'level', 'neighbours']
BASELINES = ['last_growth', 'last_year', 'mean_growth', 'level', 'holt', 'forecast', 'theta', 'vitality', 'newness', 'size']
STOP = set('''a an the of in on for and to with by from at as is are be this that we our it its or can which has have been was were not but their using use used via based new into between than more these
those such also they both other most over under s t et al i ii through while when where may each all any no only one two three paper propose proposed present approach show results method methods'''.split())


def units_of(text):
    if independent.HAN.search(text):
        import jieba
        jieba.setLogLevel(60)
        words = [w for w in jieba.cut(text) if w.strip()]
        kept = [bool(re.match(r'^[\u3400-\u9fff]{2,}$|^[a-z0-9-]{2,}$', w)) for w in words]
        pairs = {words[i] + words[i + 1] for i in range(len(words) - 1) if kept[i] and re.match(r'^[\u3400-\u9fff]+$', words[i + 1])}
        return pairs | {w for w, k in zip(words, kept) if k}
    words, found = independent.WORD.findall(text), set()
    for i in range(len(words)):
        for n in range(1, min(3, len(words) - i) + 1):
            gram = words[i:i + n]
            if gram[0] not in STOP and gram[-1] not in STOP and not (n == 1 and (len(gram[0]) < 3 or gram[0].isdigit())):
                found.add(' '.join(gram))
    return found


def read(name, corpora):
    """Years of the documents, documents x units, words of each unit."""
    source = name if name in independent.CORPORA else name.replace(' titles', '')
    paths = [os.path.join(corpora, p) for p in independent.CORPORA[source]]
    documents = sorted(independent.read_corpus(paths, 'titles' in name), key=lambda d: d[0])
    sets = [units_of(text) for _, text in documents]
    counts = collections.Counter(u for s in sets for u in s)
    number = {u: i for i, u in enumerate(sorted(u for u, c in counts.items() if c >= LEAST_DOCUMENTS))}
    pairs = [(d, number[u]) for d, s in enumerate(sets) for u in s if u in number]
    rows, columns = np.array(pairs).T
    matrix = sparse.csr_matrix((np.ones(len(pairs), np.float32), (rows, columns)), shape=(len(documents), len(number)))
    return np.array([y for y, _ in documents]), matrix, np.array([u.count(' ') + 1.0 for u in sorted(number)])


def shrunken_slope(counts, corpus, variance=0.05):
    i = np.arange(counts.shape[1])
    x, total, moment, slope = i - i.mean(), counts.sum(1), counts @ i, np.zeros(len(counts))
    for _ in range(10):
        expected = corpus * np.exp(np.clip(slope[:, None] * x, -8, 8))
        mass = expected.sum(1)
        mean, square = expected @ i / mass, expected @ (i * i) / mass
        slope += np.clip((moment - total * mean - slope / variance) / (total * (square - mean ** 2) + 1 / variance), -0.5, 0.5)
    return slope


def smooth(y, h, trend=0.0, damping=0.85, level=0.5):
    l, b = y[:, 0].copy(), (y[:, 1] - y[:, 0] if trend and y.shape[1] > 1 else np.zeros(len(y)))
    for t in range(1, y.shape[1]):
        before, l = l, level * y[:, t] + (1 - level) * (l + damping * b)
        b = trend * (l - before) + (1 - trend) * damping * b if trend else b
    return sum(l + b * sum(damping ** k for k in range(1, s + 1)) for s in range(1, h + 1)) / h


def company(documents_units, value, least=1.0):
    value = value - value.mean()
    sums, sizes = documents_units @ value, np.asarray(documents_units.sum(1)).ravel()
    own, turned = np.asarray(documents_units.sum(0)).ravel(), documents_units.T.tocsr()
    return (turned @ sums - own * value) / np.maximum(turned @ sizes - own, least)


def neighbours(documents_units, value):
    """Mean of the twenty nearest by cosine of co-occurrence; n-grams that hold each other (cosine 0.9) are one and do not count."""
    value, together = value - value.mean(), (documents_units.T @ documents_units).tocsr()
    size = together.diagonal()
    together = together.tocoo()
    row, column = together.row, together.col
    cosine = together.data / np.sqrt(size[row] * size[column])
    kept = (row != column) & (cosine < 0.9)
    row, column, cosine = row[kept], column[kept], cosine[kept]
    order = np.lexsort((column, -cosine, row))
    row, column, cosine = row[order], column[order], cosine[order]
    near = np.arange(len(row)) - np.searchsorted(row, row) < 20
    weight = cosine[near] * np.sqrt(size[column[near]])
    total = lambda w: np.bincount(row[near], w, len(value))
    return total(weight * value[column[near]]) / (total(weight) + 0.001)


def features(years, matrix, words, first, t, h):
    """Features and baselines of the candidates at the end of year t, read from documents of first..t only."""
    inside = np.where((years >= first) & (years <= t))[0]
    past, year, n = matrix[inside], years[inside] - first, t - first + 1
    corpus = np.bincount(year, minlength=n).astype(float)
    counts = np.stack([np.asarray(past[year == k].sum(0)).ravel() for k in range(n)], 1)
    recent, recent_corpus = counts[:, -h:].sum(1), corpus[-h:].sum()
    candidates = np.where((recent >= 10) & (recent <= 0.1 * recent_corpus))[0]
    if len(candidates) < 50:
        return None
    c, base, safe = counts[candidates], recent[candidates], np.maximum(corpus, 1)
    base_share = np.log((base / h + 0.5) / (recent_corpus / h))
    f = {'slope_short': shrunken_slope(c[:, -h:], safe[-h:]), 'slope_long': shrunken_slope(c[:, -10:], safe[-10:])}
    f['acceleration'] = f['slope_short'] - f['slope_long']
    before_corpus = max(1.0, corpus[-2 * h:-h].sum())
    f['window_growth'] = base_share - np.log((c[:, -2 * h:-h].sum(1) / h + 0.5) / (before_corpus / h))
    f['vitality'] = (c / (1 + np.arange(n)[::-1])).sum(1) / c.sum(1)
    running = c.cumsum(1)
    f['newness'] = -np.log1p(n - 1 - (running >= np.minimum(5, running[:, -1:])).argmax(1))
    windows = np.array([(c / safe)[:, e - h + 1:e + 1].mean(1) for e in range(h - 1, n)])
    f['peak'] = np.log(windows[-1] + 1e-6) - np.log(windows.max(0) + 1e-6)
    f['size'], f['words'] = np.log(base + 0.5), words[candidates]
    f['last_year'] = np.log((c[:, -1] + 0.5) / safe[-1]) - np.log((base + 0.5 * h) / recent_corpus)
    y = np.log((c[:, corpus > 0] + 0.5) / corpus[corpus > 0])[:, -15:]
    f['forecast'], f['level'], f['holt'] = smooth(y, h, trend=0.2) - base_share, smooth(y, 1) - base_share, smooth(y, h, trend=0.2, damping=1.0) - base_share
    x = np.arange(y.shape[1]) - (y.shape[1] - 1) / 2
    f['theta'] = f['level'] + (y @ x) / (x @ x) / 2 * ((h - 1) / 2 + (1 - 0.5 ** y.shape[1]) / 0.5)
    f['last_growth'], f['mean_growth'] = y[:, -1] - y[:, -2], y[:, -1] - y[:, max(0, y.shape[1] - 4)]
    window, latest = past[year >= n - h][:, candidates].tocsr(), past[year == n - 1][:, candidates].tocsr()
    f['company_slope'], f['company_last_year'] = company(window, f['slope_long']), company(window, f['last_year'])
    f['company_growth'], f['company_latest'] = company(window, f['window_growth']), company(latest, f['slope_short'], 5.0)
    f['neighbours'] = neighbours(window, f['slope_short'])
    f['source_concentration'] = f['new_sources'] = np.zeros(len(candidates))
    return candidates, f, base, recent_corpus


def normal_scores(x):
    if x.max() == x.min():
        return np.zeros(len(x))
    p = (rankdata(x) - 0.5) / len(x)
    return norm.ppf(np.clip(p, 0.5 / len(x), 1 - 0.5 / len(x)))


def origins_of(name, corpora, cache, h):
    """[(year, normal scores of FEATURES, {baseline: scores}, labels)]."""
    path = os.path.join(cache, f'{re.sub(chr(92) + "W+", "-", name)}-{h}.pickle')
    if os.path.exists(path):
        with open(path, 'rb') as stream:
            return pickle.load(stream)
    years, matrix, words = read(name, corpora)
    per_year = collections.Counter(years.tolist())
    full = max(t for t in per_year if per_year[t] >= 0.2 * max(per_year.values()))
    first = min(t for t in per_year if sum(n for y, n in per_year.items() if y <= t) * 500 >= len(years))
    origins = []
    for t in list(range(full - h, first + 2 * h - 2, -2))[:MAX_ORIGINS][::-1]:
        made = features(years, matrix, words, first, t, h)
        after = (years > t) & (years <= t + h)
        if made is None or not after.any():
            continue
        candidates, f, base, recent_corpus = made
        growth = np.log((np.asarray(matrix[after].sum(0)).ravel()[candidates] + 0.5) / after.sum()) - np.log((base + 0.5) / recent_corpus)
        labels = np.array(independent.top_tenth(list(growth), list(base)), np.int8)
        origins.append((t, np.stack([normal_scores(f[n]) for n in FEATURES], 1).astype(np.float32), {b: f[b].astype(np.float32) for b in BASELINES}, labels))
    os.makedirs(cache, exist_ok=True)
    with open(path, 'wb') as stream:
        pickle.dump(origins, stream)
    return origins


def fit_logistic(rows, labels, weights, prior, strength):
    """Newton, Gaussian penalty around the prior, free intercept."""
    a = np.hstack([rows, np.ones((len(rows), 1))])
    penalty, centre = np.append(np.full(rows.shape[1], strength), 1e-9), np.append(prior, 0.0)
    b = np.append(prior, np.log(0.1 / 0.9))
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(a @ b, -30, 30)))
        step = np.linalg.solve((a * (weights * p * (1 - p))[:, None]).T @ a + np.diag(penalty), a.T @ (weights * (p - labels)) + penalty * (b - centre))
        b = b - step
        if abs(step).max() < 1e-7:
            break
    return b[:-1]


def fit(data, names):
    rows = np.vstack([o[1] for n in names for o in data[n]]).astype(float)
    labels = np.concatenate([o[3] for n in names for o in data[n]]).astype(float)
    weights = np.concatenate([np.full(sum(len(o[3]) for o in data[n]), 1 / sum(len(o[3]) for o in data[n])) for n in names])
    return fit_logistic(rows, labels, weights * len(labels) / weights.sum(), np.zeros(len(FEATURES)), PENALTY)


def area(scores, labels):
    hits = labels[np.argsort(-scores, kind='stable')]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits == 1].mean())


def family(name):
    return FAMILY.get(name.split()[0], name.split()[0])


def table(data, names, lines):
    ours, fixed, after = [], [], []
    for name in names:
        others = [n for n in names if family(n) != family(name)]
        weights = fit(data, others)
        mean = lambda f: np.mean([f(o) for o in data[name]])
        best = max(BASELINES, key=lambda b: mean(lambda o: area(o[2][b], o[3])))
        ours.append(mean(lambda o: area(o[1] @ weights, o[3])))
        after.append(mean(lambda o: area(o[2][best], o[3])))
        fixed.append([mean(lambda o: area(o[2][b], o[3])) for b in BASELINES])
        lines.append(f'| {name} | {len(data[name])} | {mean(lambda o: o[3].mean()):.3f} | **{ours[-1]:.3f}** | {after[-1]:.3f} ({best}) |')
        print(lines[-1], flush=True)
    one = max(range(len(BASELINES)), key=lambda b: np.mean([row[b] for row in fixed]))
    lines.append(f'| mean of the {len(names)} | | | **{np.mean(ours):.3f}** | {np.mean(after):.3f}; the one best over all, {BASELINES[one]}: {np.mean([row[one] for row in fixed]):.3f} |')
    print(lines[-1], flush=True)


def main():
    arguments, options = take_options({'--horizon': '3', '--write': ''})
    corpora, cache = arguments
    data = {name: origins_of(name, corpora, cache, int(options['--horizon'])) for name in ABSTRACTS + TITLES}
    lines = ['| corpus | origins | prevalence | score | best simple ranking |', '| --- | --- | --- | --- | --- |']
    table(data, ABSTRACTS, lines)
    table(data, TITLES, lines)
    if options['--write']:
        write_section(options['--write'], 'weights', lines)
    long_texts, titles = fit(data, ABSTRACTS), fit(data, TITLES)
    for i, name in enumerate(FEATURES):
        print(f'    {{{long_texts[i]:.3f}, {titles[i]:.3f}}},  // {name}')


if __name__ == '__main__':
    main()
