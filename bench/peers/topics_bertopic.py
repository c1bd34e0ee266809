#!/usr/bin/env python3
"""topics_bertopic.py GOLD.tsv TOPICS [THREADS]: BERTopic on the labelled texts of bench_topics ("text<TAB>split<TAB>label"), judged as there.

BERTopic needs vectors; a pretrained encoder cannot be had offline, so it gets what its documentation offers for that case, TF-IDF reduced by SVD to 100 dimensions
(pip install -r bench/peers/requirements.txt; pip install --no-deps bertopic==0.17.4). The rest are its defaults (UMAP 15 neighbours, 5
dimensions, cosine; HDBSCAN; c-TF-IDF), with nr_topics as asked for. Outliers (topic -1) count as one more group, and once more as BERTopic's own reduce_outliers() places them.
"""
import math
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["NUMBA_NUM_THREADS"] = sys.argv[3] if len(sys.argv) > 3 else "2"
import numpy as np
from bertopic import BERTopic
from hdbscan import HDBSCAN
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize
from umap import UMAP


def agreement(found, labels):
    n, cells = len(found), {}
    for f, l in zip(found, labels):
        cells[f, l] = cells.get((f, l), 0) + 1
    rows, columns = {}, {}
    for (f, l), c in cells.items():
        rows[f], columns[l] = rows.get(f, 0) + c, columns.get(l, 0) + c
    entropy = lambda counts: -sum(c / n * math.log(c / n) for c in counts.values())
    mutual = sum(c / n * math.log(c * n / (rows[f] * columns[l])) for (f, l), c in cells.items())
    largest = {}
    for (f, _), c in cells.items():
        largest[f] = max(largest.get(f, 0), c)
    return mutual / ((entropy(rows) + entropy(columns)) / 2), sum(largest.values()) / n


def npmi(words, holds, n):
    values = []
    for i, a in enumerate(words):
        for b in words[:i]:
            both = len(holds[a] & holds[b]) / n
            values.append(-1.0 if both == 0 else 1.0 if both == 1 else math.log(both / (len(holds[a]) / n * len(holds[b]) / n)) / -math.log(both))
    return sum(values) / len(values)


def main():
    lines = [line.rstrip("\n").split("\t") for line in open(sys.argv[1])]
    texts, labels = [l[0] for l in lines], [l[2] for l in lines]
    split = str.split
    wall, cpu = time.time(), time.process_time()
    tfidf = TfidfVectorizer(tokenizer=split, lowercase=False, token_pattern=None, min_df=3)
    vectors = normalize(TruncatedSVD(100, random_state=1).fit_transform(tfidf.fit_transform(texts)))
    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=1)
    size = max(10, len(texts) // (20 * int(sys.argv[2])))
    model = BERTopic(embedding_model=None, umap_model=umap, hdbscan_model=HDBSCAN(min_cluster_size=size, prediction_data=True), nr_topics=int(sys.argv[2]),
                     vectorizer_model=CountVectorizer(tokenizer=split, lowercase=False, token_pattern=None), calculate_probabilities=False)
    topics, _ = model.fit_transform(texts, vectors)
    wall, cpu = time.time() - wall, time.process_time() - cpu
    placed = model.reduce_outliers(texts, topics, strategy="c-tf-idf")
    holds = {}
    for d, text in enumerate(texts):
        for word in set(text.split()):
            holds.setdefault(word, set()).add(d)
    coherence = [npmi([w for w, _ in model.get_topic(t)][:10], holds, len(texts)) for t in sorted(set(topics)) if t >= 0]
    for name, found in (("as it is", topics), ("outliers placed", placed)):
        nmi, purity = agreement(found, labels)
        print(f"BERTopic {name}: topics {len(set(topics)) - (-1 in topics)} outliers {found.count(-1) / len(found) if isinstance(found, list) else np.mean(np.array(found) == -1):.3f} "
              f"NMI {nmi:.3f} purity {purity:.3f} NPMI {np.mean(coherence):.3f} wall {wall:.1f} cpu {cpu:.1f}")


if __name__ == "__main__":
    main()
