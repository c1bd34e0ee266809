# From topics to a technology list, a Delphi study of ten experts, key technologies, the ledger and the next machine run.
expect 0 "$JIANWEI" demo synth --records 1500 --seed 3
expect 0 "$JIANWEI" demo next --records 300 --seed 4
expect 0 "$JIANWEI" init ws
expect 0 "$JIANWEI" import ws synth/*.ris synth/*.csv synth/*.jsonl
printf '[hindcast]\nenabled = false\n' >ws/study.toml
expect 0 "$JIANWEI" run ws
python3 "$ROOT/tests/e2e/delphi_loop.py" next/*.ris next/*.csv next/*.jsonl
