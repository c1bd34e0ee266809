"""umap-learn on float32 vectors of bench_neighbours; writes x, y as float32. Packages: bench/peers/requirements.txt.  usage: map_umap.py FILE ROWS DIMENSIONS POINTS THREADS"""
import resource
import sys
import time

import numba
import numpy
import umap

path, rows, dimensions, out, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
numba.set_num_threads(threads)
vectors = numpy.fromfile(path, dtype=numpy.float32, count=rows * dimensions).reshape(rows, dimensions)
settings = dict(n_neighbors=15, metric="cosine", n_epochs=200, n_jobs=threads, low_memory=False)
umap.UMAP(**settings).fit_transform(vectors[:6000])  # compiles
start, cpu_start = time.time(), time.process_time()
points = umap.UMAP(**settings).fit_transform(vectors)
print(f"umap-learn {umap.__version__}: {time.time() - start:.2f} s, {time.process_time() - cpu_start:.2f} s of processors, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
points.astype(numpy.float32).tofile(out)
