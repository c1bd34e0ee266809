# A few records more: the map keeps the others exactly where they were, the hindcast of nearly the same records is kept and says so; --fresh measures anew.
expect 0 "$JIANWEI" demo synth --records 3000 --seed 5
expect 0 "$JIANWEI" init all && expect 0 "$JIANWEI" import all synth/*.ris synth/*.csv synth/*.jsonl
expect 0 "$JIANWEI" export all records -o all.ris
python3 - <<'PY'
records = [r.lstrip("\n\r ") + "ER  - \n\n" for r in open("all.ris", encoding="utf-8").read().split("ER  -")[:-1]]
open("most.ris", "w", encoding="utf-8").writelines(r for i, r in enumerate(records) if i % 10 != 3)
open("few.ris", "w", encoding="utf-8").writelines(r for i, r in enumerate(records) if i % 100 == 3)
open("many.ris", "w", encoding="utf-8").writelines(r for i, r in enumerate(records) if i % 10 == 3 and i % 100 != 3)
PY
for ws in ws twin; do
  expect 0 "$JIANWEI" init $ws && expect 0 "$JIANWEI" import $ws most.ris && expect 0 "$JIANWEI" run $ws
  expect 0 "$JIANWEI" export $ws map -o $ws.before.csv
  expect 0 "$JIANWEI" report $ws -o $ws.html --lang en
  grep -q "by an earlier run" $ws.html && fail "a first hindcast is said to be an earlier one"
  expect 0 "$JIANWEI" import $ws few.ris && expect 0 "$JIANWEI" run $ws
  expect 0 "$JIANWEI" export $ws map -o $ws.after.csv
done
cmp ws.after.csv twin.after.csv || fail "the same history gives another map"
expect 0 "$JIANWEI" report ws -o grown.html --lang en && grep -q "by an earlier run" grown.html || fail "the report does not say that its hindcast is an earlier one"
cat >moved.py <<'PY'
import csv, sys
places = []
for name in sys.argv[1:]:
    places.append({row["id"]: (row["x"], row["y"]) for row in csv.DictReader(open(name, encoding="utf-8-sig")) if row["kind"] == "document"})
before, after = places
assert len(before) > 2000 and len(after) > len(before), (len(before), len(after))
print(sum(before[i] != after[i] for i in before), "of", len(before), "moved")
PY
python3 moved.py ws.before.csv ws.after.csv | tee moved && grep -q "^0 of" moved || fail "records moved though few were added"

# Many more: all are laid out again, and the hindcast is measured again.
expect 0 "$JIANWEI" import ws many.ris && expect 0 "$JIANWEI" run ws
expect 0 "$JIANWEI" export ws map -o ws.later.csv
python3 moved.py ws.after.csv ws.later.csv | tee moved && grep -q "^0 of" moved && fail "nothing moved though many were added"
expect 0 "$JIANWEI" report ws -o later.html --lang en && grep -q "by an earlier run" later.html && fail "the hindcast of fewer records was kept"
expect 0 "$JIANWEI" run twin --fresh
expect 0 "$JIANWEI" report twin -o fresh.html --lang en && grep -q "by an earlier run" fresh.html && fail "--fresh did not measure the hindcast anew"
true
