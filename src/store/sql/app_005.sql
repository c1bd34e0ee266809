-- An expert's concepts and what became of them: append-only. The last event of a concept and a term says how they stand.
CREATE TABLE seed_events (
  id INTEGER PRIMARY KEY,
  iteration INTEGER NOT NULL,          -- 0: the seeds; each round of proposals counts one more
  kind TEXT NOT NULL,                  -- seed, proposed, accepted, refused
  concept TEXT NOT NULL,
  term TEXT NOT NULL,                  -- as it was written
  term_id TEXT NOT NULL,               -- term-... of the run it was proposed from, '' for seeds
  run_id TEXT NOT NULL,                -- of proposals, else ''
  similarity REAL NOT NULL,            -- of proposals, else 0
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL             -- UTC, ISO 8601
) STRICT;
