-- What people decided about terms: append-only. A decision holds until a later event undoes it.
CREATE TABLE term_events (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                  -- stop, synonyms, pair, refused_pair, undo
  words TEXT NOT NULL,                 -- the names it speaks of, parted by " | "
  undoes INTEGER REFERENCES term_events (id),
  before TEXT NOT NULL,                -- how the names stood, for people
  after TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL             -- UTC, ISO 8601
) STRICT;
