-- What users of a server keep of this workspace: sets of records and views of pages. Portable SQL; times are UTC, ISO 8601.
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
