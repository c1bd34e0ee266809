// Answers come by the thousand in the last hours of a round. A durable transaction costs a sync of the disk, so saves that wait at the same time
// share one: the first caller who finds nobody writing takes all that wait, writes them and wakes their callers.
#include "store/delphi_db.h"

namespace jianwei::store {

Result<> DelphiDb::save_card(const CardRow& card) {
  Save own{&card, false, std::nullopt};
  std::unique_lock queue(queue_mutex_);
  queue_.push_back(&own);
  while (!own.done) {
    if (writing_) {
      queue_wake_.wait(queue);
      continue;
    }
    writing_ = true;
    std::vector<Save*> batch;
    batch.swap(queue_);
    queue.unlock();
    Result<> written;
    {
      const std::lock_guard lock(mutex_);
      written = database_.transaction([&]() -> Result<> {
        for (const Save* save : batch) {
          const CardRow& row = *save->card;
          TRY(database_.execute("INSERT INTO answers VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (study, round, item, seat) DO UPDATE SET answers = excluded.answers, day = excluded.day",
                                {row.study, row.round, row.item, row.seat, row.answers, row.day}));
        }
        return {};
      });
    }
    queue.lock();
    for (Save* save : batch) {
      save->done = true;
      if (!written) save->error = written.error();
    }
    writing_ = false;
    queue_wake_.notify_all();
  }
  if (own.error) return tl::unexpected(*own.error);
  return {};
}

Result<std::vector<CardRow>> DelphiDb::cards_of_item(std::int64_t study, std::int64_t round, std::int64_t item) {
  auto reader = TRY(readers_.take());
  std::vector<CardRow> list;
  SqliteRows rows = TRY(reader->query("SELECT seat, answers, day FROM answers WHERE study = $1 AND round = $2 AND item = $3 ORDER BY seat", {study, round, item}));
  while (TRY(rows.next())) list.push_back({study, round, item, rows.integer(0), rows.text(1), rows.text(2)});
  return list;
}

Result<std::vector<CardRow>> DelphiDb::cards_of_seat(std::int64_t seat, std::int64_t item) {
  auto reader = TRY(readers_.take());
  std::vector<CardRow> list;
  // Two texts: with "$2 = 0 OR" the index would be read for all items of the seat.
  constexpr std::string_view kAll = "SELECT study, round, item, answers, day FROM answers WHERE seat = $1 ORDER BY round, item", kOne = "SELECT study, round, item, answers, day FROM answers WHERE seat = $1 AND item = $2 ORDER BY round";
  SqliteRows rows = TRY(item == 0 ? reader->query(kAll, {seat}) : reader->query(kOne, {seat, item}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.integer(1), rows.integer(2), seat, rows.text(3), rows.text(4)});
  return list;
}

Result<std::int64_t> DelphiDb::card_count(std::int64_t study, std::int64_t round, std::int64_t item) {
  auto reader = TRY(readers_.take());
  return reader->query_integer("SELECT cards FROM item_cards WHERE study = $1 AND round = $2 AND item = $3", {study, round, item});
}

Result<std::vector<DelphiDb::Progress>> DelphiDb::progress(std::int64_t study, std::int64_t round) {
  auto reader = TRY(readers_.take());
  std::vector<Progress> list;
  SqliteRows rows = TRY(reader->query("SELECT seat, cards FROM seat_cards WHERE study = $1 AND round = $2 AND cards > 0 ORDER BY seat", {study, round}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.integer(1)});
  return list;
}

Result<std::vector<std::pair<std::int64_t, std::int64_t>>> DelphiDb::answers_by_item(std::int64_t study, std::int64_t round) {
  auto reader = TRY(readers_.take());
  std::vector<std::pair<std::int64_t, std::int64_t>> list;
  SqliteRows rows = TRY(reader->query("SELECT item, cards FROM item_cards WHERE study = $1 AND round = $2 AND cards > 0 ORDER BY item", {study, round}));
  while (TRY(rows.next())) list.emplace_back(rows.integer(0), rows.integer(1));
  return list;
}

Result<> DelphiDb::delete_answers_of_seat(std::int64_t seat) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    TRY(database_.execute("DELETE FROM argument_votes WHERE seat = $1 OR argument IN (SELECT number FROM arguments WHERE seat = $1)", {seat}));
    TRY(database_.execute("DELETE FROM arguments WHERE seat = $1", {seat}));
    TRY(database_.execute("DELETE FROM pilot_saves WHERE seat = $1", {seat}));
    return database_.execute("DELETE FROM answers WHERE seat = $1", {seat});
  });
}

