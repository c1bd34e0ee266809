# Drafts of a language model on this machine: checked, refused, accepted as judgements, on the command line and over HTTP.
python3 "$ROOT/tests/e2e/drafts.py"
