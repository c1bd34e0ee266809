# Answers against openapi.yaml over real HTTP.
python3 "$ROOT/tests/e2e/server_contract.py"
