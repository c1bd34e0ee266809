# Odd requests at every route over real HTTP.
python3 "$ROOT/tests/e2e/server_fuzz.py"
