#!/usr/bin/env bash
# grow.sh JIANWEI FOLDER MOST... -- FEW...: imports MOST into a new workspace FOLDER and runs it, then imports FEW and runs again; prints seconds of processors, wall and peak kB.
set -euo pipefail
jianwei=$1 workspace=$2
shift 2
most=()
while [ "$1" != -- ]; do most+=("$1"); shift; done
shift
timed() { local name=$1; shift; /usr/bin/time -f "$name: %U + %S s of processors, %e s, %M kB" "$@" 2>&1 >/dev/null | tail -1; }
"$jianwei" init "$workspace" >/dev/null
timed "import, from nothing" "$jianwei" import "$workspace" -q "${most[@]}"
timed "run, from nothing" "$jianwei" run "$workspace" --json
timed "import, grown" "$jianwei" import "$workspace" -q "$@"
timed "run, grown" "$jianwei" run "$workspace" --json
