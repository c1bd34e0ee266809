#!/usr/bin/env python3
"""Does the vocabulary hold the authors' own English keywords? Standard library only.

  author_keywords.py BENCH_TERMS FILE.bib.gz... [--min N]

The keywords are withheld from the program (--no-keywords). Gold: keywords of one to four words that stand in the title or abstract of at least N (5) records. Found: a term wears the keyword as label or form.
Compared with as many terms as the program gives, the most frequent n-grams of one to four words without a function word at their ends. Words are folded alike: lower case, no hyphens, plural s off.
Precision: terms that some author gave as keyword. Intervals: 2,000 bootstrap samples of the keywords."""
import collections
import gzip
import html
import os
import random
import re
import subprocess
import sys
import tempfile

WORD = re.compile(r"[^\W_]+")
EDGE = set("a an the of in on for to and or by with from as at is are was were be been this that these those it its we our they their which can not have has using use used based such between into than more also both "
           "other each many most some all one two new how what when where while however but if so no do does i".split())


def fold(text):
    words = WORD.findall(text.lower())
    return tuple(w[:-3] + "y" if len(w) > 4 and w.endswith("ies") else w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "us", "is")) else w for w in words)


def records(path):
    text = gzip.open(path, "rt", encoding="utf-8", errors="replace").read()
    for entry in re.split(r"\n@", text):
        def field(name):
            found = re.search(r"\b" + name + r"\s*=\s*[{\"](.*?)[}\"]\s*,?\s*\n", entry, re.S | re.I)
            return re.sub(r"\s+", " ", html.unescape(found[1])) if found else ""
        if field("title"):
            yield field("year"), field("title"), field("abstract"), [k.strip() for k in re.split(r"[,;]", field("keywords")) if k.strip()]


def interval(values):
    rng = random.Random(1)
    means = sorted(sum(rng.choices(values, k=len(values))) / len(values) for _ in range(2000))
    return means[50], means[1949]


def main():
    arguments, least = sys.argv[1:], 5
    if "--min" in arguments:
        at = arguments.index("--min")
        least = int(arguments[at + 1])
        del arguments[at:at + 2]
    bench, *paths = arguments
    rows = [r for p in paths for r in records(p)]
    keywords = {fold(k) for _, _, _, given in rows for k in given}
    keywords = {k for k in keywords if 1 <= len(k) <= 4}
    stand, frequent = collections.Counter(), collections.Counter()
    for _, title, abstract, _ in rows:
        grams = set()
        for part in re.split(r"[.;:,!?()]", title + ". " + abstract):
            words = fold(part)
            grams.update(words[i:i + n] for n in range(1, 5) for i in range(len(words) - n + 1))
        stand.update(grams & keywords)
        frequent.update(g for g in grams if g[0] not in EDGE and g[-1] not in EDGE and not g[0].isdigit())
    gold = sorted(k for k in keywords if stand[k] >= least)
    with tempfile.TemporaryDirectory() as folder:
        tsv, out = os.path.join(folder, "texts.tsv"), os.path.join(folder, "terms.txt")
        with open(tsv, "w", encoding="utf-8") as file:
            for year, title, abstract, _ in rows:
                file.write(f"{year}\t{title}\t{abstract}\t\n")
        subprocess.run([bench, tsv, "--no-keywords", "--min", str(least), "--list", out], check=True, capture_output=True)
        terms = []
        for line in open(out, encoding="utf-8"):
            cells = line.rstrip("\n").split("\t")
            if cells[0] != "pair":
                terms.append({fold(f) for f in [cells[4], *cells[5].split("|")]})
    ours = set().union(*terms)
    most = {g for g, _ in sorted(frequent.items(), key=lambda item: (-item[1], item[0]))[:len(terms)]}
    print(f"{len(rows)} records, {len(gold)} keywords, {len(terms)} terms")
    found = {}
    for name, forms, right in (("Jianwei", ours, [1.0 if t & keywords else 0.0 for t in terms]), ("most frequent n-grams", most, [1.0 if g in keywords else 0.0 for g in most])):
        found[name] = [1.0 if k in forms else 0.0 for k in gold]
        low, high = interval(found[name])
        print(f"{name:22} recall {sum(found[name]) / len(gold):.3f} [{low:.3f}, {high:.3f}]; precision {sum(right) / len(right):.3f}")
    low, high = interval([a - b for a, b in zip(*found.values())])
    print(f"difference of recall {(sum(found['Jianwei']) - sum(found['most frequent n-grams'])) / len(gold):+.3f} [{low:+.3f}, {high:+.3f}]")
    missed = collections.Counter({k: stand[k] for k, hit in zip(gold, found["Jianwei"]) if not hit})
    print("most frequent missed: " + ", ".join(" ".join(k) for k, _ in missed.most_common(15)))


main()
