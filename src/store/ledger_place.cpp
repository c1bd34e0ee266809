// Moves. Locks are taken in the order in which the events travel, and the place is changed before the lock of the side that is left is given back.
#include "store/ledger_place.h"

#include <unistd.h>

#include <map>
#include <mutex>

#include "base/entropy.h"
#include "store/ledger_chain.h"
#include "store/ledger_sql.h"
#include "store/migrations.h"

namespace jianwei::store {
namespace {

// Connections to servers that no ledger uses now: making one costs more than a question. A child process must not use those of its parent.
class IdleConnections {
 public:
  std::optional<SqlDatabase> take(const std::string& location) {
    const std::lock_guard lock(mutex_);
    std::vector<SqlDatabase>& list = idle_[{::getpid(), location}];
    if (list.empty()) return std::nullopt;
    std::optional<SqlDatabase> taken(std::move(list.back()));
    list.pop_back();
    return taken;
  }
  void give(const std::string& location, SqlDatabase database) {
    const std::lock_guard lock(mutex_);
    std::vector<SqlDatabase>& list = idle_[{::getpid(), location}];
    if (list.size() < kMost) list.push_back(std::move(database));
  }

 private:
  static constexpr std::size_t kMost = 8;
  std::mutex mutex_;  // protects the rest
  std::map<std::pair<pid_t, std::string>, std::vector<SqlDatabase>> idle_;
};

IdleConnections& idle_connections() {
  static auto* const connections = new IdleConnections;  // never destroyed: ledgers may live as long as the process
  return *connections;
}

Result<> expect_place(Sqlite& here, const std::string& location) {
  if (TRY(read_place(here)).location == location) return {};
  return fail(ErrorKind::conflict, "another process has moved the ledger: look with jianwei judge place WS");
}

Result<LedgerState> move_out(Sqlite& here, const std::string& folder_name, const std::string& location) {
  LedgerServer there = TRY(LedgerServer::connect(location));
  // A new name each time: what an interrupted move left there is nobody's.
  const std::string workspace = folder_name + "-" + random_hex(12);
  LedgerState state;
  TRY(here.transaction([&]() -> Result<> {
    TRY(expect_place(here, ""));
    const std::vector<LedgerEvent> events = TRY(read_events(here, "", ""));
    state = TRY(verify_chain(events));
    TRY(there->transaction([&]() -> Result<> {
      for (const LedgerEvent& event : events) TRY(insert_event(*there, workspace, event));
      const LedgerState arrived = TRY(verify_chain(TRY(read_events(*there, workspace, ""))));
      return arrived.head == state.head ? Result<>() : fail(ErrorKind::corrupt, "the ledger did not arrive whole: nothing was moved");
    }));
    TRY(here.execute("DELETE FROM ledger WHERE workspace = $1", {""}));
    return here.execute("INSERT INTO ledger_place VALUES ($1, $2)", {workspace, location});
  }));
  return state;
}

Result<LedgerState> move_home(Sqlite& here, const LedgerPlace& from, bool keep) {
  LedgerServer there = TRY(LedgerServer::connect(from.location));
  LedgerState state;
  TRY(there->transaction([&]() -> Result<> {
    TRY(here.transaction([&]() -> Result<> {
      TRY(expect_place(here, from.location));
      const std::vector<LedgerEvent> events = TRY(read_events(*there, from.workspace, ""));
      if (!keep) state = TRY(verify_chain(events));  // a copy is taken as it is: a backup must not fail for what verify() will tell
      for (const LedgerEvent& event : events) TRY(insert_event(here, "", event));
      if (keep && !events.empty()) state = {events.back().sequence, events.back().hash};
      return here.execute("DELETE FROM ledger_place");
    }));
    return keep ? Result<>() : there->execute("DELETE FROM ledger WHERE workspace = $1", {from.workspace});
  }));
  return state;
}

Result<LedgerState> point_to(Sqlite& here, const LedgerPlace& to) {
  LedgerServer there = TRY(LedgerServer::connect(to.location));
  const std::vector<LedgerEvent> events = TRY(read_events(*there, to.workspace, ""));
  if (events.empty()) {
    return fail(ErrorKind::invalid_input, "that database does not hold the ledger \"{}\": bring it home first with jianwei judge place WS --to app.db, then move it out again", to.workspace);
  }
  const LedgerState state = TRY(verify_chain(events));
  TRY(here.execute("UPDATE ledger_place SET location = $1", {to.location}));
  return state;
}

}  // namespace

LedgerServer::~LedgerServer() {
  if (database_) idle_connections().give(location_, std::move(*database_));
}

Result<LedgerServer> LedgerServer::connect(const std::string& location) {
  const auto prepare = [](SqlDatabase& database) { return migrate(database, kLedgerMigrations, "the schema of ledgers", "ledger_version"); };
  std::optional<SqlDatabase> connection = idle_connections().take(location);
  if (connection && !prepare(*connection)) connection.reset();  // the server went away meanwhile
  if (!connection) {
    connection.emplace(TRY(SqlDatabase::open(location)));
    TRY(prepare(*connection));
  }
  return LedgerServer(location, std::move(*connection));
}

Result<LedgerPlace> read_place(Sqlite& app_db) {
  SqliteRows rows = TRY(app_db.query("SELECT location, workspace FROM ledger_place"));
  if (!TRY(rows.next())) return LedgerPlace{};
  return LedgerPlace{rows.text(0), rows.text(1)};
}

Result<LedgerPlace> ledger_place(const std::filesystem::path& app_db) {
  Sqlite here = TRY(Sqlite::open(app_db, false));
  return read_place(here);
}

Result<LedgerState> ledger_state(const std::filesystem::path& app_db) {
  Sqlite here = TRY(Sqlite::open(app_db, false));
  const LedgerPlace place = TRY(read_place(here));
  if (place.location.empty()) return read_state(here, "");
  LedgerServer server = TRY(LedgerServer::connect(place.location));
  return read_state(*server, place.workspace);
}

Result<LedgerState> move_ledger(const std::filesystem::path& app_db, const std::string& location) {
  Sqlite here = TRY(Sqlite::open(app_db, false));
  const LedgerPlace now = TRY(read_place(here));
  if (now.location == location) return Ledger(here).verify();
  if (location.empty()) return move_home(here, now, false);
  if (!SqlDatabase::is_server(location)) return fail(ErrorKind::invalid_input, "\"{}\" is no place for judgements: write postgresql://USER@HOST/DATABASE, or app.db", location);
  if (!now.location.empty()) return point_to(here, {location, now.workspace});
  return move_out(here, std::filesystem::weakly_canonical(app_db).parent_path().filename().string(), location);
}

Result<LedgerState> copy_ledger_home(const std::filesystem::path& app_db) {
  Sqlite here = TRY(Sqlite::open(app_db, false));
  const LedgerPlace now = TRY(read_place(here));
  return now.location.empty() ? read_state(here, "") : move_home(here, now, true);
}

std::string shown_location(std::string_view location) {
  const std::size_t start = location.find("://"), at = location.rfind('@');
  if (start == std::string_view::npos || at == std::string_view::npos) return std::string(location);
  const std::size_t colon = location.find(':', start + 3);
  return colon < at ? std::string(location.substr(0, colon)).append(location.substr(at)) : std::string(location);
}

}  // namespace jianwei::store
