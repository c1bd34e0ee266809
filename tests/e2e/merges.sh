# A merge can be seen, taken back, and stays taken back.
python3 "$ROOT/tests/e2e/make_fixtures.py" exports
expect 0 "$JIANWEI" init ws
expect 0 "$JIANWEI" import ws exports/wos.ris exports/scopus.csv.gz
expect 0 "$JIANWEI" export ws links -o links.csv
[ "$(tr -d '\r\357\273\277' <links.csv | head -1)" = record_a,record_b,rule,score ] || fail "columns of links.csv: $(head -1 links.csv)"
[ "$(grep -c . links.csv)" = 2 ] || fail "expected one merge: $(cat links.csv)"
grep -qE '^(R1,2-s2.0-1|2-s2.0-1,R1),identifier:doi,' links.csv || fail "$(cat links.csv)"

expect 0 "$JIANWEI" search ws sulfide glass --json
id=$(json '[h["id"] for h in d["hits"]][0]')
expect 0 "$JIANWEI" show ws "$id" --json
says '2-s2.0-1'
says '"R1"'
says 'identifier:doi'

expect 0 "$JIANWEI" unmerge ws R1 2-s2.0-1 --reason "another paper" --json
check 'd["records"] == 4'
expect 0 "$JIANWEI" import ws exports/cnki.csv
expect 0 "$JIANWEI" export ws links -o links.csv
[ "$(grep -c . links.csv)" = 1 ] || fail "the merge came back: $(cat links.csv)"
expect 0 "$JIANWEI" status ws --json
check 'd["records"]["work"] == 6'
