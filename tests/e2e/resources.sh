# Every route that reads results, over real HTTP on the synthetic corpus: contract, the commands' numbers, paging, links, errors.
expect 0 "$JIANWEI" demo synth --records 2500 --seed 1
expect 0 "$JIANWEI" init field
expect 0 "$JIANWEI" import field synth/*.ris synth/*.csv synth/*.jsonl
expect 0 "$JIANWEI" run field --json
expect 0 "$JIANWEI" watch add field --name fast --indicator growth --above 0.2 --why "a test" --by me
expect 0 "$JIANWEI" watch check field --json
mkdir -p field/reports/first && expect 0 "$JIANWEI" report field -o field/reports/first/report.html
echo '{"id":"first","template":"field","language":"en","by":"me"}' >field/reports/first/report.json
python3 "$ROOT/tests/e2e/resources.py"
