-- Who sits on which seat. A file of its own with a key of its own; nobody reads it alone: an identity is joined to a seat by two persons with a reason.
CREATE TABLE identities (
  seat TEXT PRIMARY KEY,               -- seat-<random>
  study TEXT NOT NULL,
  sealed TEXT NOT NULL,                -- name, e-mail, organisation, person of the lake: encrypted, base64
  consent TEXT NOT NULL,               -- JSON: version of the text, day, what was agreed; '' = not yet
  erased BIGINT NOT NULL               -- 1: the link was cut on the person's wish
);

-- Requests to join an identity to a seat: asked for by one, granted by another.
CREATE TABLE joins (
  number INTEGER PRIMARY KEY,
  seat TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  granted_by TEXT NOT NULL,            -- '' = open
  granted_at TEXT NOT NULL
);
