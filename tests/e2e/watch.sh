# A watch rule from its first replay to its scored alerts.
expect 0 "$JIANWEI" demo synth --records 4000 --seed 1
expect 0 "$JIANWEI" init ws
printf '[hindcast]\nenabled = false\n' >ws/study.toml
expect 0 "$JIANWEI" import ws synth/*.ris synth/*.csv synth/*.jsonl
expect 0 "$JIANWEI" run ws --json
expect 2 "$JIANWEI" watch add ws --name risers --indicator burst --why "no threshold"
expect 2 "$JIANWEI" watch add ws --name risers --above 0.1 --why " "
expect 0 "$JIANWEI" watch add ws --name risers --indicator burst --above 0 --significance 0.1 --why "screen of the field" --by ann --json
check 'd["id"].startswith("w") and d["by"] == "ann" and d["why"] == "screen of the field"'
expect 0 "$JIANWEI" watch add ws --name risers --indicator burst --above 0 --significance 0.1 --why "again" --json   # the same rule: nothing new
expect 4 "$JIANWEI" watch add ws --name risers --indicator burst --above 3 --why "another rule of that name"
expect 3 "$JIANWEI" watch add ws --name x --above 0.1 --on "no such term" --why "a slip"

expect 0 "$JIANWEI" watch replay ws risers --json
cp out replay.json
check 'd["alerts"] == d["right"] + d["wrong"] + d["unknown"] == len(d["alerts_fired"]) and d["alerts"] > 0'
check 'abs(d["false_alarms_a_month"] * 12 - d["false_alarms_a_year"]) < 1e-9 and 0 <= d["prevalence"] <= 1'
check 'd["right"] / max(1, d["right"] + d["wrong"]) > d["prevalence"]'   # planted topics rise: the rule beats chance
expect 0 "$JIANWEI" watch replay ws risers --json --threads 1
cmp out replay.json || fail "threads change a replay"
expect 0 "$JIANWEI" watch replay ws risers --lang zh
says 会触发
expect 3 "$JIANWEI" watch replay ws nothing

expect 0 "$JIANWEI" watch add ws --name rare --indicator weak_signal --above 0.5 --significance 0.2 --min-documents 3 --why "weak signals"
expect 0 "$JIANWEI" watch add ws --name fallers --indicator growth --below 0 --significance 0.1 --why "what fades"
expect 0 "$JIANWEI" watch check ws --json
cp out first.json
expect 0 "$JIANWEI" watch check ws --json
check 'all(rule["written"] == 0 for rule in d["rules"]) and len(d["rules"]) == 3'   # each alert once
expect 0 "$JIANWEI" watch alerts ws --json
check '{a["id"] for a in d} == {a["id"] for r in json.load(open("first.json"))["rules"] for a in r["alerts"]} and len(d) > 0'
check 'all(a["case"]["series"] and a["case"]["documents"] and a["case"]["snapshot"] and a["case"]["rule"]["indicator"] for a in d)'
alert=$(json 'd[0]["id"]')
rule=$(json 'd[0]["rule"]')
expect 2 "$JIANWEI" watch score ws "$alert" maybe --why "no verdict"
expect 3 "$JIANWEI" watch score ws a0000000000 right --why "no such alert"
expect 0 "$JIANWEI" watch score ws "$alert" wrong --why "a themed issue" --by bob
expect 0 "$JIANWEI" watch score ws "$alert" partly --why "grew in one source only" --by bob   # the last word counts
expect 0 "$JIANWEI" watch list ws --json
check '[r["calibration"] for r in d if r["name"] == "'"$rule"'"][0]["partly"] == 1'
check '[r["calibration"]["precision"] for r in d if r["name"] == "'"$rule"'"] == [0.5]'
expect 0 "$JIANWEI" report ws -o report.html --lang en
grep -q "grew in one source only" report.html || fail "the report does not tell of the alert"
expect 0 "$JIANWEI" watch remove ws risers --why "replaced"
expect 0 "$JIANWEI" watch list ws --json
check 'len(d) == 2'
expect 0 "$JIANWEI" watch alerts ws --json
check 'len(d) > 0'
