#!/usr/bin/env python3
"""Scores the ranking from outside: own reading of the raw files, own words, own counts, own labels. Standard library only.

  emergence_independent.py JIANWEI CORPORA WORKSPACES [corpus ...] [--horizon 3] [--write docs/quality.md]

For each corpus and each cut-off Y that the data allow (h years after it, 500 records and five years behind it; two where no cut-off has five; 50 candidates) it runs `jianwei emerging WS --until Y --all --csv`, counts in how many records of each year any form of each candidate stands
(runs of letters and digits, lower case; Chinese: as a string), and asks whether the score finds the highest tenth of growth of share from Y-h+1..Y to Y+1..Y+h
within five bins of size. Nothing is corrected for sources, duplicates or languages: what a sceptic would do with the files. Baselines use the same counts.
Interval: blocks of neighbouring cut-offs and Poisson(1) weights of terms, 300 replicates, score minus the baseline that was best on average.
A workspace is made in WORKSPACES when it is missing.
"""
import collections, csv, gzip, hashlib, html, io, json, math, os, random, re, subprocess, sys, tarfile, unicodedata

from sections import cpu_seconds, take_options, write_section

CORPORA = {  # name: paths
    'icra': ['ml-robotics-papers/icra.jsonl.gz'],
    'neurips': ['ml-robotics-papers/nips.jsonl.gz'],
    'aistats': ['ml-robotics-papers/aistats.jsonl.gz'],
    'ml-robotics, all venues': ['ml-robotics-papers'],
    'acl': ['acl-anthology/acl-anthology-xml.tar.gz'],
    'acl titles': ['acl-anthology/acl-anthology-xml.tar.gz'],
    'acm': ['acm-bibtex'],
    'sbir': ['sbir-awards/sbir-phase2-1992-2010.jsonl.gz'],
    'chinaxiv': ['chinaxiv/chinaxiv-2016-2017.jsonl.gz', 'chinaxiv/chinaxiv-2018-2022.jsonl.gz'],
    'nssfc titles': ['projects-zh/nssfc-social-science-fund-projects.csv.gz'],
    'nsfc management titles': ['projects-zh/nsfc-management-sciences-projects.csv.gz'],
    'uspto abstracts': ['patents/uspto-random-abstracts.jsonl.gz'],
    'drone patents': ['patents/lens-drones.csv.gz'],
}
HAN = re.compile(r'[\u3400-\u9fff]')
WORD = re.compile(r'[^\W_]+')


def year_in(text):
    found = re.search(r'(19|20)\d\d', str(text or ''))
    return int(found.group()) if found else 0


def json_lines(stream):
    for line in stream:
        row = json.loads(line)
        year = next((year_in(row[k]) for k in ('year', 'submitted', 'publication_date', 'date') if row.get(k)), 0)
        yield year, f"{row.get('title', '')} . {row.get('abstract', '')}"


def bibtex(stream):
    for entry in re.split(r'\n@', stream.read()):
        field = lambda name: (re.search(name + r'\s*=\s*[{"](.*?)[}"]\s*,?\s*\n', entry, re.S | re.I) or [None, ''])[1]
        yield year_in(field('year')), html.unescape(f"{field('title')} . {field('abstract')}")


def anthology(path):
    with tarfile.open(path) as archive:
        for member in archive:
            if not member.name.endswith('.xml'):
                continue
            text = archive.extractfile(member).read().decode('utf-8', 'replace')
            short = re.search(r'/[A-Z](\d\d)\.xml', member.name)
            default = (1900 if int(short[1]) > 50 else 2000) + int(short[1]) if short else 0
            for volume in re.split(r'<volume', text)[1:]:
                meta = re.search(r'<meta>.*?<year>(\d{4})</year>', volume, re.S)
                year = int(meta[1]) if meta else default
                for paper in re.findall(r'<paper.*?</paper>', volume, re.S):
                    title = re.search(r'<title>(.*?)</title>', paper, re.S)
                    abstract = re.search(r'<abstract>(.*?)</abstract>', paper, re.S)
                    yield year, html.unescape(re.sub('<[^>]+>', '', f"{title[1] if title else ''} . {abstract[1] if abstract else ''}"))


