# The ledger moved to a team's PostgreSQL and home: the same chain, seen by every command, in every backup.
[ -n "${JIANWEI_TEST_POSTGRES:-}" ] || exit 77
"$JIANWEI" init ws >/dev/null
"$JIANWEI" import ws "$ROOT/tests/data/ris" >/dev/null 2>&1
for word in said seen; do expect 0 "$JIANWEI" terms stop ws $word --reason test --by ann; done
expect 0 "$JIANWEI" judge verify ws --json && cp out home.json
expect 2 "$JIANWEI" judge place ws --to mysql://db
expect 6 "$JIANWEI" judge place ws --to postgresql://nobody@127.0.0.1:1/none
expect 0 "$JIANWEI" judge place ws --to "$JIANWEI_TEST_POSTGRES" --json
check 'd["location"].startswith("postgresql://") and d["name"].startswith("ws-") and d["events"] == 2 and d["head"] == json.load(open("home.json"))["head"]'
expect 0 "$JIANWEI" terms undo ws 1 --reason "a name" --by bob
expect 0 "$JIANWEI" judge verify ws --json && check 'd["events"] == 3' && cp out away.json
[ "$(python3 -c 'import sqlite3; print(sqlite3.connect("ws/app.db").execute("SELECT count(*) FROM ledger").fetchone()[0])')" = 0 ] || fail "events stayed in app.db"
# Two processes at once: one chain.
( for i in 1 2 3 4 5 6; do "$JIANWEI" terms stop ws "left$i" --reason test --wait >/dev/null 2>&1 || touch failed; done ) &
for i in 1 2 3 4 5 6; do expect 0 "$JIANWEI" terms stop ws "right$i" --reason test --wait; done
wait
[ ! -e failed ] || fail "an append failed beside another process"
expect 0 "$JIANWEI" judge verify ws --json && check 'd["events"] == 15' && cp out away.json
# A second workspace in the same database has a chain of its own.
"$JIANWEI" init other >/dev/null
expect 0 "$JIANWEI" judge place other --to "$JIANWEI_TEST_POSTGRES" --json && check 'd["events"] == 0'
expect 0 "$JIANWEI" terms stop other alone --reason test
expect 0 "$JIANWEI" judge verify other --json && check 'd["events"] == 1'
# The backup stands alone; the original goes on where it is.
expect 0 "$JIANWEI" backup ws -o ws.tar.zst
expect 0 "$JIANWEI" restore ws.tar.zst copy
expect 0 "$JIANWEI" judge place copy --json && check 'd["location"] == "app.db" and d["events"] == 15 and d["head"] == json.load(open("away.json"))["head"]'
expect 0 "$JIANWEI" terms stop copy more --reason test
expect 0 "$JIANWEI" judge verify ws --json && check 'd["events"] == 15'
expect 0 "$JIANWEI" judge place ws --to app.db --json && check 'd["location"] == "app.db" and d["events"] == 15 and d["head"] == json.load(open("away.json"))["head"]'
[ "$(psql "$JIANWEI_TEST_POSTGRES" -Atc "SELECT count(*) FROM ledger")" = 1 ] || fail "events stayed in PostgreSQL"
