"""Fits gensim's LdaModel (online variational Bayes, one process) on a file of bench_lda and writes phi as float32 [topics][words]. Packages: bench/peers/requirements.txt.

usage: lda_gensim.py TRAIN WORDS TOPICS PASSES PHI
"""
import resource
import sys
import time

import gensim
import numpy

train, words, topics, passes, phi_path = sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5]
corpus = []
for line in open(train):
    numbers, counts = numpy.unique(numpy.array(line.split(), dtype=numpy.int64), return_counts=True)
    corpus.append(list(zip(numbers.tolist(), counts.tolist())))
start, cpu_start = time.time(), time.process_time()
model = gensim.models.LdaModel(corpus, num_topics=topics, id2word={i: str(i) for i in range(words)}, passes=passes, alpha=5.0 / topics, eta=0.01, chunksize=4000, random_state=1, eval_every=None)
print(f"gensim {gensim.__version__}: {time.time() - start:.2f} s, {time.process_time() - cpu_start:.2f} s of processors, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
model.get_topics().astype(numpy.float32).tofile(phi_path)
