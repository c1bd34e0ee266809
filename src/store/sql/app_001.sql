-- The catalogue of a workspace. Keys of records are unsigned 64-bit numbers stored in SQLite's signed ones, bit for bit.
CREATE TABLE batches (
  id INTEGER PRIMARY KEY,
  created_at TEXT NOT NULL,            -- UTC, ISO 8601
  command TEXT NOT NULL,
  program_version TEXT NOT NULL,
  record_count INTEGER NOT NULL,       -- rows stored
  first_sequence INTEGER NOT NULL      -- of its rows: [first_sequence, first_sequence + record_count)
) STRICT;

-- The Parquet files of a batch; a file below lake/records that is not named here is swept.
CREATE TABLE parts (
  path TEXT PRIMARY KEY,               -- relative to the workspace
  batch_id INTEGER NOT NULL REFERENCES batches (id),
  row_count INTEGER NOT NULL
) STRICT;

-- The source files of a batch, as they arrived.
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES batches (id),
  path TEXT NOT NULL,
  checksum TEXT NOT NULL,              -- SHA-256
  byte_count INTEGER NOT NULL,
  format TEXT NOT NULL,
  encoding TEXT NOT NULL,
  read INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  report TEXT NOT NULL                 -- JSON, as import --json shows it
) STRICT;
CREATE INDEX files_by_checksum ON files (checksum);

-- How many of a file's good records fill a field (of those read, duplicates included).
CREATE TABLE file_fields (
  file_id INTEGER NOT NULL REFERENCES files (id),
  field TEXT NOT NULL,
  filled INTEGER NOT NULL,
  PRIMARY KEY (file_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshots (
  id TEXT PRIMARY KEY,                 -- names the content: live source records, decisions, version of the rules
  number INTEGER NOT NULL UNIQUE,      -- in order of making
  created_at TEXT NOT NULL,
  program_version TEXT NOT NULL,
  source_record_count INTEGER NOT NULL,
  record_count INTEGER NOT NULL,
  link_count INTEGER NOT NULL,
  merged_path TEXT NOT NULL,
  links_path TEXT NOT NULL,
  citations_path TEXT NOT NULL
) STRICT;

-- Pairs of source records that people have told apart.
CREATE TABLE separations (
  id INTEGER PRIMARY KEY,
  key_a INTEGER NOT NULL,
  key_b INTEGER NOT NULL,
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  UNIQUE (key_a, key_b)
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  snapshot_id TEXT NOT NULL,
  study TEXT NOT NULL,                 -- JSON: options, seed, filters
  program_version TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL                 -- running, finished, failed, cancelled
) STRICT;

-- What a stage of a run left on disk; found again by its fingerprint.
CREATE TABLE artifacts (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  path TEXT NOT NULL,                  -- relative to the workspace
  created_at TEXT NOT NULL,
  PRIMARY KEY (run_id, stage)
) STRICT, WITHOUT ROWID;
CREATE INDEX artifacts_by_fingerprint ON artifacts (stage, fingerprint);

-- How far a live collection has come.
CREATE TABLE collect_state (
  source TEXT NOT NULL,
  query TEXT NOT NULL,
  state TEXT NOT NULL,                 -- JSON of the source
  updated_at TEXT NOT NULL,
  PRIMARY KEY (source, query)
) STRICT, WITHOUT ROWID;