Result<std::vector<SettlementRow>> DelphiDb::settlements(std::int64_t study, std::int64_t round) {
  auto reader = TRY(readers_.take());
  std::vector<SettlementRow> list;
  SqliteRows rows = TRY(reader->query("SELECT item, cards, state, summary FROM settlements WHERE study = $1 AND round = $2 ORDER BY item", {study, round}));
  while (TRY(rows.next())) list.push_back({round, rows.integer(0), rows.integer(1), rows.text(2), rows.text(3)});
  return list;
}

namespace {

Result<std::optional<SettlementRow>> read_settlement(Sqlite& database, std::int64_t study, std::int64_t round, std::int64_t item) {
  SqliteRows rows = TRY(database.query("SELECT cards, state, summary FROM settlements WHERE study = $1 AND round = $2 AND item = $3", {study, round, item}));
  if (!TRY(rows.next())) return std::optional<SettlementRow>();
  return std::optional<SettlementRow>({round, item, rows.integer(0), rows.text(1), rows.text(2)});
}

}  // namespace

Result<std::optional<SettlementRow>> DelphiDb::settlement(std::int64_t study, std::int64_t round, std::int64_t item) {
  auto reader = TRY(readers_.take());
  return read_settlement(*reader, study, round, item);
}

Result<SettlementRow> DelphiDb::renew_live(std::int64_t study, const SettlementRow& row, std::int64_t step) {
  const std::lock_guard lock(mutex_);
  SettlementRow kept = row;
  TRY(database_.transaction([&]() -> Result<> {
    const auto stored = TRY(read_settlement(database_, study, row.round, row.item));
    if (stored && row.cards < stored->cards + step) {
      kept = *stored;
      return {};
    }
    TRY(database_.execute("DELETE FROM settlements WHERE study = $1 AND round = $2 AND item = $3", {study, row.round, row.item}));
    return database_.execute("INSERT INTO settlements VALUES ($1, $2, $3, $4, $5, $6)", {study, row.round, row.item, row.cards, row.state, row.summary});
  }));
  return kept;
}

Result<std::int64_t> DelphiDb::add_argument(std::int64_t study, const ArgumentRow& argument) {
  const std::lock_guard lock(mutex_);
  std::int64_t number = 0;
  TRY(database_.transaction([&]() -> Result<> {
    number = TRY(database_.query_integer("SELECT coalesce(max(number), 0) + 1 FROM arguments"));
    return database_.execute("INSERT INTO arguments VALUES ($1, $2, $3, $4, $5, $6, $7, '', 0, $8)", {number, study, argument.round, argument.item, argument.seat, argument.category, argument.text, argument.day});
  }));
  return number;
}

Result<std::vector<ArgumentRow>> DelphiDb::arguments(std::int64_t study, std::int64_t item) {
  auto reader = TRY(readers_.take());
  std::vector<ArgumentRow> list;
  const std::string all =
      "SELECT number, round, item, seat, category, (SELECT count(*) FROM argument_votes v WHERE v.argument = number), text, original, hidden, day FROM arguments WHERE study = $1";
  SqliteRows rows = TRY(item == 0 ? reader->query(all + " ORDER BY number", {study}) : reader->query(all + " AND item = $2 ORDER BY number", {study, item}));
  while (TRY(rows.next())) {
    list.push_back({rows.integer(0), rows.integer(1), rows.integer(2), rows.integer(3), rows.integer(4), rows.integer(5), rows.text(6), rows.text(7), rows.integer(8) != 0, rows.text(9)});
  }
  return list;
}

Result<> DelphiDb::update_argument(std::int64_t study, const ArgumentRow& argument) {
  const std::lock_guard lock(mutex_);
  return database_.execute("UPDATE arguments SET text = $1, original = $2, hidden = $3 WHERE study = $4 AND number = $5", {argument.text, argument.original, std::int64_t{argument.hidden}, study, argument.number});
}

Result<> DelphiDb::vote(std::int64_t argument, std::int64_t seat, bool on) {
  const std::lock_guard lock(mutex_);
  if (on) return database_.execute("INSERT INTO argument_votes VALUES ($1, $2) ON CONFLICT (argument, seat) DO NOTHING", {argument, seat});
  return database_.execute("DELETE FROM argument_votes WHERE argument = $1 AND seat = $2", {argument, seat});
}

Result<std::vector<std::int64_t>> DelphiDb::votes_of_seat(std::int64_t seat) {
  auto reader = TRY(readers_.take());
  std::vector<std::int64_t> list;
  SqliteRows rows = TRY(reader->query("SELECT argument FROM argument_votes WHERE seat = $1 ORDER BY argument", {seat}));
  while (TRY(rows.next())) list.push_back(rows.integer(0));
  return list;
}

}  // namespace jianwei::store
