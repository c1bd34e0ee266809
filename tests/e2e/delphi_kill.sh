# kill -9 while experts save.
python3 "$ROOT/tests/e2e/delphi_kill.py"