def table(stream):
    rows = csv.DictReader(stream)
    for row in rows:
        title = row.get('项目名称') or row.get('title') or row.get('Title') or ''
        when = next((row[k] for k in row if k and row[k] and k.lower() in ('立项时间', '起止年月', 'publication year', 'publication_year', 'publication date', 'publication_date', 'year')), '')
        yield year_in(when), title + ' . ' + (row.get('abstract') or '')


def records(path):
    if os.path.isdir(path):
        for name in sorted(os.listdir(path)):
            if not name.lower().startswith('readme'):
                yield from records(os.path.join(path, name))
    elif '.tar' in path:
        yield from anthology(path)
    else:
        stream = io.TextIOWrapper(gzip.open(path), encoding='utf-8-sig', errors='replace', newline='' if '.csv' in path else None)
        yield from (bibtex if '.bib' in path else table if '.csv' in path else json_lines)(stream)


def fold(text):
    return unicodedata.normalize('NFKC', text).lower()


def read_corpus(paths, titles_only=False):
    seen, documents = set(), []
    for path in paths:
        for year, text in records(path):
            text = text.split(' . ')[0] if titles_only else text
            key = hashlib.md5(f'{year}{text}'.encode()).digest()
            if 1950 < year < 2030 and len(text) > 6 and key not in seen:
                seen.add(key)
                documents.append((year, fold(text)))
    return documents


def find_terms(documents, forms_of):
    """Documents of each term: {term: [document numbers]}."""
    by_words, by_string = collections.defaultdict(list), collections.defaultdict(list)
    for term, forms in forms_of.items():
        for form in forms:
            if HAN.search(form):
                by_string[fold(form)].append(term)
            else:
                by_words[tuple(WORD.findall(fold(form)))].append(term)
    longest, lengths = max(map(len, by_words), default=0), sorted({len(s) for s in by_string})
    found = collections.defaultdict(list)
    for d, (_, text) in enumerate(documents):
        here, words = set(), WORD.findall(text)
        if longest:
            for i in range(len(words)):
                for n in range(1, longest + 1):
                    if i + n <= len(words):
                        here.update(by_words.get(tuple(words[i:i + n]), ()))
        if lengths and HAN.search(text):
            for n in lengths:
                for i in range(len(text) - n + 1):
                    if text[i:i + n] in by_string:
                        here.update(by_string[text[i:i + n]])
        for term in here:
            found[term].append(d)
    return found


