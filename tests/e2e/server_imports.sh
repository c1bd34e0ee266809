# What an uploaded file would give before it is imported, over real HTTP.
python3 "$ROOT/tests/e2e/server_imports.py"
