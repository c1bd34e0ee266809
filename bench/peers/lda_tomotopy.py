"""Fits tomotopy on a file of bench_lda and writes phi as float32 [topics][words]; evaluate it with `bench_lda evaluate`. Packages: bench/peers/requirements.txt.

usage: lda_tomotopy.py TRAIN WORDS TOPICS ITERATIONS WORKERS PHI [ALPHA_SUM]
"""
import sys
import time

import numpy
import tomotopy

train, words, topics, iterations, workers, phi_path = sys.argv[1], *map(int, sys.argv[2:6]), sys.argv[6]
alpha_sum = float(sys.argv[7]) if len(sys.argv) > 7 else 5.0
model = tomotopy.LDAModel(k=topics, alpha=alpha_sum / topics, eta=0.01, seed=1)
tokens = 0
for line in open(train):
    document = line.split()
    tokens += len(document)
    if document:
        model.add_doc(document)
model.optim_interval = 10
model.burn_in = iterations // 5
model.train(0, workers=workers)
start, cpu_start = time.time(), time.process_time()
model.train(iterations, workers=workers, show_progress=False)
seconds = time.time() - start
print(f"tomotopy {tomotopy.__version__} {tomotopy.isa}: {seconds:.2f} s ({time.process_time() - cpu_start:.2f} s of processors), {tokens * iterations / seconds / 1e6:.1f} Mtok/s")
phi = numpy.full((topics, words), 1e-12, dtype=numpy.float32)
columns = [int(word) for word in model.used_vocabs]
for k in range(topics):
    phi[k, columns] = model.get_topic_word_dist(k)
phi.tofile(phi_path)
