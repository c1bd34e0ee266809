#!/usr/bin/env bash
# Runs one script in a fresh folder that is removed afterwards. The script's helpers:
#   expect CODE COMMAND...   the command must end with this exit code; its output is in ./out and ./err
#   json EXPRESSION          evaluates a Python expression on `d`, the JSON in ./out
#   check EXPRESSION         the same must be true
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

fail() { echo "FAILED: $*" >&2; exit 1; }
expect() {
  local wanted=$1 got=0
  shift
  "$@" >out 2>err || got=$?
  [ "$got" = "$wanted" ] || { tail -c 1200 out err >&2; fail "exit code $got, expected $wanted: $*"; }
}
json() { python3 -c 'import json,sys; d=json.load(open("out")); print(eval(sys.argv[1]))' "$1"; }
check() { [ "$(json "$1")" = True ] || { tail -c 1200 out >&2; fail "$1"; }; }
says() { grep -q -- "$1" err out || { tail -c 1200 out err >&2; fail "nothing says '$1'"; }; }

source "$1"
