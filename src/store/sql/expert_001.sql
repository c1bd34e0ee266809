-- Experts, technology lists, selections and look-back of a workspace. Things are kept as JSON bodies by kind and id; what was done to them, by whom and when, is a chain
-- of events beside them. An event names things by their ids and never holds a personal field, so that a person can be erased and the chain stays whole.
CREATE TABLE objects (
  kind TEXT NOT NULL,                  -- expert, tie, list, entry, vote, version, selection, outcome, forecast
  id TEXT NOT NULL,                    -- <kind>-<n>, or given
  parent TEXT NOT NULL,                -- the list of an entry, the entry of a vote; '' = none
  number BIGINT NOT NULL,              -- order of making
  body TEXT NOT NULL,                  -- JSON
  PRIMARY KEY (kind, id)
);
CREATE INDEX objects_of_parent ON objects (kind, parent, number);

-- Numbers are given once: an erased expert's is not given to another.
CREATE TABLE counters (kind TEXT PRIMARY KEY, last BIGINT NOT NULL);

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
