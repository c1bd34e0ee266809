// Seats, their links, and what a pilot leaves behind.
#include "store/delphi_db.h"

namespace jianwei::store {
namespace {

SeatRow read_seat(const SqliteRows& rows) { return {rows.integer(0), rows.integer(1), rows.text(2), rows.integer(3), rows.text(4), rows.text(5), rows.text(6), rows.integer(7) != 0}; }

}  // namespace

Result<> DelphiDb::add_seats(const std::vector<SeatRow>& seats, const std::vector<std::string>& token_hashes) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    std::int64_t number = TRY(database_.query_integer("SELECT coalesce(max(number), 0) FROM seats"));
    for (std::size_t i = 0; i < seats.size(); ++i) {
      const SeatRow& seat = seats[i];
      TRY(database_.execute("INSERT INTO seats VALUES ($1, $2, $3, $4, $5, $6, $7)", {++number, seat.study, seat.id, seat.attributes, seat.state, seat.excluded, std::int64_t{seat.pilot}}));
      TRY(database_.execute("INSERT INTO links VALUES ($1, $2, $3)", {token_hashes[i], number, seat.expires_at}));
    }
    return {};
  });
}

Result<std::vector<SeatRow>> DelphiDb::seats(std::int64_t study) {
  auto reader = TRY(readers_.take());
  std::vector<SeatRow> list;
  // By id, which is random: the order of rows would tell who was invited first.
  SqliteRows rows = TRY(reader->query("SELECT s.number, s.study, s.id, coalesce((SELECT max(l.expires_at) FROM links l WHERE l.seat = s.number), 0), s.attributes, s.state, s.excluded, s.pilot FROM seats s WHERE s.study = $1 ORDER BY s.id", {study}));
  while (TRY(rows.next())) list.push_back(read_seat(rows));
  return list;
}

Result<std::optional<SeatRow>> DelphiDb::seat_by_token(std::string_view token_hash) {
  auto reader = TRY(readers_.take());
  SqliteRows rows = TRY(reader->query("SELECT s.number, s.study, s.id, l.expires_at, s.attributes, s.state, s.excluded, s.pilot FROM links l JOIN seats s ON s.number = l.seat WHERE l.token_hash = $1", {token_hash}));
  if (!TRY(rows.next())) return std::optional<SeatRow>();
  return std::optional<SeatRow>(read_seat(rows));
}

Result<> DelphiDb::update_seat(const SeatRow& seat) {
  const std::lock_guard lock(mutex_);
  return database_.execute("UPDATE seats SET attributes = $1, state = $2, excluded = $3 WHERE number = $4", {seat.attributes, seat.state, seat.excluded, seat.number});
}

Result<> DelphiDb::add_links(const std::vector<LinkRow>& links) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    for (const LinkRow& link : links) TRY(database_.execute("INSERT INTO links VALUES ($1, $2, $3)", {link.token_hash, link.seat, link.expires_at}));
    return {};
  });
}

Result<> DelphiDb::replace_links(std::int64_t seat, const std::optional<LinkRow>& link) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    TRY(database_.execute("DELETE FROM links WHERE seat = $1", {seat}));
    if (link) TRY(database_.execute("INSERT INTO links VALUES ($1, $2, $3)", {link->token_hash, seat, link->expires_at}));
    return {};
  });
}

Result<> DelphiDb::add_pilot_save(std::int64_t study, const PilotSaveRow& save) {
  const std::lock_guard lock(mutex_);
  return database_.execute("INSERT INTO pilot_saves VALUES ($1, $2, $3, $4)", {study, save.seat, save.item, save.at});
}

Result<std::vector<PilotSaveRow>> DelphiDb::pilot_saves(std::int64_t study) {
  auto reader = TRY(readers_.take());
  std::vector<PilotSaveRow> list;
  SqliteRows rows = TRY(reader->query("SELECT seat, item, at FROM pilot_saves WHERE study = $1 ORDER BY seat, at, rowid", {study}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.integer(1), rows.integer(2)});
  return list;
}

Result<> DelphiDb::delete_pilot(std::int64_t study) {
  const std::lock_guard lock(mutex_);
  return database_.transaction([&]() -> Result<> {
    TRY(database_.execute("DELETE FROM pilot_saves WHERE study = $1", {study}));
    return database_.execute("DELETE FROM answers WHERE study = $1 AND round = 0", {study});
  });
}

Result<> DelphiDb::add_shown_missing(std::int64_t study, std::int64_t round, std::string_view seats) {
  const std::lock_guard lock(mutex_);
  return database_.execute("INSERT INTO shown_missing VALUES ($1, $2, $3)", {study, round, seats});
}

Result<std::vector<std::string>> DelphiDb::shown_missing(std::int64_t study, std::int64_t round) {
  auto reader = TRY(readers_.take());
  std::vector<std::string> list;
  SqliteRows rows = TRY(reader->query("SELECT seats FROM shown_missing WHERE study = $1 AND round = $2 ORDER BY rowid", {study, round}));
  while (TRY(rows.next())) list.push_back(rows.text(0));
  return list;
}

}  // namespace jianwei::store
