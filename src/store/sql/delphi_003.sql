-- How many cards a seat and an item have in a round: pages that show who is done must not count millions of answers. Kept by the database itself, so that whoever writes answers keeps them right.
CREATE TABLE seat_cards (
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  seat BIGINT NOT NULL,
  cards BIGINT NOT NULL,
  PRIMARY KEY (study, round, seat)
) WITHOUT ROWID;
CREATE TABLE item_cards (
  study BIGINT NOT NULL,
  round BIGINT NOT NULL,
  item BIGINT NOT NULL,
  cards BIGINT NOT NULL,
  PRIMARY KEY (study, round, item)
) WITHOUT ROWID;
INSERT INTO seat_cards SELECT study, round, seat, count(*) FROM answers GROUP BY study, round, seat;
INSERT INTO item_cards SELECT study, round, item, count(*) FROM answers GROUP BY study, round, item;
-- Not fired by the update of a card that is there.
CREATE TRIGGER card_added AFTER INSERT ON answers BEGIN
  INSERT INTO seat_cards VALUES (new.study, new.round, new.seat, 1) ON CONFLICT (study, round, seat) DO UPDATE SET cards = cards + 1;
  INSERT INTO item_cards VALUES (new.study, new.round, new.item, 1) ON CONFLICT (study, round, item) DO UPDATE SET cards = cards + 1;
END;
CREATE TRIGGER card_deleted AFTER DELETE ON answers BEGIN
  UPDATE seat_cards SET cards = cards - 1 WHERE study = old.study AND round = old.round AND seat = old.seat;
  UPDATE item_cards SET cards = cards - 1 WHERE study = old.study AND round = old.round AND item = old.item;
END;

CREATE INDEX argument_votes_by_seat ON argument_votes (seat);
