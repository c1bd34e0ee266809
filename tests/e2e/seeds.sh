# An expert's concepts guide the mining: seeds, proposals with records, decisions that hold, numbers and records of each concept.
expect 0 "$JIANWEI" demo synth --records 3000 --seed 2
expect 0 "$JIANWEI" init ws
expect 3 "$JIANWEI" seeds status ws
expect 0 "$JIANWEI" import ws synth/*.ris synth/*.csv synth/*.jsonl
printf '[hindcast]\nenabled = false\n' >ws/study.toml
expect 0 "$JIANWEI" run ws
expect 3 "$JIANWEI" seeds propose ws && says 'seeds add ws'

# Seeds from what the corpus itself says: three terms of each of two topics.
expect 0 "$JIANWEI" topics ws --json
python3 - <<'PY'
import json
topics = json.load(open("out"))
with open("concepts.tsv", "w", encoding="utf-8") as file:
    file.write("concept\tterms\n")
    for name, topic in zip(("第一 One", "Two"), topics[:2]):
        file.write(name + "\t" + "\t".join(t[0] for t in topic["terms"][:3]) + "\n")
    file.write("Two\tno such term anywhere xyzzy\n")
PY
expect 2 "$JIANWEI" seeds add ws concepts.tsv more words
printf 'Lonely\n' >broken.tsv
expect 2 "$JIANWEI" seeds add ws broken.tsv && says 'broken.tsv:1'
expect 3 "$JIANWEI" seeds add ws nowhere.tsv
expect 0 "$JIANWEI" seeds add ws concepts.tsv --by ann --reason "first ontology" --json
check 'len(d) == 7 and all(e["kind"] == "seed" and e["iteration"] == 0 and e["decided_by"] == "ann" for e in d)'
expect 0 "$JIANWEI" seeds add ws concepts.tsv --json   # once is enough
check 'd == []'

expect 0 "$JIANWEI" seeds propose ws --top 6 --by ann && says 'xyzzy'
expect 0 "$JIANWEI" seeds propose ws --top 6 --json && mv out first.json && cp first.json out
check 'd["iteration"] == 1 and len(d["concepts"]) == 2'
check 'all(2 <= len(c["proposals"]) <= 6 for c in d["concepts"])'
check 'all(0.3 <= p["similarity"] <= 1 and p["documents"] >= p["together"] >= 0 and 1 <= len(p["examples"]) <= 3 for c in d["concepts"] for p in c["proposals"])'
expect 0 "$JIANWEI" seeds propose ws --top 6 --json && cmp out first.json || fail "the same state gives other proposals"
for id in $(python3 -c 'import json; d=json.load(open("first.json")); [print(p["id"], *p["examples"]) for c in d["concepts"] for p in c["proposals"][:1]]'); do
  expect 0 "$JIANWEI" show ws "$id" --json
done

python3 -c 'import json; d=json.load(open("first.json"))["concepts"][0]["proposals"]; print(d[0]["term"]); print(d[1]["term"])' >terms.txt
taken=$(sed -n 1p terms.txt) refused=$(sed -n 2p terms.txt)
expect 0 "$JIANWEI" seeds status ws --json && mv out before.json
expect 0 "$JIANWEI" seeds accept ws "第一 One" "$taken" --by bob --reason "belongs here"
expect 4 "$JIANWEI" seeds accept ws "第一 One" "$taken"
expect 0 "$JIANWEI" seeds refuse ws "第一 One" "$refused" --by bob --reason "too wide"
expect 3 "$JIANWEI" seeds refuse ws "第一 One" "never proposed at all"
expect 3 "$JIANWEI" seeds accept ws Three "$taken" && says 'Two'

expect 0 "$JIANWEI" seeds propose ws --top 500 --min-similarity 0.05 --json && mv out second.json
python3 - "$taken" "$refused" <<'PY' || fail "what was decided is proposed again"
import json, sys
second = json.load(open("second.json"))
offered = {p["term"] for c in second["concepts"] for p in c["proposals"]}
assert second["iteration"] == 2 and len(offered) > 20, (second["iteration"], len(offered))
assert not offered & set(sys.argv[1:]), offered & set(sys.argv[1:])
assert len(offered) == sum(len(c["proposals"]) for c in second["concepts"])  # one concept each
PY

expect 0 "$JIANWEI" seeds status ws --json && cp out after.json
check 'len(d["iterations"]) == 3 and len(d["iterations"][0]["seeds"]) == 7 and len(d["iterations"][1]["accepted"]) == 1'
check 'd["iterations"][1]["refused"][0]["by"] == "bob" and d["iterations"][1]["refused"][0]["reason"] == "too wide" and d["iterations"][1]["refused"][0]["at"].endswith("Z")'
check 'all(len(c["records"]) == c["documents"] == len(set(c["records"])) > 20 for c in d["concepts"])'
check 'all({"rate", "count", "diversity", "change"} <= set(c["growth"]) and 0 <= c["growth"]["diversity"]["organisations"] <= 1 for c in d["concepts"])'
check 'all(c["growth"]["count"] == c["growth"]["recent"] - c["growth"]["previous"] and sum(c["series"].values()) <= c["documents"] for c in d["concepts"])'
check '[t["found"] for c in d["concepts"] for t in c["terms"] if "xyzzy" in t["term"]][0] in ("no", "parts")'
python3 - <<'PY' || fail "the accepted term brings its records"
import json
before, after = json.load(open("before.json")), json.load(open("after.json"))
one, grown = before["concepts"][0], after["concepts"][0]
assert set(one["records"]) <= set(grown["records"])
assert set(before["concepts"][1]["records"]) == set(after["concepts"][1]["records"])
PY
expect 0 "$JIANWEI" seeds status ws && says 'too wide'
expect 0 "$JIANWEI" seeds status ws --lang zh && says '概念'
expect 0 "$JIANWEI" seeds history ws --json
check '[e["id"] for e in d] == sorted(e["id"] for e in d) and {"seed", "proposed", "accepted", "refused"} == {e["kind"] for e in d}'

# A change of mind is one more event.
expect 0 "$JIANWEI" seeds accept ws "第一 One" "$refused" --reason "after all"
expect 0 "$JIANWEI" seeds add ws --concept 第三 石墨烯 graphene
expect 0 "$JIANWEI" seeds history ws && says 'after all' && says '石墨烯'
for sub in add propose accept refuse status history; do
  expect 0 env JIANWEI_LANG=zh "$JIANWEI" seeds $sub ws --help && says 例 && says "jianwei seeds $sub energy"
done
