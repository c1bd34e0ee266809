// Inside of the ledger: its rows in either database, and connections to servers. `Database` is Sqlite (app.db) or SqlDatabase (a team's PostgreSQL).
#pragma once

#include <optional>

#include "store/ledger.h"
#include "store/ledger_place.h"
#include "store/sql_database.h"

namespace jianwei::store {

std::string write_evidence(const std::vector<std::string>& records);
Result<std::vector<std::string>> read_evidence(const std::string& json);

// Fills sequence, time, previous hash and hash of an event that follows on `state`, and brings `state` on.
Result<> seal_event(LedgerEvent& event, LedgerState& state);
// Errors: corrupt  names the first event that does not fit and how
Result<LedgerState> verify_chain(const std::vector<LedgerEvent>& events);

inline constexpr std::string_view kLedgerColumns = "sequence, at, actor, role, kind, object_type, object_id, arguments, reason, evidence, snapshot, run, state, refers_to, previous_hash, hash";

// Of one type, or "" all; in order.
template <class Database>
Result<std::vector<LedgerEvent>> read_events(Database& database, std::string_view workspace, std::string_view object_type) {
  std::vector<LedgerEvent> list;
  const std::string select = fmt::format("SELECT {} FROM ledger WHERE workspace = $1", kLedgerColumns);
  auto rows = TRY(object_type.empty() ? database.query(select + " ORDER BY sequence", {workspace}) : database.query(select + " AND object_type = $2 ORDER BY sequence", {workspace, object_type}));
  while (TRY(rows.next())) {
    LedgerEvent e;
    e.sequence = rows.integer(0);
    std::string* const texts[] = {&e.at, &e.actor, &e.role, &e.kind, &e.object_type, &e.object_id, &e.arguments, &e.reason};
    for (int c = 0; c < 8; ++c) *texts[c] = rows.text(c + 1);
    e.evidence = TRY(read_evidence(rows.text(9)));
    e.snapshot = rows.text(10);
    e.run = rows.text(11);
    e.state = rows.text(12);
    e.refers_to = rows.integer(13);
    e.previous_hash = rows.text(14);
    e.hash = rows.text(15);
    list.push_back(std::move(e));
  }
  return list;
}

// Of the last event; the chain has no gap, so its sequence is the count.
template <class Database>
Result<LedgerState> read_state(Database& database, std::string_view workspace) {
  auto rows = TRY(database.query("SELECT sequence, hash FROM ledger WHERE workspace = $1 ORDER BY sequence DESC LIMIT 1", {workspace}));
  if (!TRY(rows.next())) return LedgerState{};
  return LedgerState{rows.integer(0), rows.text(1)};
}

template <class Database>
Result<> insert_event(Database& database, std::string_view workspace, const LedgerEvent& e) {
  const std::string evidence = write_evidence(e.evidence);
  return database.execute(fmt::format("INSERT INTO ledger (workspace, {}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)", kLedgerColumns),
                          {workspace, e.sequence, e.at, e.actor, e.role, e.kind, e.object_type, e.object_id, e.arguments, e.reason, evidence, e.snapshot, e.run, e.state, e.refers_to, e.previous_hash, e.hash});
}

// Inside a transaction that is open already.
template <class Database>
Result<> append_to_chain(Database& database, std::string_view workspace, std::vector<LedgerEvent>& events) {
  LedgerState state = TRY(read_state(database, workspace));
  for (LedgerEvent& event : events) {
    TRY(seal_event(event, state));
    TRY(insert_event(database, workspace, event));
  }
  return {};
}

Result<LedgerPlace> read_place(Sqlite& app_db);

// A connection of the process to a server, with the tables of ledgers; given back at the end.
class LedgerServer {
 public:
  static Result<LedgerServer> connect(const std::string& location);
  LedgerServer(LedgerServer&& other) noexcept : location_(std::move(other.location_)), database_(std::move(other.database_)) { other.database_.reset(); }
  LedgerServer& operator=(LedgerServer&&) = delete;
  ~LedgerServer();
  SqlDatabase& operator*() { return *database_; }
  SqlDatabase* operator->() { return &*database_; }

 private:
  LedgerServer(std::string location, SqlDatabase database) : location_(std::move(location)), database_(std::move(database)) {}
  std::string location_;
  std::optional<SqlDatabase> database_;
};

}  // namespace jianwei::store
