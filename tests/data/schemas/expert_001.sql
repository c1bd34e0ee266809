-- experts.db as version 1 of its schema left it (sqlite3 .dump).
PRAGMA foreign_keys = OFF;
CREATE TABLE counters (kind TEXT PRIMARY KEY, last BIGINT NOT NULL);
INSERT INTO "counters" VALUES('expert',1);
CREATE TABLE events (
  seq BIGINT PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,                  -- expert_added, identity_joined, expert_erased, entry_merged, ...
  object TEXT NOT NULL,                -- id
  detail TEXT NOT NULL,                -- JSON without personal fields
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL                   -- SHA-256 over the previous hash and every field
);
INSERT INTO "events" VALUES(1,'2026-11-27T22:45:32Z','root','expert_added','expert-1','{"source":"hand"}','','f1fa8f9f3edb6e2432634ec484d7375cdf85f6ed456e155c8f41d67e05a5f03e');
CREATE TABLE objects (
  kind TEXT NOT NULL,                  -- expert, tie, list, entry, vote, version, selection, outcome, forecast
  id TEXT NOT NULL,                    -- <kind>-<n>, or given
  parent TEXT NOT NULL,                -- the list of an entry, the entry of a vote; '' = none
  number BIGINT NOT NULL,              -- order of making
  body TEXT NOT NULL,                  -- JSON
  PRIMARY KEY (kind, id)
);
INSERT INTO "objects" VALUES('expert','expert-1','',1,'{"name":"李娜","name_zh":"李娜","name_en":"","pinyin":"","orcid":"","email":"","organisation":"清华大学","sector":"","region":"","country":"","gender":"","age_band":"","seniority":"","title":"","away_until":"","fields":[],"languages":[],"projects":[],"patents":[],"panels":[],"persons":[],"apart":[],"identity":"none","load":5,"source":"hand","consent":"","consent_at":""}');
CREATE TABLE schema_version (version BIGINT NOT NULL);
INSERT INTO "schema_version" VALUES(1);
CREATE INDEX objects_of_parent ON objects (kind, parent, number);
