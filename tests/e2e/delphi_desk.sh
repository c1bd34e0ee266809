# The moderator's desk over HTTP: pilot, links, who is missing, reminders, exports, tables.
python3 "$ROOT/tests/e2e/delphi_desk.py"
