-- The server's own state: people, sessions, tokens, jobs, uploads and the audit log. Portable SQL (SQLite and PostgreSQL); times are UTC, as
-- ISO 8601 text where people read them and as Unix seconds where they are compared.
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,           -- to sign in; lower case
  display_name TEXT NOT NULL,
  password_hash TEXT NOT NULL,         -- Argon2id in the PHC string format; '' = cannot sign in with a password
  roles TEXT NOT NULL,                 -- viewer,analyst,...
  language TEXT NOT NULL,              -- zh, en
  origin TEXT NOT NULL,                -- local, oidc, ldap, proxy
  subject TEXT NOT NULL,               -- who it is at the origin, '' for local
  disabled BIGINT NOT NULL,
  created_at TEXT NOT NULL,
  last_sign_in_at TEXT NOT NULL        -- '' = never
);

CREATE TABLE sessions (
  secret_hash TEXT PRIMARY KEY,        -- SHA-256 of the cookie
  user_id TEXT NOT NULL REFERENCES users (id),
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  address TEXT NOT NULL,
  agent TEXT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE,    -- SHA-256 of the token
  scope TEXT NOT NULL,                 -- read, write
  roles TEXT NOT NULL,                 -- kept of the user's roles; '' = all
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL              -- 0 = never
);

-- Failed sign-ins in a row, by name and by address.
CREATE TABLE sign_in_failures (
  subject TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);

-- Who did what: each entry's hash covers the one before it.
CREATE TABLE audit (
  seq BIGINT PRIMARY KEY,
  at TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  roles TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,                -- POST /api/v1/..., sign_in, sign_in_failed, ...
  target TEXT NOT NULL,                -- the path
  status BIGINT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
