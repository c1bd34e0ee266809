# Every route with every role; odd bodies over real HTTP.
python3 "$ROOT/tests/e2e/server_roles.py"
