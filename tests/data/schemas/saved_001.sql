-- saved.db as version 1 of its schema left it (sqlite3 .dump).
PRAGMA foreign_keys = OFF;
CREATE TABLE saved (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  kind TEXT NOT NULL,                  -- set, view
  name TEXT NOT NULL,
  origin TEXT NOT NULL,                -- of a set: where it was made (map, search, topic, ...); of a view: its page
  query TEXT NOT NULL,                 -- of a set kept as a filter, and of a view: a URL's query; '' for a set kept as ids
  record_count BIGINT NOT NULL,        -- of a set kept as ids, else 0
  records TEXT NOT NULL,               -- ids, parted by blanks
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  UNIQUE (user_id, kind, name)
);
INSERT INTO "saved" VALUES('view-dd31dc508259','user-f2b19a7b6e','view','mine','/w/field/search','q=robots',0,'','2026-11-27T22:36:37Z','2026-11-27T22:36:37Z');
CREATE TABLE schema_version (version BIGINT NOT NULL);
INSERT INTO "schema_version" VALUES(1);
