"""Runs NetworKit's parallel Leiden (modularity) on a file of bench_leiden. Packages: bench/peers/requirements.txt.  usage: leiden_networkit.py FILE [ITERATIONS] [THREADS]"""
import sys
import time

import networkit
import numpy

networkit.setNumberOfThreads(int(sys.argv[3]) if len(sys.argv) > 3 else 2)
edges = numpy.loadtxt(sys.argv[1], dtype=numpy.int64)
graph = networkit.Graph(int(edges.max()) + 1)
for source, target in edges:
    graph.addEdge(int(source), int(target))
iterations = int(sys.argv[2]) if len(sys.argv) > 2 else 3
for name, make in (
    ("ParallelLeiden", lambda: networkit.community.ParallelLeiden(graph, False, iterations, 1.0)),
    ("PLM (Louvain)", lambda: networkit.community.PLM(graph)),
):
    start, cpu_start = time.time(), time.process_time()
    algorithm = make()
    algorithm.run()
    seconds, cpu = time.time() - start, time.process_time() - cpu_start
    partition = algorithm.getPartition()
    modularity = networkit.community.Modularity().getQuality(partition, graph)
    print(
        f"NetworKit {networkit.__version__} {name}: {seconds:.2f} s ({cpu:.2f} s of processors), {graph.numberOfEdges() / seconds / 1e6:.2f} M edges/s, "
        f"modularity {modularity:.5f}, {partition.numberOfSubsets()} communities"
    )
