-- app.db as version 6 of its schema left it: one file imported, two records parted again, decisions on terms. Written by the program before version 7 (sqlite3 .dump).
PRAGMA foreign_keys = OFF;
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
CREATE TABLE artifacts (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  path TEXT NOT NULL,                  -- relative to the workspace
  created_at TEXT NOT NULL,
  PRIMARY KEY (run_id, stage)
) STRICT, WITHOUT ROWID;
CREATE TABLE batches (
  id INTEGER PRIMARY KEY,
  created_at TEXT NOT NULL,            -- UTC, ISO 8601
  command TEXT NOT NULL,
  program_version TEXT NOT NULL,
  record_count INTEGER NOT NULL,       -- rows stored
  first_sequence INTEGER NOT NULL      -- of its rows: [first_sequence, first_sequence + record_count)
) STRICT;
INSERT INTO "batches" VALUES(1,'2026-11-27T22:31:48Z','import','0.1.0',2,0);
CREATE TABLE collect_state (
  source TEXT NOT NULL,
  query TEXT NOT NULL,
  state TEXT NOT NULL,                 -- JSON of the source
  updated_at TEXT NOT NULL,
  PRIMARY KEY (source, query)
) STRICT, WITHOUT ROWID;
CREATE TABLE file_fields (
  file_id INTEGER NOT NULL REFERENCES files (id),
  field TEXT NOT NULL,
  filled INTEGER NOT NULL,
  PRIMARY KEY (file_id, field)
) STRICT, WITHOUT ROWID;
INSERT INTO "file_fields" VALUES(1,'abstract',0);
INSERT INTO "file_fields" VALUES(1,'affiliations',0);
INSERT INTO "file_fields" VALUES(1,'citations',0);
INSERT INTO "file_fields" VALUES(1,'classifications',0);
INSERT INTO "file_fields" VALUES(1,'countries',0);
INSERT INTO "file_fields" VALUES(1,'date',2);
INSERT INTO "file_fields" VALUES(1,'doi',2);
INSERT INTO "file_fields" VALUES(1,'full_text',0);
INSERT INTO "file_fields" VALUES(1,'funding',0);
INSERT INTO "file_fields" VALUES(1,'identifiers',2);
INSERT INTO "file_fields" VALUES(1,'keywords',0);
INSERT INTO "file_fields" VALUES(1,'language',2);
INSERT INTO "file_fields" VALUES(1,'persons',2);
INSERT INTO "file_fields" VALUES(1,'references',0);
INSERT INTO "file_fields" VALUES(1,'title',2);
INSERT INTO "file_fields" VALUES(1,'url',0);
INSERT INTO "file_fields" VALUES(1,'venue',0);
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
INSERT INTO "files" VALUES(1,1,'one.ris','c9e711c513913c93669d3b5ba674a284748136eb371c75b297b184555987aac4',193,'ris','utf-8',2,2,0,0,0,'{"path":"one.ris","format":"ris","encoding":"utf-8","checksum":"c9e711c513913c93669d3b5ba674a284748136eb371c75b297b184555987aac4","read":2,"kept":2,"rejected":0,"updated":0,"duplicates":0,"fields":{"title":1,"abstract":0,"date":1,"language":1,"persons":1,"affiliations":0,"countries":0,"keywords":0,"classifications":0,"references":0,"funding":0,"venue":0,"doi":1,"identifiers":1,"citations":0,"url":0,"full_text":0},"failed":false,"rejects_file":"","rejects":[],"warnings":[]}');
CREATE TABLE generation_topics (
  generation_id INTEGER NOT NULL REFERENCES topic_generations (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  label_zh TEXT NOT NULL,
  label_en TEXT NOT NULL,
  document_count INTEGER NOT NULL,     -- documents whose largest share it is
  PRIMARY KEY (generation_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger (
  sequence BIGINT NOT NULL PRIMARY KEY,  -- 1, 2, 3, ... without a gap
  at TEXT NOT NULL,                      -- UTC, ISO 8601
  actor TEXT NOT NULL,
  role TEXT NOT NULL,                    -- in which the actor judged; '' before roles were kept
  kind TEXT NOT NULL,                    -- rename, merge, split, remove, move, link, comment, vote, ...; undo, redo, approve, refuse, resolve
  object_type TEXT NOT NULL,             -- topic, term, organisation, person, country, venue, record, concept, rule, alert
  object_id TEXT NOT NULL,
  arguments TEXT NOT NULL,               -- JSON object
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,                -- JSON array of record ids
  snapshot TEXT NOT NULL,                -- of the records the actor saw
  run TEXT NOT NULL,                     -- of the results the actor saw
  state TEXT NOT NULL,                   -- stands, proposed: as it was entered
  refers_to BIGINT NOT NULL,             -- the event that is undone, redone, approved, refused or resolved; 0: none
  previous_hash TEXT NOT NULL,           -- of the event before, '' of the first
  hash TEXT NOT NULL UNIQUE              -- SHA-256 over the canonical JSON of all the above
);
INSERT INTO "ledger" VALUES(1,'2026-11-27T22:31:56Z','root','','separate','record','rcb1bc967979b1115','{"a":"rcb1bc967979b1115","b":"re871c10a7d44d244"}','two editions','[]','','','stands',0,'','2ee116c839641681a5174a338c89b8522c27702cafcd8b47dc9ea6beb0c137dd');
INSERT INTO "ledger" VALUES(2,'2026-11-27T22:31:57Z','ann','','remove','term','term-14c3dd57ac','{"names":["said"]}','boilerplate','[]','','','stands',0,'2ee116c839641681a5174a338c89b8522c27702cafcd8b47dc9ea6beb0c137dd','8951456731e685f8080ff996b27ba5b01dc4f84b6323ea91c359dd6aebc0bdde');
INSERT INTO "ledger" VALUES(3,'2026-11-27T22:32:09Z','ann','','merge','term','term-e9950bfd34','{"names":["石墨烯","单层石墨"]}','same','[]','','','stands',0,'8951456731e685f8080ff996b27ba5b01dc4f84b6323ea91c359dd6aebc0bdde','7154e45c01645d833764cfc3e7693c94bc9882b48e6654eb6320ff10b3d2effc');
INSERT INTO "ledger" VALUES(4,'2026-11-27T22:32:09Z','bob','','undo','term','term-14c3dd57ac','{"names":["said"]}','a name','[]','','','stands',2,'7154e45c01645d833764cfc3e7693c94bc9882b48e6654eb6320ff10b3d2effc','6964a89d9417a311ee65dc7a6f3895d3beb56fdcce90491e48802d188b7ebd61');
CREATE TABLE parts (
  path TEXT PRIMARY KEY,               -- relative to the workspace
  batch_id INTEGER NOT NULL REFERENCES batches (id),
  row_count INTEGER NOT NULL
) STRICT;
INSERT INTO "parts" VALUES('lake/records/b000001-0000.parquet',1,2);
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  snapshot_id TEXT NOT NULL,
  study TEXT NOT NULL,                 -- JSON: options, seed, filters
  program_version TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL                 -- running, finished, failed, cancelled
) STRICT;
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
INSERT INTO "snapshots" VALUES('s48c222b7226b',1,'2026-11-27T22:31:48Z','0.1.0',2,1,1,'lake/merged/s48c222b7226b.parquet','lake/links/s48c222b7226b.parquet','lake/citations/s48c222b7226b.parquet');
INSERT INTO "snapshots" VALUES('sa57a3e7c52f3',2,'2026-11-27T22:31:57Z','0.1.0',2,2,0,'lake/merged/sa57a3e7c52f3.parquet','lake/links/sa57a3e7c52f3.parquet','lake/citations/sa57a3e7c52f3.parquet');
CREATE TABLE topic_events (
  generation_id INTEGER NOT NULL REFERENCES topic_generations (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,                  -- birth, continuation, split, merge, death
  from_numbers TEXT NOT NULL,          -- "3 7"
  to_numbers TEXT NOT NULL,
  overlap REAL NOT NULL,
  documents_before INTEGER NOT NULL,
  documents_after INTEGER NOT NULL,
  documents_shared INTEGER NOT NULL,
  evidence TEXT NOT NULL,              -- record ids, separated by blanks
  PRIMARY KEY (generation_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE topic_generations (
  id INTEGER PRIMARY KEY,
  lineage TEXT NOT NULL,
  parent_id INTEGER REFERENCES topic_generations (id),  -- whose numbers were carried on; NULL: the first
  fingerprint TEXT NOT NULL UNIQUE,    -- of the artifacts "topics" and "topic-state"
  corpus TEXT NOT NULL,                -- fingerprint of the records and terms
  options TEXT NOT NULL,               -- fingerprint of the method, its options and seed
  snapshot_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  warm INTEGER NOT NULL,               -- 1: the fit started from the parent's model
  record_count INTEGER NOT NULL,
  shared_count INTEGER NOT NULL,       -- records with a main topic both in the parent and now
  kept_count INTEGER NOT NULL,         -- of these, with the same number
  adjusted_rand REAL NOT NULL,         -- of these, before against now
  next_number INTEGER NOT NULL         -- above every number given so far
) STRICT;
CREATE INDEX files_by_checksum ON files (checksum);
CREATE INDEX artifacts_by_fingerprint ON artifacts (stage, fingerprint);
CREATE INDEX topic_generations_by_lineage ON topic_generations (lineage, id);
CREATE INDEX ledger_by_object ON ledger (object_type, object_id);
PRAGMA user_version = 6;
