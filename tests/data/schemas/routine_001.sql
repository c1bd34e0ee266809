-- routine.db as version 1 of its schema left it (sqlite3 .dump).
PRAGMA foreign_keys = OFF;
CREATE TABLE deliveries (
  channel TEXT NOT NULL,               -- mail, webhook
  alert_id TEXT NOT NULL,
  state TEXT NOT NULL,                 -- waiting, sending, sent, failed, muted, unsure
  attempts INTEGER NOT NULL,
  next_try TEXT NOT NULL,              -- UTC
  batch TEXT NOT NULL,                 -- id of the message that carried it
  message TEXT NOT NULL,               -- of the last failure
  changed_at TEXT NOT NULL,
  PRIMARY KEY (channel, alert_id)
) STRICT;
CREATE TABLE issues (
  series TEXT NOT NULL,
  number INTEGER NOT NULL,             -- 1, 2, ...
  template TEXT NOT NULL,
  template_version INTEGER NOT NULL,
  language TEXT NOT NULL,
  parameters TEXT NOT NULL,            -- JSON
  run_id TEXT NOT NULL,
  snapshot_id TEXT NOT NULL,           -- the frozen data version
  software TEXT NOT NULL,
  numbers TEXT NOT NULL,               -- JSON: what the next issue is set beside
  records TEXT NOT NULL,               -- file of the record ids, beside the issue's files
  files TEXT NOT NULL,                 -- JSON: paths under WS
  created_at TEXT NOT NULL,            -- UTC, ISO 8601
  PRIMARY KEY (series, number)
) STRICT;
CREATE TABLE mutes (
  id INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,                  -- id of a watch rule, '*' all
  until TEXT NOT NULL,                 -- UTC date, '' = until taken back
  kind TEXT NOT NULL,                  -- muted, unmuted
  why TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL
) STRICT;
CREATE TABLE schedule_runs (
  id INTEGER PRIMARY KEY,
  schedule TEXT NOT NULL,
  due_at TEXT NOT NULL,
  missed INTEGER NOT NULL,             -- earlier dates this run stands for
  started_at TEXT NOT NULL,
  ended_at TEXT NOT NULL,              -- '' while it runs
  outcome TEXT NOT NULL,               -- running, done, failed, cut_off
  message TEXT NOT NULL                -- what was done, or why it failed
) STRICT;
CREATE TABLE schedules (
  name TEXT PRIMARY KEY,
  plan TEXT NOT NULL,                  -- JSON
  next_due TEXT NOT NULL,              -- UTC
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
) STRICT;
CREATE TABLE schema_version (version BIGINT NOT NULL);
INSERT INTO "schema_version" VALUES(1);
CREATE TABLE technology_events (
  id INTEGER PRIMARY KEY,
  list TEXT NOT NULL,
  kind TEXT NOT NULL,                  -- added, removed
  units TEXT NOT NULL,                 -- JSON: ids, labels or words
  why TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL
) STRICT;
INSERT INTO "technology_events" VALUES(1,'storage','added','["solid state battery"]','plan','root','2026-11-27T22:35:46Z');
