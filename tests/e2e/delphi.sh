# A moderator and thirteen experts over real HTTP: two rounds, the rule fires, dissent, export, promises, kill -9.
python3 "$ROOT/tests/e2e/delphi.py"
