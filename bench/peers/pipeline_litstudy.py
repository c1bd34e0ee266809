#!/usr/bin/env python3
"""pipeline_litstudy.py TOPICS FILE.bib...: what litstudy does of `jianwei import` and `jianwei run`: read BibTeX, drop duplicates, words and bigrams, NMF topics,
co-author network, histogram of years (bench/peers/requirements.txt). Prints processor seconds of each step; reads no .gz."""
import sys
import time

import litstudy


def timed(name, work):
    start = time.process_time()
    result = work()
    print(f"{name} {time.process_time() - start:.1f}", flush=True)
    return result


def main():
    documents = None
    for path in sys.argv[2:]:
        loaded = timed(f"read {path}", lambda: litstudy.load_bibtex(path))
        documents = loaded if documents is None else documents | loaded
    documents = timed("unique", lambda: documents.unique())
    print("documents", len(documents))
    corpus = timed("words and bigrams", lambda: litstudy.build_corpus(documents, ngram_threshold=0.8))
    timed("topics", lambda: litstudy.train_nmf_model(corpus, int(sys.argv[1]), seed=1))
    timed("co-authors", lambda: litstudy.build_coauthor_network(documents))
    timed("years", lambda: litstudy.compute_year_histogram(documents))
    print(f"all {time.process_time():.1f}")


if __name__ == "__main__":
    main()
