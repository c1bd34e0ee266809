# Kill -9 under write load over real HTTP.
python3 "$ROOT/tests/e2e/server_kill.py"
