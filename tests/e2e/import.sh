# Files of many kinds come in once, keep their languages, and twice changes nothing; what was rejected can be mended and imported.
python3 "$ROOT/tests/e2e/make_fixtures.py" exports
expect 0 "$JIANWEI" init ws
expect 0 "$JIANWEI" import ws exports --dry-run --json
check 'd["totals"]["kept"] == 9 and d["totals"]["rejected"] == 1'
expect 0 "$JIANWEI" status ws --json
check 'sum(d["records"].values()) == 0'   # the dry run wrote nothing

expect 0 "$JIANWEI" import ws exports --json
check 'set(("path","format","encoding","read","kept","rejected","updated","duplicates","fields","warnings")) <= set(d["files"][0])'
check 'd["totals"]["read"] == 10 and d["totals"]["kept"] == 9 and d["totals"]["rejected"] == 1'
check '{f["encoding"] for f in d["files"]} >= {"utf-8", "gb18030", "utf-16le"}'
check '{f["format"] for f in d["files"]} >= {"ris", "csv", "scopus_csv", "bibtex"}'
check 'all(0 <= share <= 1 for f in d["files"] for share in f["fields"].values())'

expect 0 "$JIANWEI" status ws --json
check 'set(("records","sources","years","languages","fields","snapshot")) <= set(d)'
check 'd["records"]["work"] == 7 and d["records"]["project"] == 1 and d["languages"]["zh"] == 3 and d["years"]["2019"] == 1'
snapshot=$(json 'd["snapshot"]')
expect 0 "$JIANWEI" import ws exports --json
check 'd["totals"]["kept"] == 0'
expect 0 "$JIANWEI" status ws --json
check "d['snapshot'] == '$snapshot'"

# What was stored without merging is merged by the next run.
expect 0 "$JIANWEI" init later
expect 0 "$JIANWEI" import later exports --no-merge
expect 0 "$JIANWEI" run later -q
expect 0 "$JIANWEI" status later --json
check "d['snapshot'] == '$snapshot'"

rejects=$(find ws/rejects -type f | grep -v reasons | head -1)
sed 's/"year":20$/"year":2020}/' "$rejects" >mended.jsonl
expect 0 "$JIANWEI" import ws mended.jsonl --json
check 'd["totals"]["kept"] == 1 and d["totals"]["rejected"] == 0'

printf 'TY  - JOUR\nTI  - Read from standard input\nPY  - 2023\nID  - S1\nER  - \n' >one.ris
expect 0 "$JIANWEI" import ws - --json <one.ris
check 'd["totals"]["kept"] == 1'
expect 0 "$JIANWEI" search ws "固态电池" --json
says 固态电池电解质
expect 0 "$JIANWEI" search ws standard input --json
says 'Read from standard input'

# Spellings of one person and of one body are one entry; a table of the analyst's own joins more, and a broken line is named.
printf 'TY  - JOUR\nTI  - Spin waves in thin films\nAU  - Nordmann, Ola\nAD  - Univ. of Oslo\nPY  - 2021\nID  - P1\nER  - \nTY  - JOUR\nTI  - Spin currents in thin films\nAU  - Nordmann, O.\nAD  - Department of Physics, University of Oslo, Norway\nPY  - 2022\nID  - P2\nER  - \n' >oslo.ris
expect 0 "$JIANWEI" init actors
expect 0 "$JIANWEI" import actors oslo.ris
expect 0 "$JIANWEI" persons actors nordmann --json
check 'd["total"] == 1 and d["actors"][0]["documents"] == 2 and len(d["actors"][0]["records"]) == 2'
expect 0 "$JIANWEI" organisations actors --json
check 'd["total"] == 1 and d["actors"][0]["documents"] == 2'
mkdir -p actors/lexicon
printf 'University of Oslo\tUiO\n' >actors/lexicon/organisations.tsv
expect 0 "$JIANWEI" organisations actors --json
check 'd["actors"][0]["name"] == "UiO"'
printf 'University of Oslo UiO\n' >actors/lexicon/organisations.tsv
expect 2 "$JIANWEI" organisations actors
