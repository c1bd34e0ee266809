"""The share of the ten best that two result files of the search benchmark have in common.  usage: same_hits.py A B"""
import sys

a, b = ([line.split() for line in open(path, encoding="utf-8")] for path in sys.argv[1:3])
shares = [len(set(x) & set(y)) / max(len(x), len(y), 1) for x, y in zip(a, b, strict=True)]
print(f"{sum(shares) / len(shares):.4f} of the ten best in common, {sum(x == y for x, y in zip(a, b)) / len(a):.4f} of the lists the same")
