# Exit codes are stable and messages say what is wrong; a damaged file gives what is good in it.
python3 "$ROOT/tests/e2e/make_fixtures.py" exports
expect 2 "$JIANWEI"
expect 2 "$JIANWEI" nonsense
expect 3 "$JIANWEI" status nowhere --lang en
expect 0 "$JIANWEI" init ws
expect 4 "$JIANWEI" init ws
expect 2 "$JIANWEI" init named --name "$(printf 'two\nlines')" --lang en
says 'name: character 4'
[ ! -e named ] || fail "a workspace of no name"
expect 3 "$JIANWEI" import ws no-such-file.ris --lang en
says no-such-file.ris
expect 2 "$JIANWEI" import ws exports --no-such-option
says no-such-option
expect 2 "$JIANWEI" import ws exports/wos.ris --format nonsense
expect 3 "$JIANWEI" topics ws --json
check 'd["error"]["kind"] == "not_found"'
expect 0 "$JIANWEI" import ws exports/wos.ris
for command in topics emerging weak-signals bursts; do expect 3 "$JIANWEI" $command ws; done
expect 3 "$JIANWEI" report ws -o report.html
[ ! -e report.html ] || fail "a report of nothing"
expect 3 "$JIANWEI" show ws no-such-id
expect 2 "$JIANWEI" export ws nonsense -o x.csv
expect 2 "$JIANWEI" search ws robot --filter year=2020-2010 --lang en
says 'ends before it begins'
expect 2 "$JIANWEI" terms merge ws robot robot --reason same --lang en
says 'one name'
status=0; "$JIANWEI" status ws --json >/dev/full 2>full.txt || status=$?
[ "$status" = 6 ] || fail "a full disk gave exit code $status"
expect 2 "$JIANWEI" export ws records -o x.nonsense
printf 'seed = "x"\n[nonsense]\n' >study.toml
expect 2 "$JIANWEI" run ws --study study.toml
expect 5 "$JIANWEI" collect ws openalex --query x
for source in nosuch ftp://example.org/feed feed; do
  expect 2 "$JIANWEI" schedule add ws --name s --collect "$source" --online --lang en
  says "is no source"
done
expect 0 "$JIANWEI" longlist make ws --en Technologies
expect 2 "$JIANWEI" longlist show ws list-1 -o l.exe --lang en
says '.csv, .xlsx, .parquet or .jsonl'
[ ! -e l.exe ] || fail "a list in no known format"
expect 0 "$JIANWEI" longlist add ws list-1 --zh 固态电池 --en 'solid batteries'
expect 0 "$JIANWEI" longlist show ws list-1 -o l.csv
expect 0 "$JIANWEI" longlist make ws --en Again
expect 0 "$JIANWEI" longlist from ws list-2 l.csv --json
check '[(e["zh"], e["en"]) for e in d] == [("固态电池", "solid batteries")]'
printf '{"list":"list-1","criterias":[]}' >request.json
expect 2 "$JIANWEI" select ws request.json --lang en
says criterias
mkfifo pipe
expect 2 "$JIANWEI" import ws pipe --lang en
says 'nobody writes to this pipe'

for i in $(seq 3000); do printf 'TY  - JOUR\nTI  - Title %s of a long file %s\nPY  - 2019\nID  - G%s\nER  - \n' $i $RANDOM $i; done | gzip >long.ris.gz
head -c $(($(stat -c %s long.ris.gz) / 2)) long.ris.gz >cut.ris.gz
expect 0 "$JIANWEI" import ws cut.ris.gz --json
check '500 < d["totals"]["kept"] < 3000 and len(d["files"][0]["warnings"]) > 0'
printf '\320\317\021\340\241\261\032\341%3000s' x >savedrecs.xls
expect 2 "$JIANWEI" import ws savedrecs.xls --lang en
says 'save it as .xlsx'
head -c 3000 /dev/urandom >noise.bin
expect 2 "$JIANWEI" import ws noise.bin --json
check 'd["totals"]["kept"] == 0'
