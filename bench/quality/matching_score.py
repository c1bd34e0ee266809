"""Scores the CSV of `jianwei match` against known pairs: recall@10/20/50 and MRR over the needs that have a pair.
usage: matching_score.py MATCHES.csv PAIRS.tsv"""
import csv
import sys
from collections import defaultdict

truth = defaultdict(set)
with open(sys.argv[2], encoding="utf-8") as file:
    next(file)
    for line in file:
        need, solution = line.rstrip("\n").split("\t")
        truth[need].add(solution)
found = defaultdict(list)
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    for row in csv.DictReader(file):
        found[row["need"]].append(row["solution"])
for k in (10, 20, 50):
    print(f"recall@{k} {sum(len(truth[n] & set(found[n][:k])) / len(truth[n]) for n in truth) / len(truth):.4f}")
ranks = [next((1 / (i + 1) for i, s in enumerate(found[n]) if s in truth[n]), 0.0) for n in truth]
print(f"MRR {sum(ranks) / len(ranks):.4f} over {len(truth)} needs")
