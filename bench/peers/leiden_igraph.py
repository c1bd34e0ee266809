"""Runs igraph's Leiden (modularity) on a file of bench_leiden. Packages: bench/peers/requirements.txt.  usage: leiden_igraph.py FILE [ITERATIONS]"""
import sys
import time

import igraph
import numpy

edges = numpy.loadtxt(sys.argv[1], dtype=numpy.int64)
graph = igraph.Graph(n=int(edges.max()) + 1, edges=edges)
start, cpu_start = time.time(), time.process_time()
result = graph.community_leiden(objective_function="modularity", n_iterations=int(sys.argv[2]) if len(sys.argv) > 2 else 2)
seconds = time.time() - start
print(f"igraph {igraph.__version__}: {seconds:.2f} s ({time.process_time() - cpu_start:.2f} s of processors), {graph.ecount() / seconds / 1e6:.2f} M edges/s, modularity {result.modularity:.5f}, {len(result)} communities")
