# A topic keeps its id: over reruns to the byte, over new data for 95 of 100 records; new themes are born with new numbers, never old ones.
expect 0 "$JIANWEI" demo synth --records 3000 --seed 3
expect 0 "$JIANWEI" init all && expect 0 "$JIANWEI" import all synth/*.ris synth/*.csv synth/*.jsonl
expect 0 "$JIANWEI" export all records -o all.ris
python3 "$ROOT/tests/e2e/deal_records.py" all.ris
printf '[hindcast]\nenabled = false\n' >study.toml

for ws in ws twin; do
  expect 0 "$JIANWEI" init $ws && cp study.toml $ws/
  expect 0 "$JIANWEI" import $ws most.ris
  expect 0 "$JIANWEI" run $ws
  expect 0 "$JIANWEI" topics $ws --json && mv out topics.$ws
done
cmp topics.ws topics.twin || fail "the same records give other topics in another workspace"
expect 0 "$JIANWEI" run ws
expect 0 "$JIANWEI" topics ws --json && cmp out topics.ws || fail "an unchanged rerun gives other topics"

for ws in ws twin; do
  expect 0 "$JIANWEI" import $ws more.ris
  expect 0 "$JIANWEI" run $ws --json
  check 'd["topic_identity"]["shared_documents"] > 2000'
  check 'd["topic_identity"]["kept_documents"] >= 0.95 * d["topic_identity"]["shared_documents"]'
  expect 0 "$JIANWEI" topics $ws --json && mv out grown.$ws
done
cmp grown.ws grown.twin || fail "the same history gives other topics in another workspace"
expect 0 "$JIANWEI" run ws
expect 0 "$JIANWEI" topics ws --json && cmp out grown.ws || fail "an unchanged rerun of grown data gives other topics"

# A theme that none of the records had.
expect 0 "$JIANWEI" import ws theme.ris
expect 0 "$JIANWEI" run ws
expect 0 "$JIANWEI" topics ws --history --json && mv out history.json
python3 - <<'PY' || fail "the birth of the new theme"
import json
generations = json.load(open("history.json"))
assert len(generations) == 3, len(generations)
before = {t["id"] for g in generations[:2] for t in g["topics"]}
births = [e for e in generations[2]["events"] if e["event"] == "birth"]
label = {t["id"]: t["label"]["en"] for t in generations[2]["topics"]}
print([(e, label[e["to"][0]]) for e in births])
assert any(any(w in label[e["to"][0]] for w in ("zeppelin", "helium", "airship", "gondola", "dirigible", "girder", "aerostat", "buoyancy")) for e in births)
assert all(e["evidence"] and e["to"][0] not in before for e in births)
assert generations[2]["kept_documents"] >= 0.95 * generations[2]["shared_documents"]
PY
expect 0 "$JIANWEI" topics ws --history topic-1 && says topic-1
expect 3 "$JIANWEI" topics ws --history topic-99999
expect 2 "$JIANWEI" topics ws --history nonsense

# From nothing: the numbers of topics that found no partner are new ones.
expect 0 "$JIANWEI" run ws --fresh
expect 0 "$JIANWEI" topics ws --history --json
check 'len(d) == 4 and not d[3]["started_from_last_model"] and d[3]["kept_documents"] > 0.3 * d[3]["shared_documents"]'
check 'all(e["to"][0] not in {t["id"] for g in d[:3] for t in g["topics"]} for e in d[3]["events"] if e["event"] == "birth")'
for what in topics-periods topics-links topics-events; do
  for ending in csv jsonl xlsx parquet; do expect 0 "$JIANWEI" export ws $what -o $what.$ending && [ -s $what.$ending ] || fail "$what.$ending"; done
done
grep -q birth topics-periods.csv || fail "no topic is born over the years"
expect 0 "$JIANWEI" report ws -o report.html --lang en && grep -q "keep their topic" report.html || fail "the report says nothing of the last run"

# The number of topics, searched for; carried on afterwards.
expect 0 "$JIANWEI" run twin --topics auto --json
check '0 < d["topic_count_search"]["chosen"] == d["topics"] and len(d["topic_count_search"]["tried"]) > 5'
expect 2 "$JIANWEI" run twin --topics many
expect 2 "$JIANWEI" run twin --topics auto --topic-method embedded
printf '[topics]\ncount = "auto"\n[hindcast]\nenabled = false\n' >twin/study.toml
expect 0 "$JIANWEI" run twin --json
check 'd["topic_count_search"]["chosen"] == d["topics"]'

# Embedded topics keep their ids the same way.
for ws in spaces spaces2; do
  expect 0 "$JIANWEI" init $ws && printf '[topics]\nmethod = "embedded"\n[hindcast]\nenabled = false\n' >$ws/study.toml
  expect 0 "$JIANWEI" import $ws most.ris
  expect 0 "$JIANWEI" run $ws
  expect 0 "$JIANWEI" topics $ws --json && mv out topics.$ws
  expect 0 "$JIANWEI" import $ws more.ris
  expect 0 "$JIANWEI" run $ws --json
  check 'd["topic_identity"]["shared_documents"] > 2000'
  check 'd["topic_identity"]["kept_documents"] >= 0.95 * d["topic_identity"]["shared_documents"]'
  expect 0 "$JIANWEI" topics $ws --json && mv out grown.$ws
done
cmp topics.spaces topics.spaces2 || fail "the same records give other embedded topics in another workspace"
cmp grown.spaces grown.spaces2 || fail "the same history gives other embedded topics in another workspace"
expect 0 "$JIANWEI" run spaces
expect 0 "$JIANWEI" topics spaces --json && cmp out grown.spaces || fail "an unchanged rerun gives other embedded topics"
