-- Work that takes longer than a moment.
CREATE TABLE jobs (
  number BIGINT PRIMARY KEY,           -- in order of asking
  workspace TEXT NOT NULL,
  kind TEXT NOT NULL,                  -- import, run, hindcast, report, ...
  parameters TEXT NOT NULL,            -- JSON object
  state TEXT NOT NULL,                 -- queued, running, done, failed, cancelled
  stage TEXT NOT NULL,                 -- key of the message catalogue without "stage.", '' before the first
  unit TEXT NOT NULL,                  -- of done and total, key without "unit."
  done BIGINT NOT NULL,
  total BIGINT NOT NULL,               -- 0 = unknown
  message TEXT NOT NULL,               -- why it failed
  result TEXT NOT NULL,                -- JSON, '' before it is done
  attempts BIGINT NOT NULL,            -- times it was started
  asked_by TEXT NOT NULL,              -- id of a user
  asked_by_name TEXT NOT NULL,
  request_key TEXT NOT NULL,           -- Idempotency-Key of its request, '' = none
  asked_at TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL
);
CREATE INDEX jobs_by_state ON jobs (state, number);

CREATE TABLE job_log (
  job BIGINT NOT NULL REFERENCES jobs (number),
  line BIGINT NOT NULL,
  at TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (job, line)
);

-- Files on their way in; parts and the whole lie in the state's uploads/<id>/.
CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL,
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,                  -- a plain file name
  bytes BIGINT NOT NULL,
  checksum TEXT NOT NULL,              -- SHA-256 of the whole, '' until it is complete
  created_at BIGINT NOT NULL
);

-- Answers that were given for an Idempotency-Key.
CREATE TABLE answers (
  user_id TEXT NOT NULL,
  request_key TEXT NOT NULL,
  request_hash TEXT NOT NULL,          -- of method, path and body
  status BIGINT NOT NULL,
  content_type TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, request_key)
);
