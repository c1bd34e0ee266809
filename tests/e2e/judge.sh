# What people say of topics, terms and bodies: at once in every result, undone to the byte, kept over new data, proven by its chain.
expect 0 "$JIANWEI" demo synth --records 3000 --seed 4
expect 0 "$JIANWEI" init all && expect 0 "$JIANWEI" import all synth/*.ris synth/*.csv synth/*.jsonl
expect 0 "$JIANWEI" export all records -o all.ris
python3 "$ROOT/tests/e2e/deal_records.py" all.ris
expect 0 "$JIANWEI" init ws
printf '[hindcast]\nenabled = false\n' >ws/study.toml
expect 0 "$JIANWEI" import ws most.ris
expect 3 "$JIANWEI" judge rename ws topic-1 --en x --why y && says 'jianwei run'
expect 0 "$JIANWEI" run ws
expect 0 "$JIANWEI" topics ws --json && mv out machine.json
expect 0 "$JIANWEI" emerging ws --unit topic --all --json && mv out machine-ranking.json
read -r a b c d e <<<"$(python3 -c 'import json; print(*[t["id"] for t in json.load(open("machine.json"))[:5]])')"

# Refused, with what would mend it.
expect 2 "$JIANWEI" judge rename ws $a --en x && says 'reason'
expect 2 "$JIANWEI" judge rename ws $a --why y && says 'label_zh'
expect 3 "$JIANWEI" judge rename ws topic-99999 --en x --why y
expect 2 "$JIANWEI" judge merge ws $a $a --why y
expect 3 "$JIANWEI" judge undo ws 1
expect 0 "$JIANWEI" judge history ws --json && check 'd == []'

# Seen at once, by every command.
expect 0 "$JIANWEI" judge rename ws $a --zh 我们的题目 --en "our theme" --why "narrower" --by ann --json
check 'd["event"]["sequence"] == 1 and d["event"]["actor"] == "ann" and d["event"]["role"] == "analyst" and d["event"]["run"].startswith("run-") and d["event"]["snapshot"] != ""'
expect 0 "$JIANWEI" topics ws --json && check 'd[0]["label"] == {"zh": "我们的题目", "en": "our theme"}'
expect 0 "$JIANWEI" show ws $a --lang zh && says 我们的题目
expect 4 "$JIANWEI" judge rename ws $a --zh 我们的题目 --en "our theme" --why "again" && says 'number 1'
expect 0 "$JIANWEI" judge merge ws $b $c --why "one field" --dry-run --json
check 'd["documents"] > 20 and len(d["objects"]) == 2'
expect 0 "$JIANWEI" judge merge ws $b $c --why "one field" --json
expect 0 "$JIANWEI" topics ws --json && cp out merged.json
python3 - $b $c <<'PY' || fail "the merge"
import json, sys
before = {t["id"]: t for t in json.load(open("machine.json"))}
after = {t["id"]: t for t in json.load(open("merged.json"))}
b, c = sys.argv[1:]
assert c not in after and len(after) == len(before) - 1
assert max(before[b]["documents"], before[c]["documents"]) < after[b]["documents"] <= before[b]["documents"] + before[c]["documents"]
assert sum(after[b]["series"].values()) > sum(before[b]["series"].values())
assert abs(after[b]["quality"]["weight"] - before[b]["quality"]["weight"] - before[c]["quality"]["weight"]) < 0.01
PY
expect 3 "$JIANWEI" show ws $c
expect 4 "$JIANWEI" judge rename ws $c --en y --why z && says 'judgement 2'
expect 0 "$JIANWEI" emerging ws --unit topic --all --json && check "all(r['id'] != '$c' for r in d['ranking'])"
expect 0 "$JIANWEI" show ws $d --json && mv out shown.json
read -r r1 r2 r3 r4 <<<"$(python3 -c 'import json; print(*[x["id"] for x in json.load(open("shown.json"))["documents"][:4]])')"
expect 0 "$JIANWEI" judge split ws $d --part "甲|part one: $r1, $r2" --part "乙|part two: $r3" --why "two fields" --json
check "[p['id'] for p in d['event']['arguments']['parts']] == ['${d}a', '${d}b']"
expect 0 "$JIANWEI" topics ws --json && check "{'${d}a', '${d}b'} <= {t['id'] for t in d} and '$d' not in {t['id'] for t in d}"
expect 0 "$JIANWEI" show ws ${d}a --json && check "any(x['id'] == '$r1' for x in d['documents'])"
expect 0 "$JIANWEI" judge move ws $r4 --to $a --why "ours" && expect 0 "$JIANWEI" show ws $a --json && check "any(x['id'] == '$r4' for x in d['documents'])"
expect 0 "$JIANWEI" judge delete ws $e --why "boilerplate" && expect 0 "$JIANWEI" topics ws --json && check "'$e' not in {t['id'] for t in d}"
expect 0 "$JIANWEI" judge link ws $a $b --relation part_of --why "roadmap"
expect 0 "$JIANWEI" judge comment ws $a "industry follows" && expect 0 "$JIANWEI" judge vote ws $a up && expect 0 "$JIANWEI" judge watch ws $a
expect 0 "$JIANWEI" report ws -o report.html --lang zh && grep -q 我们的题目 report.html || fail "the report does not follow"
expect 0 "$JIANWEI" export ws topics -o topics.csv && grep -q "our theme" topics.csv || fail "the export does not follow"

# What the machine said stands beside what people said.
expect 0 "$JIANWEI" judge show ws --json
check "any(o['id'] == '$c' and o['state'] == 'merged' and o['became'] == ['$b'] and o['machine']['documents'] > 0 for o in d['objects']) and d['links'][0]['relation'] == 'part_of'"
expect 0 "$JIANWEI" judge diff ws 2 --json && check "{'$b', '$c'} <= {x['id'] for x in d}"
expect 0 "$JIANWEI" judge history ws $d --json && check 'len(d) == 1 and d[0]["kind"] == "split"'
expect 0 "$JIANWEI" judge history ws && says "one field"

# Experts propose, curators decide.
expect 0 "$JIANWEI" judge rename ws $b --en "expert words" --why "clearer" --role expert --by eve --json && check 'd["event"]["state"] == "proposed"'
proposal=$(json 'd["event"]["sequence"]')
expect 0 "$JIANWEI" topics ws --json && check 'all(t["label"]["en"] != "expert words" for t in d)'
expect 5 "$JIANWEI" judge approve ws $proposal --role expert --by eve
expect 0 "$JIANWEI" judge approve ws $proposal --role curator --by cat --why "agreed"
expect 0 "$JIANWEI" topics ws --json && check 'any(t["label"]["en"] == "expert words" for t in d)'
expect 4 "$JIANWEI" judge refuse ws $proposal --role curator

# A term joined here is joined in the lexicon, and the other way round.
read -r t1 t2 <<<"$(python3 -c 'import json; t=json.load(open("machine.json"))[0]["terms"]; print("|".join(x[0] for x in t[:2]))' | tr ' |' '_ ')"
expect 0 "$JIANWEI" judge merge ws "${t1//_/ }" "${t2//_/ }" --why "same" && grep -q "|" ws/lexicon/synonyms.txt || fail "the lexicon does not know it"
expect 0 "$JIANWEI" terms history ws --json && check 'd[-1]["kind"] == "synonyms" and d[-1]["in_force"]'
joined=$(json 'd[-1]["id"]')
expect 0 "$JIANWEI" judge undo ws $joined --why "not the same"
grep -v '^#' ws/lexicon/synonyms.txt | grep -q "|" && fail "the undone synonym is still in its file"

# Everything undone gives the machine's bytes.
expect 0 "$JIANWEI" topics ws --json && mv out judged.json
expect 0 "$JIANWEI" judge history ws --json
standing=$(json '" ".join(str(e["sequence"]) for e in reversed(d) if e["state"] == "stands")')
for number in $standing; do expect 0 "$JIANWEI" judge undo ws $number; done
expect 0 "$JIANWEI" topics ws --json && cmp out machine.json || fail "undone, the topics are not the machine's"
expect 0 "$JIANWEI" emerging ws --unit topic --all --json && cmp out machine-ranking.json || fail "undone, the ranking is not the machine's"
for number in $(printf '%s\n' $standing | tac); do expect 0 "$JIANWEI" judge redo ws $number; done
expect 0 "$JIANWEI" topics ws --json && cmp out judged.json || fail "redone, the topics are others"

# New data: the judgements are applied again by themselves.
expect 0 "$JIANWEI" import ws more.ris && expect 0 "$JIANWEI" run ws
expect 0 "$JIANWEI" topics ws --json && check "any(t['label']['zh'] == '我们的题目' for t in d) and {'${d}a', '${d}b'} <= {t['id'] for t in d} and not {'$c', '$e', '$d'} & {t['id'] for t in d}"
expect 0 "$JIANWEI" judge conflicts ws --json && check 'd == []'
expect 0 "$JIANWEI" judge iterations ws --json && cp out turns.json
check 'len(d) == 2 and len(d[0]["judgements"]) > 8 and {"growth_rate", "growth_count", "diversity", "change"} <= set(d[0]["topics"][0]["before"] or d[0]["topics"][0]["after"])'
check 'any(t["what"] == "gone" for t in d[0]["topics"]) and any(t["what"] == "added" for t in d[0]["topics"])'
expect 0 "$JIANWEI" judge iterations ws --lang zh && says 第
run_a=$(python3 -c 'import json; print(json.load(open("turns.json"))[0]["run"])'); run_b=$(python3 -c 'import json; print(json.load(open("turns.json"))[1]["run"])')
expect 0 "$JIANWEI" judge diff ws $run_a $run_b --json && check 'len(d) > 0'
expect 3 "$JIANWEI" judge diff ws $run_a run-none && says "$run_b"

# A conflict is listed until someone answers it: without the machine's memory all topics are new.
rm -f ws/lake/runs/*-topic-state.bin
expect 0 "$JIANWEI" run ws --fresh && expect 0 "$JIANWEI" judge conflicts ws --json && mv out conflicts.json
python3 -c 'import json; d=json.load(open("conflicts.json")); assert len(d) >= 3 and all(c["reason"] in ("gone", "changed", "depends") and c["choices"][-2:] == ["drop", "wait"] for c in d)' || fail "conflicts"
read -r number successor <<<"$(python3 -c 'import json; c=next(c for c in json.load(open("conflicts.json")) if c["successors"]); print(c["id"], c["successors"][0]["id"])')"
expect 0 "$JIANWEI" judge resolve ws $number --apply $successor --why "it is this one now"
expect 0 "$JIANWEI" judge conflicts ws --json && check "all(c['id'] != $number or c['object'] != '$successor' for c in d)"
expect 2 "$JIANWEI" judge resolve ws 1
expect 0 "$JIANWEI" judge conflicts ws --json
for number in $(json '" ".join(str(c["id"]) for c in d)'); do expect 0 "$JIANWEI" judge resolve ws $number --drop --why settled; done
expect 0 "$JIANWEI" judge conflicts ws && says "No conflicts"

# The chain.
expect 0 "$JIANWEI" judge verify ws --json && check 'd["events"] > 20 and len(d["head"]) == 64'
expect 0 "$JIANWEI" judge export ws -o ledger.jsonl
python3 - <<'PY' || fail "the exported chain"
import hashlib, json
previous = ""
for line in open("ledger.jsonl", encoding="utf-8"):
    e = json.loads(line)
    body = {k: e[k] for k in ("actor", "arguments", "at", "evidence", "kind", "previous_hash", "reason", "role", "run", "sequence", "snapshot", "state")}
    body |= {"object_id": e["object"]["id"], "object_type": e["object"]["type"], "refers_to": e.get("refers_to", 0)}
    assert e["previous_hash"] == previous
    assert hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest() == e["hash"], e["sequence"]
    previous = e["hash"]
PY
python3 -c 'import sqlite3; c=sqlite3.connect("ws/app.db"); c.execute("UPDATE ledger SET reason = ? WHERE sequence = 3", ("forged",)); c.commit()'
expect 7 "$JIANWEI" judge verify ws && says 'event 3'
for sub in rename merge split delete move link comment vote watch undo redo approve refuse resolve history show conflicts diff iterations verify export; do
  expect 0 env JIANWEI_LANG=zh "$JIANWEI" judge $sub ws --help && says 例 && says "jianwei judge $sub energy"
done
