# People of a lake, an import with rejects, recommendations, conflicts, a panel, an assignment; a technology list, a selection, look-back; the same over HTTP.
expect 0 "$JIANWEI" demo synth --records 2000 --seed 3
expect 0 "$JIANWEI" init ws
expect 0 "$JIANWEI" import ws synth/*.ris synth/*.csv synth/*.jsonl
printf '[hindcast]\nenabled = false\n' >ws/study.toml
expect 0 "$JIANWEI" run ws
python3 "$ROOT/tests/e2e/experts.py"
