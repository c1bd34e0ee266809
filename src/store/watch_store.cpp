#include "store/watch_store.h"

#include "store/ledger_rows.h"

namespace jianwei::store {

Result<WatchStore> WatchStore::open(const std::filesystem::path& app_db) { return WatchStore(TRY(Sqlite::open(app_db, false))); }

Result<std::vector<WatchEventRow>> WatchStore::events() { return watch_events_of(TRY(Ledger(database_).events_of("rule"))); }

Result<> WatchStore::add_event(const WatchEventRow& event) {
  TRY(Ledger(database_).append({to_event(event)}));
  return {};
}

Result<std::vector<AlertRow>> WatchStore::alerts() {
  std::vector<AlertRow> list;
  SqliteRows rows = TRY(database_.query("SELECT id, rule_id, unit_id, year, run_id, snapshot_id, evidence, created_at FROM alerts ORDER BY year, rule_id, unit_id"));
  while (TRY(rows.next())) list.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.text(4), rows.text(5), rows.text(6), rows.text(7)});
  return list;
}

Result<std::int64_t> WatchStore::add_alerts(const std::vector<AlertRow>& alerts) {
  std::int64_t added = 0;
  TRY(database_.transaction([&]() -> Result<> {
    const std::int64_t before = TRY(database_.query_integer("SELECT count(*) FROM alerts"));
    for (const AlertRow& alert : alerts) {
      TRY(database_.execute("INSERT OR IGNORE INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                            {alert.id, alert.rule_id, alert.unit_id, alert.year, alert.run_id, alert.snapshot_id, alert.evidence, alert.created_at}));
    }
    added = TRY(database_.query_integer("SELECT count(*) FROM alerts")) - before;
    return {};
  }));
  return added;
}

Result<std::vector<AlertScoreRow>> WatchStore::scores() { return alert_scores_of(TRY(Ledger(database_).events_of("alert"))); }

Result<> WatchStore::add_score(const AlertScoreRow& score) {
  TRY(Ledger(database_).append({to_event(score)}));
  return {};
}

}  // namespace jianwei::store
