#!/usr/bin/env bash
# Fetches the two things Debian does not package, from their npm packages, by pinned version and SHA-512, into .deps/:
#   libduckdb.so        the official DuckDB library (npm @duckdb/node-bindings-linux-x64; MIT)
#   jieba.dict.utf8 ... the dictionary and the HMM of the jieba segmenter (npm nodejieba; MIT)
# Does nothing when they are there.
set -euo pipefail
cd "$(dirname "$0")/.."

. tools/fetch_npm.sh

fetch @duckdb/node-bindings-linux-x64 1.4.4-r.4 \
  8c14cbfd6bdfc312d3a056bfa551df4fa7a532d96d2469dcdf04aec590fd39f325b62b7d614755152dfbbc1150cd7313d59f0e5a3b528cc87eccf2b13b01cb1c \
  duckdb libduckdb.so
fetch nodejieba 3.5.8 \
  4c5883620115981810c00af5b158fb7abaf70a7db5ab13314cb03e2d3115a8a706aa0c09ba89c9116d20ea81f6fbb16130a25f916b2f963d52693ad65ded50f7 \
  jieba submodules/cppjieba/dict/jieba.dict.utf8 submodules/cppjieba/dict/hmm_model.utf8
