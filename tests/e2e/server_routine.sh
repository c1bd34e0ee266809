# What a server does by itself: schedules, issues, deliveries, live collection, a feed for readers that send no headers.
python3 "$ROOT/tests/e2e/server_routine.py"
