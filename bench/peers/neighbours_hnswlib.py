"""Runs hnswlib on a file of bench_neighbours. Packages: bench/peers/requirements.txt.  usage: neighbours_hnswlib.py FILE ROWS DIMENSIONS QUERIES THREADS"""
import sys
import time

import hnswlib
import numpy

rows, dimensions, query_count, threads = (int(a) for a in sys.argv[2:6])
values = numpy.fromfile(sys.argv[1], dtype=numpy.float32).reshape(-1, dimensions)[:rows]
table, queries = values[:-query_count], values[-query_count:]
truth = numpy.empty((query_count, 10), dtype=numpy.int64)
for begin in range(0, query_count, 500):
    truth[begin : begin + 500] = numpy.argpartition(-(queries[begin : begin + 500] @ table.T), 10, axis=1)[:, :10]
for build_width in (100, 200):
    index = hnswlib.Index(space="ip", dim=dimensions)
    index.init_index(max_elements=len(table), M=16, ef_construction=build_width)
    index.set_num_threads(threads)
    start, cpu = time.time(), time.process_time()
    index.add_items(table)
    cpu = time.process_time() - cpu
    print(f"hnswlib build width {build_width}: {time.time() - start:.2f} s, {cpu:.2f} s of processors, {len(table) / cpu:.0f} rows a processor second")
    index.set_num_threads(1)
    for width in (10, 15, 20, 30, 50, 100, 200):
        index.set_ef(width)
        cpu = time.process_time()
        found, _ = index.knn_query(queries, k=10)
        cpu = time.process_time() - cpu
        hits = sum(len(set(a) & set(b)) for a, b in zip(found.tolist(), truth.tolist()))
        print(f"  width {width:4}: recall@10 {hits / (10 * query_count):.4f}, {query_count / cpu:.0f} queries a processor second")
