# The whole way on the synthetic corpus: what was planted is found, and every product can be made.
expect 0 "$JIANWEI" demo synth --records 4000 --seed 1
expect 0 "$JIANWEI" init ws
expect 0 "$JIANWEI" import ws synth/*.ris synth/*.csv synth/*.jsonl
expect 0 "$JIANWEI" run ws --json
check 'd["documents"] > 4000 and d["topics"] > 5 and d["terms"] > 200'
expect 0 "$JIANWEI" topics ws --json
check 'all(set(("id","label","terms","documents","series","quality")) <= set(t) and set(t["label"]) == {"zh","en"} for t in d)'
expect 0 "$JIANWEI" weak-signals ws --json
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

for what in links topics topics-documents terms emerging weak-signals bursts; do
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
PY
done
expect 0 "$JIANWEI" report ws -o report.docx
expect 0 "$JIANWEI" report ws -o report.pdf --lang zh && head -c 4 report.pdf | grep -q '%PDF' || fail "report.pdf"
expect 0 "$JIANWEI" export ws links -o links.csv
cut -d, -f1 topics-documents.csv | grep '^r' | sort -u | awk 'NR % 40 == 0' | while read -r id; do
  printf '%s\t%s\n' "$id" "$("$JIANWEI" show ws "$id" --json | tr '\n' ' ')"
done >shown.tsv
python3 "$ROOT/tests/e2e/score_synthetic.py" synth/truth.json links.csv topics-documents.csv emerging.csv emerging_mid.csv bursts.json 2016 shown.tsv
