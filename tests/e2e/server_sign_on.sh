# Single sign-on against real counterparts.
python3 "$ROOT/tests/e2e/server_sign_on.py"
