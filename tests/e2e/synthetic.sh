# The whole way on the synthetic corpus: what was planted is found, and every product can be made.
expect 0 "$JIANWEI" demo synth --records 4000 --seed 1
expect 0 "$JIANWEI" init ws
expect 0 "$JIANWEI" import ws synth/*.ris synth/*.csv synth/*.jsonl
expect 0 "$JIANWEI" run ws --json
check 'd["documents"] > 4000 and d["topics"] > 5 and d["terms"] > 200'
expect 0 "$JIANWEI" topics ws --json
check 'all(set(("id","label","terms","documents","series","quality")) <= set(t) and set(t["label"]) == {"zh","en"} for t in d)'
expect 0 "$JIANWEI" weak-signals ws --map --json
expect 0 "$JIANWEI" weak-signals ws --all --json
python3 - <<'PY' || fail "planted weak signals"
import json
truth = json.load(open("synth/truth.json", encoding="utf-8"))
found = json.load(open("out"))["signals"]
names = lambda s: {form.lower() for form in s["forms"] + [s["label"]]}
planted = [{s["en"].lower(), s["zh"].lower()} for s in truth["weak_signals"]]
hits = [s for s in found if any(names(s) & p for p in planted)]
seen = sum(any(names(s) & p for s in found) for p in planted)
print(f"weak signals: {len(found)} found, {len(hits)} planted, {seen} of {len(planted)} seen")
# Measured 9, 4, 3. By chance one of seventy tested terms is planted.
assert seen >= 2 and len(hits) >= 0.2 * len(found)
assert all(s["q"] <= 0.1 and s["recent"] >= 3 for s in found)
PY
expect 0 "$JIANWEI" hindcast ws --cutoffs 2013:2018 --horizon 3 --unit topic --json
check 'set(("unit","horizon","origins","pooled","delta_vs_best_baseline")) <= set(d) and d["unit"] == "topic"'
expect 0 "$JIANWEI" hindcast ws --cutoffs 2013:2018 --horizon 3 --json
check 'set(("auprc","p20","p50","ndcg50","csi","brier")) <= set(d["origins"][0]["methods"]["jianwei"]) and "damped_holt" in d["pooled"]'
check 'set(("baseline","auprc","lo","hi")) <= set(d["delta_vs_best_baseline"])'
expect 0 "$JIANWEI" bursts ws --json --top 100000 && mv out bursts.json
expect 0 "$JIANWEI" emerging ws --all --csv && mv out emerging.csv
expect 0 "$JIANWEI" emerging ws --until 2016 --all --csv && mv out emerging_mid.csv
expect 0 "$JIANWEI" emerging ws --unit topic --json && mv out emerging_topics.json
chmod -R a-w ws  # a workspace that may only be read answers, too
expect 0 "$JIANWEI" emerging ws --top 5 --json
expect 0 "$JIANWEI" status ws --json
chmod -R u+w ws
rm ws/lake/runs/*-ranking.bin  # the small ranking stored beside a run says what the whole run says
expect 0 "$JIANWEI" emerging ws --all --csv && cmp out emerging.csv || fail "the stored ranking differs"
expect 0 "$JIANWEI" emerging ws --unit topic --json && cmp out emerging_topics.json || fail "the stored ranking of topics differs"

expect 0 "$JIANWEI" indicators ws --unit term --top 5 --json
check 'len(d["units"]) == 5 and all(u["indicators"]["growth"]["low"] <= u["indicators"]["growth"]["value"] <= u["indicators"]["growth"]["high"] for u in d["units"])'
check 'all(0 <= u["indicators"]["growth"]["q"] <= 1 and "impact" in u["indicators"] for u in d["units"])'
term=$(json 'd["units"][0]["id"]')
expect 0 "$JIANWEI" indicators ws "$term" --json
cp out unit.json
check 'd["years"][0]["indicators"]["age"]["value"] == 0 and [y["year"] for y in d["years"]] == sorted(y["year"] for y in d["years"])'
year=$(json 'd["years"][-1]["year"]')
expect 0 "$JIANWEI" show ws "$term" --year "$year" --json
[ "$(json 'd["document_count"]')" = "$(python3 -c 'import json; print(int(json.load(open("unit.json"))["years"][-1]["indicators"]["documents"]["value"]))')" ] || fail "the number does not open to its documents"
expect 3 "$JIANWEI" indicators ws "no such unit"
expect 0 "$JIANWEI" countries ws topic-1 --json
check 'abs(sum(a["share"] for a in d["actors"]) - 1) < 0.2 and all(a["rta_low"] <= a["rta"] <= a["rta_high"] and a["standing"] in ("few", "follow", "par", "lead") for a in d["actors"])'
expect 0 "$JIANWEI" countries ws --by organisation --json
check 'len(d["actors"]) > 0'
expect 0 "$JIANWEI" lag ws --json
check '{k["kind"] for k in d["kinds"]} >= {"work", "project"} and all(p["lag"]["units"] >= 0 and p["from_first"] + p["to_first"] + p["same_year"] + p["unknown"] > 0 for p in d["pairs"])'
check 'all(k["state"] in ("not_yet", "in_or_before", "observed") and k.get("first_year", 0) <= k.get("year", 9999) for u in d["units"] for k in u["kinds"])'
expect 0 "$JIANWEI" lag ws "$term" --support 2
expect 3 "$JIANWEI" lag ws "no such unit"
for what in lag-terms links topics topics-documents terms emerging weak-signals bursts indicators-topics countries organisations; do
  for ending in csv xlsx parquet jsonl; do expect 0 "$JIANWEI" export ws $what -o $what.$ending && [ -s $what.$ending ] || fail "$what.$ending"; done
done
for ending in csv xlsx parquet jsonl ris bib; do expect 0 "$JIANWEI" export ws records -o records.$ending && [ -s records.$ending ] || fail "records.$ending"; done
for what in term-network citation-network organisation-network country-network; do
  for ending in gexf graphml net json txt csv; do expect 0 "$JIANWEI" export ws $what -o $what.$ending && [ -s $what.$ending ] || fail "$what.$ending"; done
  python3 -c 'import sys, xml.dom.minidom as x; [x.parse(sys.argv[1] + e) for e in (".gexf", ".graphml")]' $what || fail "$what is no XML"
done
expect 0 "$JIANWEI" init back
expect 0 "$JIANWEI" import back records.ris --json   # what goes out comes in again
check 'd["totals"]["rejected"] == 0 and d["totals"]["kept"] > 4000'

for lang in zh en; do
  expect 0 "$JIANWEI" report ws -o report.html --lang $lang
  python3 - <<'PY' || fail "the report in $lang"
import re
page = open("report.html", encoding="utf-8").read()
ids = set(re.findall(r'\bid="([^"]+)"', page))
targets = set(re.findall(r'href="#([^"]+)"', page))
loaded = re.findall(r'(?:src|href)="(?:https?:)?//[^"]+\.(?:js|css|png|svg|woff2?)"', page)
print(len(page), len(targets), sorted(targets - ids)[:5], loaded[:3])
assert len(targets) > 100 and targets <= ids and not loaded
assert "synthetic" in page.lower()
for table in re.findall(r"<table.*?</table>", page, re.S):
    head = re.search(r"<thead>(.*?)</thead>", table, re.S)
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table.split("</thead>")[1], re.S) if head else []:
        assert len(re.findall(r"<t[dh][ >]", row)) == len(re.findall(r"<th[ >]", head.group(1))), row[:300]
PY
done
expect 0 "$JIANWEI" report ws -o report.docx
expect 0 "$JIANWEI" report ws -o report.pdf --lang zh && head -c 4 report.pdf | grep -q '%PDF' || fail "report.pdf"
expect 0 "$JIANWEI" export ws links -o links.csv
cut -d, -f1 topics-documents.csv | grep '^r' | sort -u | awk 'NR % 40 == 0' | while read -r id; do
  printf '%s\t%s\n' "$id" "$("$JIANWEI" show ws "$id" --json | tr '\n' ' ')"
done >shown.tsv
python3 "$ROOT/tests/e2e/score_synthetic.py" synth/truth.json links.csv topics-documents.csv emerging.csv emerging_mid.csv bursts.json 2016 shown.tsv
