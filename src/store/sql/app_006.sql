-- What people judged: one append-only chain of events (store/ledger.h). Portable types: the same table serves other databases. The tables it
-- replaces (separations, term_events, seed_events, watch_events, alert_scores) are read into it and dropped by the program in the same transaction.
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
CREATE INDEX ledger_by_object ON ledger (object_type, object_id);
