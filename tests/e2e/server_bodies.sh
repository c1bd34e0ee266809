# Bodies that are broken in every way the contract knows, at every route that takes one.
python3 "$ROOT/tests/e2e/server_bodies.py"
