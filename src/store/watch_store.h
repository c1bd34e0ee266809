// Watch rules, their alerts and the scores people gave them, in app.db. Rules and scores are events of the ledger: a rule is the last of its events.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace jianwei::store {

struct WatchEventRow {
  std::int64_t id = 0;
  std::string rule_id;
  std::string kind;       // added, removed
  std::string rule;       // JSON of the rule; "" when removed
  std::string why, decided_by, decided_at;
};

struct AlertRow {
  std::string id;         // names rule, unit and year: the same alert is written once
  std::string rule_id, unit_id;
  std::int64_t year = 0;
  std::string run_id, snapshot_id;
  std::string evidence;   // JSON: series, documents, value, rule, versions
  std::string created_at;
};

struct AlertScoreRow {
  std::int64_t id = 0;
  std::string alert_id;
  std::string verdict;    // right, wrong, partly, cannot_tell
  std::string why, decided_by, decided_at;
};

class WatchStore {
 public:
  // The workspace's app.db, which AppDb has brought up to date. Errors: those of Sqlite::open
  static Result<WatchStore> open(const std::filesystem::path& app_db);

  Result<std::vector<WatchEventRow>> events();                      // in order
  Result<> add_event(const WatchEventRow& event);                   // id is set here
  Result<std::vector<AlertRow>> alerts();                           // by year, rule, unit
  Result<std::int64_t> add_alerts(const std::vector<AlertRow>& alerts);  // how many were new; one that is there stays as it is
  Result<std::vector<AlertScoreRow>> scores();                      // in order; the last of an alert counts
  Result<> add_score(const AlertScoreRow& score);                   // id is set here

 private:
  explicit WatchStore(Sqlite database) : database_(std::move(database)) {}
  Sqlite database_;
};

}  // namespace jianwei::store