def top_tenth(growth, size):
    order = sorted(size)
    bins = collections.defaultdict(list)
    for i, s in enumerate(size):
        below = next_below(order, s)
        bins[below * 5 // len(size)].append(i)
    label = [0] * len(size)
    for members in bins.values():
        cut = sorted((growth[i] for i in members), reverse=True)[(len(members) + 9) // 10 - 1]
        for i in members:
            label[i] = int(growth[i] >= cut)
    return label


def next_below(order, value):
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if order[middle] < value else (low, middle)
    return low


def smoothing(y, h, level=0.5, trend=0.0, damping=0.85):
    l, b = y[0], (y[1] - y[0] if trend and len(y) > 1 else 0.0)
    for value in y[1:]:
        expected = l + damping * b
        l, previous = level * value + (1 - level) * expected, l
        b = trend * (l - previous) + (1 - trend) * damping * b if trend else 0.0
    return sum(l + b * sum(damping ** k for k in range(1, step + 1)) for step in range(1, h + 1)) / h


def baselines(counts, corpus, first, cutoff, h, generator):
    log_share = lambda t: math.log((counts.get(t, 0) + 0.5) / max(corpus[t], 1))
    years = [t for t in range(first, cutoff + 1) if corpus[t] > 0][-15:]
    y = [log_share(t) for t in years]
    base = sum(counts.get(t, 0) for t in range(cutoff - h + 1, cutoff + 1))
    base_share = math.log((base + 0.5 * h) / max(1, sum(corpus[t] for t in range(cutoff - h + 1, cutoff + 1))))
    total = sum(c for t, c in counts.items() if t <= cutoff)
    five, seen = cutoff, 0
    for t in sorted(counts):
        seen += counts[t]
        if seen >= min(5, total):
            five = t
            break
    slope = 0.0
    if len(y) > 1:
        middle = (len(y) - 1) / 2
        slope = sum((i - middle) * v for i, v in enumerate(y)) / sum((i - middle) ** 2 for i in range(len(y)))
    ses = smoothing(y, h)
    theta = smoothing(y, 1) + slope / 2 * ((h - 1) / 2 + (1 - 0.5 ** len(y)) / 0.5)
    return {
        'random': generator.random(), 'frequency': base, 'last growth': y[-1] - y[-2] if len(y) > 1 else 0.0, 'last year': y[-1] - base_share,
        'mean growth': y[-1] - y[max(0, len(y) - 4)], 'newness': five, 'vitality': sum(c / (1 + cutoff - t) for t, c in counts.items() if t <= cutoff) / max(1, total),
        'SES': ses - base_share, 'Holt': smoothing(y, h, trend=0.2, damping=1.0) - base_share, 'damped Holt': smoothing(y, h, trend=0.2) - base_share, 'Theta': theta - base_share}


def area(scores, labels, weights=None):
    weights = weights or [1] * len(labels)
    total = sum(w for w, l in zip(weights, labels) if l)
    hits = seen = result = gained = 0.0
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    for place, i in enumerate(order):
        seen += weights[i]
        gained += weights[i] * labels[i]
        if place + 1 == len(order) or scores[order[place + 1]] != scores[i]:
            hits += gained
            result += gained * hits / seen if seen else 0.0
            gained = 0.0
    return result / total if total else 0.0


def precision(scores, labels, k):
    order = sorted(range(len(scores)), key=lambda i: -scores[i])[:k]
    return sum(labels[i] for i in order) / max(1, len(order))


def interval(origins, best, h):
    generator, block, differences = random.Random(1), min(h, len(origins)), []
    for replicate in range(300):
        weight = collections.defaultdict(lambda: sum(1 for _ in range(12) if generator.random() < 1 / 12))  # binomial(12, 1/12): close to Poisson(1)
        drawn = []
        while len(drawn) < len(origins):
            start = generator.randrange(len(origins))
            drawn += [(start + i) % len(origins) for i in range(block)]
        value = {}
        for o in set(drawn[:len(origins)]):
            w = [weight[term] for term in origins[o]['terms']]
            value[o] = area(origins[o]['jianwei'], origins[o]['labels'], w) - area(origins[o][best], origins[o]['labels'], w)
        differences.append(sum(value[o] for o in drawn[:len(origins)]) / len(origins))
    differences.sort()
    return differences[int(0.025 * len(differences))], differences[int(0.975 * len(differences))]


def run(jianwei, corpora, workspaces, name, h):
    paths = CORPORA[name]
    workspace = os.path.join(workspaces, re.sub(r'\W+', '-', name))
    if not os.path.isdir(workspace):
        subprocess.run([jianwei, 'init', workspace, '-q'], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([jianwei, 'import', workspace, '-q'] + [os.path.join(corpora, p) for p in paths], check=True, stdout=subprocess.DEVNULL)
    documents = read_corpus([os.path.join(corpora, p) for p in paths], 'titles' in name)
    corpus = collections.Counter(year for year, _ in documents)
    full = max(t for t in corpus if corpus[t] >= 0.2 * max(corpus.values()))
    first = min(t for t in corpus if sum(n for y, n in corpus.items() if y <= t) * 500 >= len(documents))
    enough = [t for t in range(first + 2, full - h + 1) if sum(n for y, n in corpus.items() if y <= t) >= 500]
    cutoffs = [t for t in enough if t >= first + 5] or enough
    rankings, forms_of = {}, {}
    for cutoff in cutoffs:
        text = subprocess.run([jianwei, 'emerging', workspace, '--until', str(cutoff), '--horizon', str(h), '--all', '--csv', '-q', '--wait'] if h != 3 else
                              [jianwei, 'emerging', workspace, '--until', str(cutoff), '--all', '--csv', '-q', '--wait'], capture_output=True, check=True).stdout.decode()
        rankings[cutoff] = list(csv.DictReader(io.StringIO(text)))
        for row in rankings[cutoff]:
            forms_of.setdefault(row['label'], set()).update([row['label']] + row['forms'].split('|'))
    found = find_terms(documents, forms_of)
    counts = {term: collections.Counter(documents[d][0] for d in numbers) for term, numbers in found.items()}
    generator, origins = random.Random(1), []
    for cutoff in cutoffs:
        window = lambda c, a, b: sum(c.get(t, 0) for t in range(a, b + 1))
        before_all, after_all = window(corpus, cutoff - h + 1, cutoff), window(corpus, cutoff + 1, cutoff + h)
        origin, growth, size = collections.defaultdict(list), [], []
        for row in rankings[cutoff]:
            c = counts.get(row['label'], {})
            before, after = window(c, cutoff - h + 1, cutoff), window(c, cutoff + 1, cutoff + h)
            if before < 5:
                continue
            origin['terms'].append(row['label'])
            origin['jianwei'].append(float(row['score']))
            for method, value in baselines(c, corpus, first, cutoff, h, generator).items():
                origin[method].append(value)
            size.append(before)
            growth.append(math.log((after + 0.5) / after_all) - math.log((before + 0.5) / before_all))
        if len(size) >= 50:
            origin['cutoff'] = [cutoff]
            origin['labels'] = top_tenth(growth, size)
            origins.append(origin)
    if not origins:
        return None
    mean = lambda value: sum(map(value, origins)) / len(origins)
    methods = [m for m in origins[0] if m not in ('terms', 'labels', 'cutoff')]
    auprc = {m: mean(lambda o: area(o[m], o['labels'])) for m in methods}
    best = max((m for m in methods if m != 'jianwei'), key=auprc.get)
    low, high = interval(origins, best, h)
    by_cutoff = [(o['cutoff'][0], round(area(o['jianwei'], o['labels']), 3), round(area(o[best], o['labels']), 3)) for o in origins]
    return {'corpus': name, 'by_cutoff': by_cutoff, 'cutoffs': len(origins), 'candidates': round(mean(lambda o: len(o['labels']))), 'prevalence': mean(lambda o: sum(o['labels']) / len(o['labels'])), 'auprc': auprc,
            'p50': mean(lambda o: precision(o['jianwei'], o['labels'], 50)), 'p50_best': mean(lambda o: precision(o[best], o['labels'], 50)), 'best': best, 'difference': auprc['jianwei'] - auprc[best], 'low': low, 'high': high}


def main():
    arguments, options = take_options({'--horizon': '3', '--write': ''})
    jianwei, corpora, workspaces, *names = arguments
    lines = ['| data | cut-offs | candidates | prevalence | Jianwei | best baseline | P@50 (baseline) | difference [95 %] |', '| --- ' * 8 + '|']
    print('\n'.join(lines))
    for name in names or CORPORA:
        r = run(jianwei, corpora, workspaces, name, int(options['--horizon']))
        if r is None:
            print(f'{name}: no cut-off with 50 candidates', file=sys.stderr, flush=True)
            continue
        print(f"{name}: cut-off, score, best baseline: {r['by_cutoff']}", file=sys.stderr)
        lines.append(f"| {name} | {r['cutoffs']} | {r['candidates']} | {r['prevalence']:.3f} | **{r['auprc']['jianwei']:.3f}** | {r['auprc'][r['best']]:.3f} ({r['best']}) | {r['p50']:.2f} ({r['p50_best']:.2f}) | "
                     f"{r['difference']:+.3f} [{r['low']:+.3f}, {r['high']:+.3f}] |")
        print(lines[-1], flush=True)
    print(cpu_seconds())
    if options['--write']:
        write_section(options['--write'], 'outside', lines)


if __name__ == '__main__':
    main()
