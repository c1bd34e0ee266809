#include "store/expert_db.h"

#include "base/hash.h"
#include "store/app_db.h"
#include "store/expert_sql.h"
#include "store/migrations.h"

namespace jianwei::store {
namespace {

std::string event_hash(const ExpertEventRow& event) {
  return sha256_hex(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", event.previous_hash, event.seq, event.at, event.actor, event.kind, event.object, event.detail));
}

}  // namespace

Result<std::unique_ptr<ExpertDb>> ExpertDb::open(const std::filesystem::path& path) {
  std::unique_ptr<ExpertDb> opened(new ExpertDb(TRY(Sqlite::open(path, true))));
  TRY(opened->database_.script("PRAGMA secure_delete = ON"));
  TRY(migrate(opened->database_, kExpertMigrations, "experts.db"));
  return opened;
}

Result<> ExpertDb::put(ObjectRow& row) {
  row.number = TRY(database_.query_integer("SELECT coalesce((SELECT number FROM objects WHERE kind = $1 AND id = $2), 0)", {row.kind, row.id}));
  if (row.number == 0) {
    TRY(database_.execute("INSERT INTO counters VALUES ($1, 1) ON CONFLICT (kind) DO UPDATE SET last = last + 1", {row.kind}));
    row.number = TRY(database_.query_integer("SELECT last FROM counters WHERE kind = $1", {row.kind}));
    if (row.id.empty()) row.id = fmt::format("{}-{}", row.kind, row.number);
  }
  return database_.execute("INSERT INTO objects VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, id) DO UPDATE SET parent = excluded.parent, body = excluded.body",
                           {row.kind, row.id, row.parent, row.number, row.body});
}

Result<> ExpertDb::append(ExpertEventRow event) {
  event.seq = 1;
  event.previous_hash = "";
  {
    SqliteRows rows = TRY(database_.query("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1"));
    if (TRY(rows.next())) {
      event.seq = rows.integer(0) + 1;
      event.previous_hash = rows.text(1);
    }
  }
  event.at = utc_now();
  event.hash = event_hash(event);
  return database_.execute("INSERT INTO events VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", {event.seq, event.at, event.actor, event.kind, event.object, event.detail, event.previous_hash, event.hash});
}

Result<std::vector<ObjectRow>> ExpertDb::apply(ObjectChange change) {
  const std::lock_guard lock(mutex_);
  TRY(database_.transaction([&]() -> Result<> {
    for (ObjectRow& row : change.puts) TRY(put(row));
    for (const auto& [kind, id] : change.removes) TRY(database_.execute("DELETE FROM objects WHERE kind = $1 AND id = $2", {kind, id}));
    if (change.event.object.empty() && !change.puts.empty()) change.event.object = change.puts.front().id;
    return append(change.event);
  }));
  return std::move(change.puts);
}

Result<std::optional<ObjectRow>> ExpertDb::object(std::string_view kind, std::string_view id) {
  const std::lock_guard lock(mutex_);
  SqliteRows rows = TRY(database_.query("SELECT kind, id, parent, number, body FROM objects WHERE kind = $1 AND id = $2", {kind, id}));
  if (!TRY(rows.next())) return std::optional<ObjectRow>();
  return std::optional<ObjectRow>(ObjectRow{rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.text(4)});
}

Result<std::vector<ObjectRow>> ExpertDb::objects(std::string_view kind, std::string_view parent) {
  const std::lock_guard lock(mutex_);
  std::vector<ObjectRow> list;
  SqliteRows rows = TRY(database_.query("SELECT kind, id, parent, number, body FROM objects WHERE kind = $1 AND ($2 = '*' OR parent = $2) ORDER BY number", {kind, parent}));
  while (TRY(rows.next())) list.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.text(4)});
  return list;
}

Result<std::vector<ExpertEventRow>> ExpertDb::events(std::string_view object) {
  const std::lock_guard lock(mutex_);
  std::vector<ExpertEventRow> list;
  SqliteRows rows = TRY(database_.query("SELECT seq, at, actor, kind, object, detail, previous_hash, hash FROM events WHERE ($1 = '*' OR object = $1) ORDER BY seq", {object}));
  while (TRY(rows.next())) list.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.text(6), rows.text(7)});
  return list;
}

Result<> ExpertDb::checkpoint() {
  const std::lock_guard lock(mutex_);
  return database_.script("PRAGMA wal_checkpoint(TRUNCATE)");
}

std::optional<std::int64_t> first_broken_event(const std::vector<ExpertEventRow>& events) {
  std::string previous;
  std::int64_t next = 1;
  for (const ExpertEventRow& event : events) {
    if (event.seq != next || event.previous_hash != previous || event.hash != event_hash(event)) return event.seq;
    previous = event.hash;
    ++next;
  }
  return std::nullopt;
}

}  // namespace jianwei::store
