"""bm25s on the files of search_texts.py: Lucene's formula, k1 1.2, b 0.75, one thread. Packages: bench/peers/requirements.txt.  usage: search_bm25s.py DOCUMENTS QUERIES HITS [numba|numpy]"""
import sys
import time

import bm25s

backend = sys.argv[4] if len(sys.argv) > 4 else "numba"
documents = [line.split() for line in open(sys.argv[1], encoding="utf-8")]
queries = [line.split() for line in open(sys.argv[2], encoding="utf-8")]
start, cpu_start = time.time(), time.process_time()
index = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend=backend)
index.index(documents, show_progress=False)
cpu = time.process_time() - cpu_start
print(f"bm25s {bm25s.__version__} {backend} index: {time.time() - start:.2f} s, {cpu:.2f} s of processors, {len(documents) / cpu:.0f} documents a processor second")
index.retrieve(queries[:20], k=10, show_progress=False, n_threads=1)  # compiles
start, cpu_start = time.time(), time.process_time()
hits, _ = index.retrieve(queries, k=10, show_progress=False, n_threads=1)
cpu = time.process_time() - cpu_start
print(f"bm25s search: {time.time() - start:.2f} s, {cpu:.3f} s of processors, {len(queries) / cpu:.0f} queries a processor second")
with open(sys.argv[3], "w", encoding="utf-8") as file:
    for row in hits:
        file.write(" ".join(map(str, row)) + "\n")
