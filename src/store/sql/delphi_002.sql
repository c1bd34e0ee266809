-- A seat may have several links: the first one, and those sent with reminders. Renewing or revoking ends them all.
CREATE TABLE links (
  token_hash TEXT PRIMARY KEY,         -- SHA-256 of the link's secret
  seat BIGINT NOT NULL,
  expires_at BIGINT NOT NULL           -- Unix seconds
);
CREATE INDEX links_by_seat ON links (seat);
INSERT INTO links SELECT token_hash, number, expires_at FROM seats;

CREATE TABLE seats_with_pilot (
  number INTEGER PRIMARY KEY,
  study BIGINT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  attributes TEXT NOT NULL,
  state TEXT NOT NULL,
  excluded TEXT NOT NULL,
  pilot BIGINT NOT NULL                -- 1: tries the questionnaire; its cards are of round 0 and enter no result
);
INSERT INTO seats_with_pilot SELECT number, study, id, attributes, state, excluded, 0 FROM seats;
DROP TABLE seats;
ALTER TABLE seats_with_pilot RENAME TO seats;
CREATE INDEX seats_by_study ON seats (study);

-- When a pilot seat saved a card: how long a card takes. Of real seats no time finer than a day is kept.
CREATE TABLE pilot_saves (
  study BIGINT NOT NULL,
  seat BIGINT NOT NULL,
  item BIGINT NOT NULL,                -- 0: it began
  at BIGINT NOT NULL                   -- Unix seconds
);
CREATE INDEX pilot_saves_by_study ON pilot_saves (study, seat);

-- Whose names a moderator was shown as missing: two such lists must not differ by a few people.
CREATE TABLE shown_missing (
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  seats TEXT NOT NULL                  -- JSON list of seat numbers, increasing
);
