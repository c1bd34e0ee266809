-- Topics keep their numbers over runs. A lineage is one selection of records (filters, not options); a generation is what one fit of topics gave.
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
CREATE INDEX topic_generations_by_lineage ON topic_generations (lineage, id);

CREATE TABLE generation_topics (
  generation_id INTEGER NOT NULL REFERENCES topic_generations (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  label_zh TEXT NOT NULL,
  label_en TEXT NOT NULL,
  document_count INTEGER NOT NULL,     -- documents whose largest share it is
  PRIMARY KEY (generation_id, number)
) STRICT, WITHOUT ROWID;

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
