-- The ledgers of workspaces in a team's PostgreSQL; meaning of the columns: app_006.sql. One chain a workspace, append-only.
CREATE TABLE ledger (
  workspace TEXT NOT NULL,               -- the name the workspace's app.db knows it by (ledger_place)
  sequence BIGINT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  role TEXT NOT NULL,
  kind TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  arguments TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  run TEXT NOT NULL,
  state TEXT NOT NULL,
  refers_to BIGINT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (workspace, sequence),
  UNIQUE (workspace, hash)
);
CREATE INDEX ledger_by_object ON ledger (workspace, object_type, object_id);
