-- vault.db as version 1 of its schema left it (sqlite3 .dump).
PRAGMA foreign_keys = OFF;
CREATE TABLE identities (
  seat TEXT PRIMARY KEY,               -- seat-<random>
  study TEXT NOT NULL,
  sealed TEXT NOT NULL,                -- name, e-mail, organisation, person of the lake: encrypted, base64
  consent TEXT NOT NULL,               -- JSON: version of the text, day, what was agreed; '' = not yet
  erased BIGINT NOT NULL               -- 1: the link was cut on the person's wish
);
INSERT INTO "identities" VALUES('seat-e67460c04517805c','study-1','FgcEVieKy4T4oui+fVT2vAFJU/RnJl3o0onzYhukFwiYrGF8i3jwo7mo6SPaD+kYvAiXCLsMDMYUwLlXXgW3Y/ACZk+3zkZxxQRrcVfVegNSqzXLlfy5Yi89HUgOOSS8KcTBxQ==','{"text":"1","day":"2026-11-27"}',0);
CREATE TABLE joins (
  number INTEGER PRIMARY KEY,
  seat TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  granted_by TEXT NOT NULL,            -- '' = open
  granted_at TEXT NOT NULL
);
CREATE TABLE schema_version (version BIGINT NOT NULL);
INSERT INTO "schema_version" VALUES(1);
