# A backup made while others write, restored, equal; damage is found.
"$JIANWEI" init ws >/dev/null
"$JIANWEI" import ws "$ROOT/tests/data/ris" >/dev/null 2>&1
"$JIANWEI" status ws --json >before
# Written to and read from while it is packed.
( for i in 1 2 3 4 5; do "$JIANWEI" terms stop ws "word$i" --reason test >/dev/null 2>&1; done ) &
expect 0 "$JIANWEI" backup ws -o ws.tar.zst --json
check 'd["files"] >= 4 and d["bytes"] > 0'
wait
expect 4 "$JIANWEI" backup ws -o ws.tar.zst
says 'there already'
[ "$(stat -c %a ws.tar.zst)" = 600 ] || fail "the backup can be read by others"
[ -z "$(find ws -name '.backup-*')" ] || fail "links were left behind"
expect 0 "$JIANWEI" restore ws.tar.zst copy
"$JIANWEI" status copy --json >after
python3 -c 'import json; a, b = (json.load(open(n)) for n in ("before", "after")); a.pop("name"); b.pop("name"); assert a == b, (a, b)' || fail "the restored workspace differs"
expect 0 "$JIANWEI" import copy "$ROOT/tests/data/bibtex"
expect 4 "$JIANWEI" restore ws.tar.zst copy
# Cut off, damaged, not a backup.
head -c 2000 ws.tar.zst >cut.tar.zst
expect 7 "$JIANWEI" restore cut.tar.zst other
python3 -c 'b = bytearray(open("ws.tar.zst", "rb").read()); b[len(b) // 2] ^= 255; open("bad.tar.zst", "wb").write(b)'
expect 7 "$JIANWEI" restore bad.tar.zst other
expect 7 "$JIANWEI" restore before other
[ ! -e other ] || fail "a damaged backup left a workspace"
