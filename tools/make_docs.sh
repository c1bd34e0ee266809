#!/usr/bin/env bash
# Remakes the pictures of the READMEs from the demo's reports.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f demo/report.html ] || ./tools/demo.sh
mkdir -p docs/images
sandbox=(); [ "$(id -u)" = 0 ] && sandbox=(--no-sandbox)
for suffix in '' -zh; do
  chromium --headless "${sandbox[@]}" --disable-gpu --hide-scrollbars --window-size=1280,1500 --screenshot="$PWD/docs/images/report$suffix.png" \
    "file://$PWD/demo/report$suffix.html#emergence" 2>/dev/null
done
ls -la docs/images
