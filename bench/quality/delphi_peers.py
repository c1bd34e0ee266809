#!/usr/bin/env python3
"""Consensus statistics against Python packages: bench/quality/delphi_peers.py bench_delphi_statistics

200 random tables of ratings (4 to 12 raters, 5 to 30 items, 5 categories; every other with missing ratings) are computed here and there; prints the largest difference of each figure and fails above 1e-9.
Needs: pip install -r bench/quality/requirements.txt

  Kendall's W, chi squared, p        pingouin.friedman (complete tables)
  Krippendorff's alpha, ordinal      krippendorff.alpha (irrCAC's "ordinal" are Gwet's weights, another figure)
  kappa, linear and quadratic        sklearn.metrics.cohen_kappa_score
  mean, sd, quartiles (type 7)       numpy
  bimodality                         scipy.stats.skew, kurtosis (bias=False)
  Tastle and Wierman's consensus     the formula written again in numpy
"""
import json
import math
import subprocess
import sys
import warnings

import krippendorff
import numpy
import pandas
import pingouin
import scipy.stats
import sklearn.metrics

TABLES, CATEGORIES = 200, 5


def table_of(rng, missing):
    raters, items = int(rng.integers(4, 13)), int(rng.integers(5, 31))
    centre = rng.uniform(1, CATEGORIES, items)
    ratings = numpy.clip(numpy.rint(centre + rng.normal(0, 1.2, (raters, items))), 1, CATEGORIES)
    if missing:
        ratings[rng.random((raters, items)) < 0.15] = numpy.nan
    return ratings


def peers_of(ratings):
    raters, items = ratings.shape
    complete = not numpy.isnan(ratings).any()
    found = {}
    if complete:
        wide = pandas.DataFrame(ratings, columns=[f"i{i}" for i in range(items)]).reset_index().melt(id_vars="index")
        friedman = pingouin.friedman(wide, dv="value", within="variable", subject="index").iloc[0]
        found["w"], found["w_chi_squared"] = friedman["W"], friedman["Q"]
        found["w_p"] = friedman[[name for name in friedman.index if name.lower().startswith("p")][0]]
    found["alpha"] = krippendorff.alpha(reliability_data=ratings, level_of_measurement="ordinal")
    both = ~numpy.isnan(ratings[0]) & ~numpy.isnan(ratings[1])
    a, b = ratings[0][both].astype(int), ratings[1][both].astype(int)
    for weights in ("linear", "quadratic"):
        found[f"kappa_{weights}"] = sklearn.metrics.cohen_kappa_score(a, b, labels=list(range(1, CATEGORIES + 1)), weights=weights)
    found["unchanged"] = (a == b).mean()
    found["net_change"] = sum(abs((a == k).sum() - (b == k).sum()) for k in range(1, CATEGORIES + 1)) / 2 / len(a)
    x = ratings[0][~numpy.isnan(ratings[0])]
    n = len(x)
    found["mean"], found["sd"] = x.mean(), x.std(ddof=1)
    found["q1"], found["q2"], found["q3"] = numpy.quantile(x, [0.25, 0.5, 0.75])
    if n > 3 and x.std() > 0:
        found["bimodality"] = (scipy.stats.skew(x, bias=False) ** 2 + 1) / (scipy.stats.kurtosis(x, bias=False) + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))
    found["consensus"] = 1 + sum((x == k).mean() * math.log2(1 - abs(k - x.mean()) / (CATEGORIES - 1)) for k in numpy.unique(x))
    return {name: float(value) for name, value in found.items()}


def main():
    warnings.simplefilter("ignore")
    rng = numpy.random.default_rng(7)
    tables = [table_of(rng, i % 2 == 1) for i in range(TABLES)]
    text = "".join(f"{t.shape[0]} {t.shape[1]}\n" + "".join(" ".join("NaN" if numpy.isnan(v) else str(int(v)) for v in row) + "\n" for row in t) for t in tables)
    ours = [json.loads(line) for line in subprocess.run([sys.argv[1], str(CATEGORIES)], input=text, capture_output=True, text=True, check=True).stdout.splitlines()]
    worst, compared = {}, {}
    for mine, ratings in zip(ours, tables, strict=True):
        for name, value in peers_of(ratings).items():
            own = mine[name]
            if own is None or math.isnan(value):
                if (own is None) != math.isnan(value):
                    sys.exit(f"{name}: {own} here, {value} there, of {ratings}")
                continue
            worst[name] = max(worst.get(name, 0.0), abs(own - value))
            compared[name] = compared.get(name, 0) + 1
    for name, difference in worst.items():
        print(f"{name:18} largest difference {difference:.2g} over {compared[name]} tables")
    if max(worst.values()) > 1e-9:
        sys.exit("above 1e-9")


if __name__ == "__main__":
    main()
