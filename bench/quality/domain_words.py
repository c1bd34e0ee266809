#!/usr/bin/env python3
"""Do domain words recover the authors' own Chinese keywords as terms?

  domain_words.py TSV BENCH_TERMS [--min N]

TSV as read by bench_terms. The keywords are withheld from the program (--no-keywords); a keyword counts when it is Chinese, 2 to 14
characters, and stands in the text of at least N documents. Recall: the vocabulary has a term that wears it as label or form. Precision:
the share of Chinese terms that some author gave as a keyword. Intervals: 2,000 bootstrap samples of keywords (terms)."""
import random
import re
import subprocess
import sys
import tempfile

HAN = re.compile(r"^[一-鿿]{2,14}$")


def vocabulary(bench, tsv, least, extra):
    with tempfile.NamedTemporaryFile(suffix=".txt") as out:
        log = subprocess.run([bench, tsv, "--no-keywords", "--min", str(least), "--list", out.name, *extra], check=True, capture_output=True, text=True).stdout
        terms = []
        for line in open(out.name, encoding="utf-8"):
            cells = line.rstrip("\n").split("\t")
            if cells[0] != "pair" and cells[3] == "zh":
                terms.append({cells[4], *cells[5].split("|")})
    return terms, log


def interval(values):
    rng = random.Random(1)
    means = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(2000))
    return means[50], means[1949]


def main():
    tsv, bench = sys.argv[1:3]
    least = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    texts, keywords = [], set()
    for line in open(tsv, encoding="utf-8"):
        cells = (line.rstrip("\n").split("\t") + [""] * 4)[:4]
        texts.append(cells[1] + "\t" + cells[2])
        keywords.update(k for k in cells[3].split("|") if HAN.match(k))
    held = {k: 0 for k in keywords}
    for text in texts:
        runs = re.findall(r"[一-鿿]+", text)
        seen = {run[i:i + n] for run in runs for i in range(len(run)) for n in range(2, 15) if i + n <= len(run)}
        for k in seen & keywords:
            held[k] += 1
    gold = sorted(k for k, n in held.items() if n >= least)
    found = {}
    for name, extra in (("dictionary alone", []), ("with domain words", ["--domain-words"])):
        terms, log = vocabulary(bench, tsv, least, extra)
        forms = set().union(*terms)
        found[name] = [1.0 if k in forms else 0.0 for k in gold]
        right = [1.0 if term & keywords else 0.0 for term in terms]
        print(f"{name:18} recall {sum(found[name]) / len(gold):.4f} [{interval(found[name])[0]:.4f}, {interval(found[name])[1]:.4f}] of {len(gold)} keywords; "
              f"precision {sum(right) / len(right):.4f} [{interval(right)[0]:.4f}, {interval(right)[1]:.4f}] of {len(right)} Chinese terms")
        print("\n".join("  " + row for row in log.splitlines() if row.startswith(("domain", "terms", "tokenize"))))
    before, after = found.values()
    difference = [b - a for a, b in zip(before, after)]
    low, high = interval(difference)
    print(f"recall difference {sum(difference) / len(gold):+.4f} [{low:+.4f}, {high:+.4f}], won {difference.count(1.0)}, lost {difference.count(-1.0)}")
    if "--show" in sys.argv:
        for k, d in zip(gold, difference):
            if d:
                print("won " if d > 0 else "lost", k, held[k])


main()
