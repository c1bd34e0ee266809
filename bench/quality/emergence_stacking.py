#!/usr/bin/env python3
"""Would the score do better if each corpus chose, on its own past, how much of a simple ranking to mix in?  numpy and scipy

  emergence_stacking.py CORPORA CACHE [--write docs/methods/emergence.md]

Units, features and labels as in emergence_weights.py. At every origin t with at least three earlier ones whose outcome is known at t (s <= t - 3), all of this from those alone:
  model      default weights learned without the corpus and its relatives, adapted as score.cpp does (penalty 1000)
  picked     the model or one simple ranking, whichever had the higher mean AUPRC at the earlier origins
  mixed      (1 - a) model + a best simple ranking of the past, as normal scores; a of 0, 1/4, 1/2, 3/4, 1 by the mean AUPRC of the past
  mixed, 1 s.e.  the same, but a stays 0 unless its paired gain at the earlier origins is more than one standard error
  stacked    logistic regression of the earlier labels on the model's logit and the normal scores of all simple rankings, drawn towards (1, 0, ..., 0), penalty 300
An earlier origin is scored by the model as it stood then. "best after the fact" knows the outcomes: the simple ranking with the highest mean over the reported origins.
Interval of the paired difference to it: blocks of two neighbouring origins and Poisson(1) weights of rows, 1,000 replicates.
"""
import sys

import numpy as np

import emergence_weights as base
from sections import take_options, write_section

SHARES = [0.0, 0.25, 0.5, 0.75, 1.0]
METHODS = ['model', 'picked', 'mixed', 'mixed, 1 s.e.', 'stacked']
HORIZON, LEAST_EARLIER, ADAPTING, STACKING = 3, 3, 1000.0, 300.0


def known(origins, t):
    return [s for s in range(len(origins)) if origins[s][0] <= origins[t][0] - HORIZON]


def adapted(origins, earlier, prior):
    if not earlier:
        return prior
    rows, labels = np.vstack([origins[s][1] for s in earlier]).astype(float), np.concatenate([origins[s][3] for s in earlier]).astype(float)
    return base.fit_logistic(rows, labels, np.ones(len(labels)), prior, ADAPTING)


def rankings_of(data, name, names):
    """For each origin {method: scores}: the model as it stood then, and the simple rankings, as normal scores."""
    origins = data[name]
    prior = base.fit(data, [n for n in names if base.family(n) != base.family(name)])
    made = []
    for t, (_, rows, simple, _) in enumerate(origins):
        scores = {'model': rows.astype(float) @ adapted(origins, known(origins, t), prior)}
        made.append({m: base.normal_scores(s) for m, s in scores.items()} | {b: base.normal_scores(s.astype(float)) for b, s in simple.items()} | {'logit': scores['model']})
    return made


def choose(origins, rankings, t):
    """{method: scores} at origin t, everything chosen on the origins known then."""
    earlier = known(origins, t)
    past = lambda scores: np.array([base.area(scores(rankings[s]), origins[s][3]) for s in earlier])
    candidates = {m: past(lambda r: r[m]) for m in ['model'] + base.BASELINES}
    best = max(base.BASELINES, key=lambda b: candidates[b].mean())
    mix = lambda a: lambda r: (1 - a) * r['model'] + a * r[best]
    mixed = {a: past(mix(a)) for a in SHARES}
    share = max(SHARES, key=lambda a: mixed[a].mean())
    gain = mixed[share] - mixed[0.0]
    careful = share if gain.mean() > gain.std(ddof=1) / len(gain) ** 0.5 else 0.0
    columns = lambda r: np.stack([r['logit']] + [r[b] for b in base.BASELINES], 1)
    prior = np.zeros(1 + len(base.BASELINES))
    prior[0] = 1.0
    labels = np.concatenate([origins[s][3] for s in earlier]).astype(float)
    stack = base.fit_logistic(np.vstack([columns(rankings[s]) for s in earlier]), labels, np.ones(len(labels)), prior, STACKING)
    now = rankings[t]
    picked = max(candidates, key=lambda m: candidates[m].mean())
    return {'model': now['model'], 'picked': now[picked], 'mixed': mix(share)(now), 'mixed, 1 s.e.': mix(careful)(now), 'stacked': columns(now) @ stack}, careful


def weighted_area(scores, labels, weights):
    order = np.argsort(-scores, kind='stable')
    w, hit = weights[order], labels[order] * weights[order]
    seen = np.cumsum(w)
    return float((hit * np.cumsum(hit) / np.maximum(seen, 1e-9)).sum() / max(hit.sum(), 1e-9))


def interval(pairs, replicates=1000):
    """pairs: per origin (scores, scores of the other, labels)."""
    random, differences = np.random.default_rng(1), []
    for _ in range(replicates):
        drawn = []
        while len(drawn) < len(pairs):
            start = random.integers(len(pairs))
            drawn += [start, (start + 1) % len(pairs)]
        total = 0.0
        for o in drawn[:len(pairs)]:
            a, b, labels = pairs[o]
            w = random.poisson(1.0, len(labels)).astype(float)
            total += weighted_area(a, labels, w) - weighted_area(b, labels, w)
        differences.append(total / len(pairs))
    return np.quantile(differences, [0.025, 0.975])


def row_of(data, name, names):
    origins, rankings = data[name], rankings_of(data, name, names)
    reported = [t for t in range(len(origins)) if len(known(origins, t)) >= LEAST_EARLIER]
    if len(reported) < 2:
        return None
    chosen = {t: choose(origins, rankings, t) for t in reported}
    mean = lambda scores: np.mean([base.area(scores(t), origins[t][3]) for t in reported])
    best = max(base.BASELINES, key=lambda b: mean(lambda t: rankings[t][b]))
    figures = [mean(lambda t: chosen[t][0][m]) for m in METHODS] + [mean(lambda t: rankings[t][best])]
    paired = lambda m: (mean(lambda t: chosen[t][0][m]) - figures[-1], *interval([(chosen[t][0][m], rankings[t][best], origins[t][3]) for t in reported]))
    differences = [paired(m) for m in ('model', 'mixed, 1 s.e.', 'stacked')]
    cells = [name, str(len(reported))] + [f'{f:.3f}' for f in figures[:-1]] + [f'{figures[-1]:.3f} ({best})'] + [f'{d:+.3f} [{low:+.3f}, {high:+.3f}]' for d, low, high in differences]
    shares = [chosen[t][1] for t in reported]
    print(name, 'shares of the careful mixture:', shares, file=sys.stderr)
    return '| ' + ' | '.join(cells) + ' |', figures


def main():
    arguments, options = take_options({'--write': ''})
    page = options['--write']
    corpora, cache = arguments
    data = {name: base.origins_of(name, corpora, cache, HORIZON) for name in base.ABSTRACTS + base.TITLES}
    lines = ['| corpus | origins reported | ' + ' | '.join(METHODS) + ' | best after the fact | model − best [95 %] | mixed, 1 s.e. − best | stacked − best |', '| --- ' * (6 + len(METHODS)) + '|']
    print('\n'.join(lines))
    for kind, names in (('abstracts', base.ABSTRACTS), ('titles', base.TITLES)):
        all_figures = []
        for name in names:
            made = row_of(data, name, names)
            if made:
                lines.append(made[0])
                all_figures.append(made[1])
                print(lines[-1], flush=True)
        lines.append(f'| mean, {kind} | | ' + ' | '.join(f'{f:.3f}' for f in np.mean(all_figures, 0)) + ' | | | |')
        print(lines[-1], flush=True)
    if page:
        write_section(page, 'stacking', lines)


if __name__ == '__main__':
    main()
