#!/usr/bin/env bash
# with_postgres.sh COMMAND...: runs a command beside a PostgreSQL server of its own, in a fresh folder, on a free port of the loopback; the URL of an empty database is in
# JIANWEI_TEST_POSTGRES. The server is stopped and its folder removed afterwards. Exit code 77 (skipped) where PostgreSQL is not installed.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: skipped"; exit 77; }
folder=$(mktemp -d)
as=()
# PostgreSQL refuses to run as root.
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as=(runuser -u postgres --)
fi
chmod 755 "$folder"
stop() { "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
cd /
"${as[@]}" "$bin/initdb" -D "$folder/data" -U jianwei --auth=trust --encoding=UTF8 --locale=C >/dev/null
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/log" -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null || { tail -5 "$folder/log" >&2; exit 1; }
"${as[@]}" "$bin/createdb" -h 127.0.0.1 -p "$port" -U jianwei jianwei
cd "$OLDPWD"
JIANWEI_TEST_POSTGRES="postgresql://jianwei@127.0.0.1:$port/jianwei" "$@"
