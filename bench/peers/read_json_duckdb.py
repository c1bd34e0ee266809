#!/usr/bin/env python3
"""read_json_duckdb.py FILE OUT.parquet THREADS [SAMPLE_SIZE]: the peer of the workload `import`. Packages: bench/peers/requirements.txt.

SAMPLE_SIZE is DuckDB's own default (20480 records) unless given; -1, which looks at the whole file first, takes two to three times as long.
"""
import sys

import duckdb

connection = duckdb.connect()
connection.execute("SET threads = %d" % int(sys.argv[3]))
sample_size = int(sys.argv[4]) if len(sys.argv) > 4 else 20480
connection.execute("COPY (SELECT * FROM read_json('%s', sample_size = %d, maximum_object_size = 134217728)) TO '%s' (FORMAT parquet)" % (sys.argv[1], sample_size, sys.argv[2]))
