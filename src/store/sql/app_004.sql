-- Watch rules as events: what was added or removed, by whom, when and why. A rule is alive when its last event added it.
CREATE TABLE watch_events (
  id INTEGER PRIMARY KEY,
  rule_id TEXT NOT NULL,
  kind TEXT NOT NULL,                  -- added, removed
  rule TEXT NOT NULL,                  -- JSON
  why TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL
) STRICT;

-- What a rule fired on, with its evidence as it was then.
CREATE TABLE alerts (
  id TEXT PRIMARY KEY,                 -- names rule, unit and year
  rule_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  year INTEGER NOT NULL,
  run_id TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,
  evidence TEXT NOT NULL,              -- JSON
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How alerts turned out, by people; the last one of an alert counts.
CREATE TABLE alert_scores (
  id INTEGER PRIMARY KEY,
  alert_id TEXT NOT NULL REFERENCES alerts (id),
  verdict TEXT NOT NULL,               -- right, wrong, partly, cannot_tell
  why TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL
) STRICT;
