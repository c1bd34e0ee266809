# Interrupted, killed or met by a second process, a workspace stays whole.
expect 0 "$JIANWEI" demo synth --records 6000 --seed 3
expect 0 "$JIANWEI" init ws
set +e
"$JIANWEI" import ws synth/*.ris synth/*.csv synth/*.jsonl >out 2>err & pid=$!
for i in $(seq 200); do [ -s ws/.lock ] && break; sleep 0.01; done
"$JIANWEI" import ws synth/synthetic_wos.ris --lang en >out2 2>err2; second=$?
kill -INT $pid; wait $pid; first=$?
set -e
[ $second = 4 ] || fail "a second writer ended with $second: $(cat err2)"
grep -q "$pid" err2 || fail "it does not say who holds the workspace: $(cat err2)"
[ $first = 130 ] || fail "interrupted import ended with $first: $(cat err)"
expect 0 "$JIANWEI" status ws --json
check 'sum(d["records"].values()) == 0'   # all or nothing
expect 0 "$JIANWEI" import ws synth/*.ris synth/*.csv synth/*.jsonl
expect 0 "$JIANWEI" run ws --seed 2 --until 2020 --json   # what an undisturbed run finds, in another workspace's place
cp -r ws calm && rm -rf ws/runs

set +e
"$JIANWEI" run ws --lang en >out 2>err & pid=$!
sleep 0.3; kill -INT $pid; wait $pid; first=$?
set -e
[ $first = 130 ] || fail "interrupted run ended with $first"
for delay in 0.1 0.3 0.6 1.0; do
  set +e; "$JIANWEI" run ws >/dev/null 2>&1 & pid=$!
  sleep $delay; kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null; set -e
  expect 0 "$JIANWEI" status ws --json
done
expect 0 "$JIANWEI" run ws --json
expect 0 "$JIANWEI" run calm --json
expect 0 "$JIANWEI" emerging ws --all --csv && mv out after_kills.csv
expect 0 "$JIANWEI" emerging calm --all --csv && mv out undisturbed.csv
cmp after_kills.csv undisturbed.csv || fail "a killed run left its mark"
[ -z "$(find ws -name '*.tmp' -o -name '*.part')" ] || fail "left over: $(find ws -name '*.tmp' -o -name '*.part')"
