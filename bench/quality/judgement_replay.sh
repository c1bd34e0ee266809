#!/usr/bin/env bash
# How many of 200 random judgements are applied again by themselves when a fifth more records of a real corpus come: judgement_replay.sh PATH...
# Imports the paths, deals the merged records 5:1 into two RIS files and runs the test of the ledger on them (src/workflow/judgement/replay_test.cpp).
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
bin=${JIANWEI_BIN:-$root/build/release/bin}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$bin/jianwei" init "$folder/ws" -q
"$bin/jianwei" import "$folder/ws" "$@" -q
"$bin/jianwei" export "$folder/ws" records -o "$folder/all.ris" -q
python3 - "$folder" <<'PY'
import sys
folder = sys.argv[1]
records = [r + "ER  - \n" for r in open(f"{folder}/all.ris", encoding="utf-8").read().split("ER  -")[:-1]]
with open(f"{folder}/most.ris", "w", encoding="utf-8") as most, open(f"{folder}/more.ris", "w", encoding="utf-8") as more:
    for i, record in enumerate(records):
        (more if i % 6 == 3 else most).write(record.lstrip("\n\r ") + "\n")
PY
JIANWEI_REPLAY_FILES="$folder/most.ris:$folder/more.ris" JIANWEI_SHARE=${JIANWEI_SHARE:-$bin/../share/jianwei} "$bin/test_workflow_replay"
