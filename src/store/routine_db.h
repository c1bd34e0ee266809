// WS/routine.db: issues of report series, lists of key technologies, schedules and their runs, deliveries of alerts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace jianwei::store {

struct IssueRow {
  std::string series;
  std::int64_t number = 0;
  std::string report_template;
  std::int64_t template_version = 0;
  std::string language, parameters, run_id, snapshot_id, software, numbers, records, files, created_at;
};

struct TechnologyEventRow {
  std::string list, kind, units, why, decided_by, decided_at;
};

struct ScheduleRow {
  std::string name, plan, next_due, created_at, created_by;
};

struct ScheduleRunRow {
  std::int64_t id = 0;
  std::string schedule, due_at;
  std::int64_t missed = 0;
  std::string started_at, ended_at, outcome, message;
};

struct DeliveryRow {
  std::string channel, alert_id, state;
  std::int64_t attempts = 0;
  std::string next_try, batch, message, changed_at;
};

struct MuteRow {
  std::string rule, until, kind, why, decided_by, decided_at;
};

class RoutineDb {
 public:
  // Opens or creates WS/routine.db. Errors: conflict  a newer program wrote it; unavailable; corrupt
  static Result<RoutineDb> open(const std::filesystem::path& workspace);

  Result<std::vector<IssueRow>> issues(std::string_view series = "");            // "" all; by series and number
  Result<std::optional<IssueRow>> last_issue(std::string_view series);
  Result<> add_issue(const IssueRow& issue);                                      // Errors: conflict  the number is taken

  Result<std::vector<TechnologyEventRow>> technology_events();                    // in order
  Result<> clear_technology_events();                                             // they became technology lists

  Result<std::vector<ScheduleRow>> schedules();                                   // by name
  Result<> add_schedule(const ScheduleRow& schedule);                             // Errors: conflict  there is one of this name
  Result<> change_schedule(const ScheduleRow& schedule);                          // its plan and next date, by name
  Result<> set_next_due(std::string_view name, std::string_view next_due);
  Result<> remove_schedule(std::string_view name);                                // Errors: not_found
  Result<std::int64_t> start_run(std::string_view schedule, std::string_view due_at, std::int64_t missed, std::string_view now);
  Result<> end_run(std::int64_t id, std::string_view outcome, std::string_view message, std::string_view now);
  Result<> close_cut_off_runs(std::string_view now);                              // those that a crash left running
  Result<std::vector<ScheduleRunRow>> runs(std::int64_t count);                   // newest first

  Result<std::vector<DeliveryRow>> deliveries();                                  // by channel and alert
  Result<> enter_deliveries(std::string_view channel, const std::vector<std::string>& alerts, std::string_view state, std::string_view now);  // those that are there stay
  // All of `alerts`, in one transaction.
  Result<> set_deliveries(std::string_view channel, const std::vector<std::string>& alerts, const DeliveryRow& to);
  Result<std::vector<MuteRow>> mutes();                                           // in order
  Result<> add_mute(const MuteRow& mute);

 private:
  explicit RoutineDb(Sqlite database) : database_(std::move(database)) {}
  Sqlite database_;
};

}  // namespace jianwei::store
