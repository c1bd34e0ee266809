#!/usr/bin/env bash
# Runs a workload of bench/ and prints its rows for docs/performance.md. Called by `./run bench NAME`.
#   import [MEGABYTES]   JSONL and JSONL.gz into a lake, against DuckDB's read_json -> Parquet on the same file
# Environment: BENCH_DIR (where files are made, default a folder of the temporary one), BENCH_REPEATS (3), BENCH_THREADS (2).
set -euo pipefail
cd "$(dirname "$0")/.."
dir=${BENCH_DIR:-${TMPDIR:-/tmp}/jianwei-bench}
repeats=${BENCH_REPEATS:-3}
threads=${BENCH_THREADS:-2}
jianwei=build/release/bin/jianwei
mkdir -p "$dir"

machine() {
  printf '%s, %s cores, %s GB' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(awk '/MemTotal/ {printf "%.0f", $2 / 1048576}' /proc/meminfo)"
}

# A Python with the DuckDB of our own version.
python_with_duckdb() {
  [ -x "$dir/venv/bin/python" ] || python3 -m venv "$dir/venv"
  "$dir/venv/bin/python" -c 'import duckdb' 2>/dev/null || "$dir/venv/bin/pip" install -q "$(grep ^duckdb== bench/peers/requirements.txt)"
  echo "$dir/venv/bin/python"
}

# timed FILE COMMAND...: appends "seconds cpu_seconds rss_megabytes" of the command to FILE.
timed() {
  local out=$1
  shift
  "$time_of" "$out" "$@"
}

median() { cut -d' ' -f"$2" "$1" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

bench_import() {
  local megabytes=${1:-450} base python
  base=$dir/openalex-$megabytes
  [ -f "$base.jsonl" ] || python3 bench/workloads/make_openalex_jsonl.py "$megabytes" "$base.jsonl"
  [ -f "$base.jsonl.gz" ] || gzip -6 -k "$base.jsonl"
  python=$(python_with_duckdb)
  time_of=bench/workloads/time_of.py
  echo "| date | commit | machine | file | MB | load | jianwei s | CPU s | peak MB | DuckDB s | CPU s | peak MB | ratio |"
  echo "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
  for file in "$base.jsonl" "$base.jsonl.gz"; do
    rm -f "$dir"/ours.txt "$dir"/peer.txt
    cat "$file" >/dev/null  # both find it in the page cache
    for _ in $(seq "$repeats"); do
      rm -rf "$dir/ws" "$dir/peer.parquet"
      "$jianwei" init "$dir/ws" >/dev/null
      timed "$dir/ours.txt" "$jianwei" import "$dir/ws" -q --no-merge --threads "$threads" "$file"
      timed "$dir/peer.txt" "$python" bench/peers/read_json_duckdb.py "$file" "$dir/peer.parquet" "$threads"
    done
    local ours peer
    ours=$(median "$dir/ours.txt" 1)
    peer=$(median "$dir/peer.txt" 1)
    printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$(date +%F)" "$(git rev-parse --short HEAD)" "$(machine)" "${file##*/}" \
      "$(($(stat -L -c %s "$file") / 1000000))" "$(cut -d' ' -f1 /proc/loadavg)" "$ours" "$(median "$dir/ours.txt" 2)" "$(median "$dir/ours.txt" 3)" \
      "$peer" "$(median "$dir/peer.txt" 2)" "$(median "$dir/peer.txt" 3)" "$(awk "BEGIN {printf \"%.2f\", $peer / $ours}")"
  done
}

case "${1:-}" in
  import) shift; bench_import "$@" ;;
  *) sed -n '2,4p' "$0"; exit 2 ;;
esac
