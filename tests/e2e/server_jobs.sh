# Uploads, jobs, events, restart, report over real HTTP.
python3 "$ROOT/tests/e2e/server_jobs.py"
