# The same bytes at any thread count; nothing later than the cut-off is looked at.
expect 0 "$JIANWEI" demo synth --records 3000 --seed 5
for threads in 1 3; do
  expect 0 "$JIANWEI" init ws$threads --name same
  expect 0 "$JIANWEI" import ws$threads synth/*.ris synth/*.csv synth/*.jsonl --threads $threads
  expect 0 "$JIANWEI" run ws$threads --seed 7 --threads $threads
  expect 0 "$JIANWEI" topics ws$threads --json && mv out topics.$threads
  expect 0 "$JIANWEI" emerging ws$threads --all --csv && mv out emerging.$threads
  expect 0 "$JIANWEI" hindcast ws$threads --cutoffs 2012:2016 --horizon 3 --json --threads $threads && mv out hindcast.$threads
done
for what in topics emerging hindcast; do cmp $what.1 $what.3 || fail "$what differs between 1 and 3 threads"; done

# The same records without those after 2016, in a workspace of their own.
python3 "$ROOT/tests/e2e/cut_at_year.py" synth whole early 2016
expect 0 "$JIANWEI" init whole_ws
expect 0 "$JIANWEI" import whole_ws whole
expect 0 "$JIANWEI" init early_ws
expect 0 "$JIANWEI" import early_ws early
columns='import csv,sys; [print(r["label"], r["forms"], r["score"]) for r in csv.DictReader(open(sys.argv[1]))]'
for ws in whole_ws early_ws; do
  expect 0 "$JIANWEI" emerging $ws --until 2016 --all --csv
  python3 -c "$columns" out >until.$ws
done
[ "$(wc -l <until.whole_ws)" -gt 50 ] || fail "too few candidates to compare"
cmp until.whole_ws until.early_ws || { diff until.whole_ws until.early_ws | head -20; fail "the future leaks into the ranking"; }
