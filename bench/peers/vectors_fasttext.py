#!/usr/bin/env python3
"""vectors_fasttext.py NEEDS.tsv SOLUTIONS.tsv PAIRS.tsv FOLDER words            FOLDER/words.txt: needs, then solutions ("id<TAB>text"), words parted by blanks
vectors_fasttext.py NEEDS.tsv SOLUTIONS.tsv PAIRS.tsv FOLDER score NAME.vec|NAME.f32...   recall@10, @50 and MRR of the known pairs by cosine of document vectors

.f32 are the documents' vectors of bench_vectors. .vec are word vectors of fastText (`fasttext skipgram -input FOLDER/words.txt -output ft -dim 64 -minn 0 -maxn 0 -thread 2`),
made into document vectors as ours are: weights a/(a + p) with a = 0.01, unit length, the first principal direction taken out.
"""
import re
import sys

import numpy as np

STOP = set("a an and are as at be but by for from has have in into is it its not of on or our such than that the their these this those to was were we which will with".split())


def read(path):
    return [line.rstrip("\n").split("\t", 1) for line in open(path, encoding="utf-8")]


def sif(path, lines):
    vectors = {}
    with open(path, encoding="utf-8") as file:
        next(file)
        for line in file:
            word, *values = line.split()
            vectors[word] = np.array(values, dtype=np.float32)
            vectors[word] /= np.linalg.norm(vectors[word]) or 1.0
    count, total = {}, 0
    for line in lines:
        for word in line:
            count[word] = count.get(word, 0) + 1
            total += 1
    rows = np.zeros((len(lines), len(next(iter(vectors.values())))), dtype=np.float32)
    for i, line in enumerate(lines):
        for word in line:
            if word in vectors:
                rows[i] += vectors[word] * (0.01 / (0.01 + count[word] / total))
    unit = lambda m: m / np.maximum(np.linalg.norm(m, axis=1, keepdims=True), 1e-12)
    rows = unit(rows)
    common = np.linalg.svd(rows, full_matrices=False)[2][0]
    return unit(rows - np.outer(rows @ common, common))


def main():
    needs, solutions, folder = read(sys.argv[1]), read(sys.argv[2]), sys.argv[4]
    if sys.argv[5] == "words":
        with open(f"{folder}/words.txt", "w", encoding="utf-8") as out:
            for _, text in needs + solutions:
                out.write(" ".join(w for w in re.findall(r"[a-z0-9]+", text.lower()) if len(w) > 1 and w not in STOP) + "\n")
        return
    place = {name: i for i, (name, _) in enumerate(solutions)}
    truth = {}
    for need, solution in read(sys.argv[3])[1:]:
        truth.setdefault(need, set()).add(place[solution])
    lines = [line.split() for line in open(f"{folder}/words.txt", encoding="utf-8")]
    for path in sys.argv[6:]:
        rows = sif(path, lines) if path.endswith(".vec") else np.fromfile(path, dtype=np.float32).reshape(len(lines), -1)
        found = np.argsort(-(rows[: len(needs)] @ rows[len(needs):].T), axis=1)
        recall, ranks = {10: [], 50: []}, []
        for i, (need, _) in enumerate(needs):
            if need in truth:
                for k in recall:
                    recall[k].append(len(truth[need] & set(found[i][:k])) / len(truth[need]))
                ranks.append(next(1 / (r + 1) for r, s in enumerate(found[i]) if s in truth[need]))
        print(f"{path}: recall@10 {np.mean(recall[10]):.3f} @50 {np.mean(recall[50]):.3f} MRR {np.mean(ranks):.3f} over {len(ranks)} needs")


if __name__ == "__main__":
    main()
