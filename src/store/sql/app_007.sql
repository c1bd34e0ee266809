-- The ledger names the workspace it is of ('' here), so that the same table can be kept in a team's PostgreSQL (ledger_001.sql); ledger_place says where it is.
ALTER TABLE ledger RENAME TO ledger_of_006;
CREATE TABLE ledger (
  workspace TEXT NOT NULL,
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
INSERT INTO ledger SELECT '', sequence, at, actor, role, kind, object_type, object_id, arguments, reason, evidence, snapshot, run, state, refers_to, previous_hash, hash FROM ledger_of_006;
DROP TABLE ledger_of_006;
CREATE INDEX ledger_by_object ON ledger (workspace, object_type, object_id);

-- No row: the ledger is in this file. One row: in the database of `location`, under the name `workspace`.
CREATE TABLE ledger_place (workspace TEXT NOT NULL, location TEXT NOT NULL);

-- From here on the table schema_version counts; programs that read this number instead are kept out.
PRAGMA user_version = 1000;
