# First start, accounts, sessions, tokens, audit over real HTTP.
python3 "$ROOT/tests/e2e/server.py"
