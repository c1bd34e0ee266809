-- Delphi studies of a workspace: what was asked, by which rules, and what the seats answered. Nothing here says who sits on a seat: that is in vault.db.
CREATE TABLE studies (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,             -- study-<n>
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  purpose_zh TEXT NOT NULL,
  purpose_en TEXT NOT NULL,
  mode TEXT NOT NULL,                  -- rounds, real_time
  state TEXT NOT NULL,
  state_before_pause TEXT NOT NULL,
  round BIGINT NOT NULL,               -- of the last opened; 0 = none yet
  protocol TEXT NOT NULL,              -- JSON
  protocol_hash TEXT NOT NULL,         -- '' until it is locked
  pilot BIGINT NOT NULL,               -- 0: no study is a trial yet
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
);

-- The rules as they were locked, and every change afterwards with its reason.
CREATE TABLE protocol_versions (
  study BIGINT NOT NULL,
  version BIGINT NOT NULL,
  text TEXT NOT NULL,                  -- what the hash covers
  hash TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  PRIMARY KEY (study, version)
);

CREATE TABLE questions (
  study BIGINT NOT NULL,
  position BIGINT NOT NULL,
  id TEXT NOT NULL,
  question TEXT NOT NULL,              -- JSON
  PRIMARY KEY (study, position)
);

CREATE TABLE items (
  study BIGINT NOT NULL,
  number BIGINT NOT NULL,
  id TEXT NOT NULL,                    -- item-<n>
  field TEXT NOT NULL,
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL,
  origin TEXT NOT NULL,                -- JSON: topic, documents, list entry, authors
  state TEXT NOT NULL,                 -- active, consensus_in, consensus_out, stable_dissent, unresolved, merged, split, dropped
  lineage TEXT NOT NULL,               -- JSON: merged_from, split_from, reworded_from
  PRIMARY KEY (study, number)
);

CREATE TABLE seats (
  number INTEGER PRIMARY KEY,
  study BIGINT NOT NULL,
  id TEXT NOT NULL UNIQUE,             -- seat-<random>: means nothing outside this study
  token_hash TEXT NOT NULL UNIQUE,     -- SHA-256 of the link's secret
  expires_at BIGINT NOT NULL,          -- Unix seconds
  attributes TEXT NOT NULL,            -- JSON: sector, field, region, ... for subgroups
  state TEXT NOT NULL,                 -- invited, consented, withdrawn, revoked
  excluded TEXT NOT NULL               -- JSON list of item numbers: own items and conflicts
);
CREATE INDEX seats_by_study ON seats (study);

-- One row a card: all answers of a seat to an item in a round.
CREATE TABLE answers (
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  item BIGINT NOT NULL,
  seat BIGINT NOT NULL,
  answers TEXT NOT NULL,               -- JSON: question id -> answer
  day TEXT NOT NULL,                   -- no finer than a day
  PRIMARY KEY (study, round, item, seat)
);
CREATE INDEX answers_by_seat ON answers (seat, item, round);

CREATE TABLE arguments (
  number INTEGER PRIMARY KEY,
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  item BIGINT NOT NULL,
  seat BIGINT NOT NULL,
  category BIGINT NOT NULL,            -- where its author stands on the deciding question; 0 = not said
  text TEXT NOT NULL,
  original TEXT NOT NULL,              -- before a moderator redacted it; '' = untouched
  hidden BIGINT NOT NULL,
  day TEXT NOT NULL
);
CREATE INDEX arguments_by_item ON arguments (study, item);

CREATE TABLE argument_votes (
  argument BIGINT NOT NULL,
  seat BIGINT NOT NULL,
  PRIMARY KEY (argument, seat)
);

CREATE TABLE rounds (
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  opened_at TEXT NOT NULL,
  closed_at TEXT NOT NULL,             -- '' = open
  PRIMARY KEY (study, round)
);

-- What the rule said of an item at the end of a round; of real-time studies also the figures the panel sees now.
CREATE TABLE settlements (
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  item BIGINT NOT NULL,
  cards BIGINT NOT NULL,               -- answered cards the figures are of
  state TEXT NOT NULL,
  summary TEXT NOT NULL,               -- JSON: the figures of the round
  PRIMARY KEY (study, round, item)
);

-- Life of a study: each entry's hash covers the one before it. Never an answer, never a person of a seat.
CREATE TABLE study_events (
  study BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,                -- JSON
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (study, seq)
);
