# Kill -9 under write load over real HTTP.
expect 0 "$JIANWEI" demo synth --records 600 --seed 6
expect 0 "$JIANWEI" init field && expect 0 "$JIANWEI" import field synth/*.ris synth/*.csv synth/*.jsonl
printf '[hindcast]\nenabled = false\n' >field/study.toml
expect 0 "$JIANWEI" run field
python3 "$ROOT/tests/e2e/server_kill.py"
