#!/usr/bin/env python3
"""titles_splink.py FILE.tsv [THREADS] [THRESHOLD]: Splink (DuckDB backend) on the records of bench/workloads/make_titles.py. Packages: bench/peers/requirements.txt.

Blocking and comparisons follow Splink's own guide for bibliographic text: Jaro-Winkler levels on title and first author, years, venues;
blocks on the first letters of the title, on the last ones, and on the first author's family name with the year; u from random pairs, m by EM under
two blocks. Prints seconds, seconds of processors and the quality against the planted duplicates at the best of several thresholds, which favours Splink.
"""
import resource
import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

path = sys.argv[1]
threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
connection = duckdb.connect()
connection.execute("SET threads = %d" % threads)
connection.execute(
    """CREATE TABLE records AS SELECT column0 AS unique_id, column1 AS work, lower(regexp_replace(column3, '[^A-Za-z0-9 ]', '', 'g')) AS title,
    lower(string_split(column4, '; ')[1]) AS author, column5 AS year, nullif(lower(column6), '') AS venue
    FROM read_csv('%s', delim='\\t', header=false, quote='', escape='')""" % path)
connection.execute(
    """ALTER TABLE records ADD COLUMN family VARCHAR""")
connection.execute(
    """UPDATE records SET family = CASE WHEN author LIKE '%,%' THEN string_split(author, ',')[1] ELSE list_last(string_split(author, ' ')) END""")

start, usage = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
settings = SettingsCreator(
    link_type="dedupe_only",
    blocking_rules_to_generate_predictions=[
        block_on("substr(title, 1, 12)"),
        block_on("right(title, 12)"),
        block_on("family", "year"),
    ],
    comparisons=[
        cl.JaroWinklerAtThresholds("title", [0.97, 0.92, 0.85]),
        cl.JaroWinklerAtThresholds("family", [0.92]),
        cl.ExactMatch("year"),
        cl.JaroWinklerAtThresholds("venue", [0.9]),
    ],
)
api = DuckDBAPI(connection=connection)
linker = Linker(api.register("records"), settings)
linker.training.estimate_probability_two_random_records_match([block_on("title")], recall=0.5)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("family", "year"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("substr(title, 1, 12)"))
predicted = linker.inference.predict(threshold_match_probability=0.5)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.95)
seconds = time.monotonic() - start
after = resource.getrusage(resource.RUSAGE_SELF)
processors = after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime

PAIRS = "coalesce(sum(n * (n - 1) / 2), 0)"
real = connection.execute("SELECT %s FROM (SELECT count(*) n FROM records GROUP BY work)" % PAIRS).fetchone()[0]
candidates = connection.execute("SELECT count(*) FROM %s" % predicted.physical_name).fetchone()[0]
best = None
for threshold in (0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999):
    name = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=threshold).physical_name
    found = connection.execute("SELECT %s FROM (SELECT count(*) n FROM %s GROUP BY cluster_id)" % (PAIRS, name)).fetchone()[0]
    right = connection.execute("SELECT %s FROM (SELECT count(*) n FROM %s c JOIN records r USING (unique_id) GROUP BY cluster_id, r.work)" % (PAIRS, name)).fetchone()[0]
    precision, recall = right / max(found, 1), right / max(real, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    if best is None or f1 > best[0]:
        best = (f1, precision, recall, threshold)
print("records %d pairs above 0.5: %d seconds %.2f cpu_seconds %.2f precision %.4f recall %.4f f1 %.4f (threshold %g) peak_mb %d" % (
    connection.execute("SELECT count(*) FROM records").fetchone()[0], candidates, seconds, processors, best[1], best[2], best[0], best[3], after.ru_maxrss // 1024))
