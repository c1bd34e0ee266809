// Schedules: what a workspace does by itself every hour, day, week or month: collect, run, check the watch-lists, make issues, send alerts.
//
// `tick` does what is due and ends; a timer of the system calls it. Times are UTC. Rules:
//   - dates that passed while nobody called are made good by one run, not by many (the log says how many it stands for);
//   - one tick at a time a workspace, and none while another command writes: what is due stays due;
//   - a run that fails is tried again an hour later, three times in all, then it waits for its next date.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/catalogue.h"
#include "base/progress.h"
#include "store/routine_db.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

enum class Every : std::uint8_t { hour, day, week, month };
std::string_view to_string(Every every);
Result<Every> parse_every(std::string_view name);

struct SchedulePlan {
  std::string name;
  Every every = Every::month;
  std::int64_t count = 1;                // every 2 weeks, [1, 1000]
  std::string first;                     // first date, UTC: later ones follow from it, the day of a short month being its last
  std::string collect, query, filter;    // source, what is asked of it; "" = no collection. Being in a schedule is the consent to call out
  std::int64_t max_records = 0;          // of one collection, 0 = all
  bool run = false, check = false, deliver = false;
  std::vector<std::string> reports;      // templates
  std::vector<std::string> formats = {"html"};
  Language language = Language::zh;
  bool enabled = true;                   // false: paused; dates that pass meanwhile are not made good
};
std::string to_json(const SchedulePlan& plan);
Result<SchedulePlan> read_schedule_plan(std::string_view json);

// Seconds since 1970 of "2026-11-27T20:00:00Z", as utc_text() writes it. Errors: invalid_input
Result<std::int64_t> read_utc(std::string_view text);

// The n-th date, n = 0 the first. Pure.
std::int64_t date_of(const SchedulePlan& plan, std::int64_t first, std::int64_t n);
// The first date after `now`. Pure; time O(log) in hours to weeks, O(1) in months.
std::int64_t next_date(const SchedulePlan& plan, std::int64_t first, std::int64_t now);

// Errors: invalid_input  nothing to do, an unknown template or format; conflict  the name is taken
Result<store::ScheduleRow> add_schedule(Workspace& workspace, SchedulePlan plan, std::string_view by);
// The plan of a schedule is replaced, its name and its log stay; the next date is the first of the new plan that is still to come. Errors: not_found; those of add_schedule
Result<store::ScheduleRow> change_schedule(Workspace& workspace, SchedulePlan plan);
Result<> remove_schedule(Workspace& workspace, std::string_view name);  // its log stays. Errors: not_found
Result<std::vector<store::ScheduleRow>> list_schedules(const Workspace& workspace);
Result<store::ScheduleRow> find_schedule(const Workspace& workspace, std::string_view name);  // Errors: not_found
Result<std::vector<store::ScheduleRunRow>> list_schedule_runs(const Workspace& workspace, std::int64_t count);  // newest first
std::vector<std::string> next_dates(const SchedulePlan& plan, std::string_view next_due, std::int64_t count);

struct Ticked {
  std::string schedule, outcome, message;
  std::int64_t missed = 0;
};
// Does what is due at `now`. Errors: conflict  another tick, or another command, is at work; cancelled
Result<std::vector<Ticked>> tick(const std::filesystem::path& workspace, std::int64_t now, Progress& progress);

// Which of them are due, without the workspace's lock.
Result<std::vector<store::ScheduleRow>> due_schedules(const std::filesystem::path& workspace, std::int64_t now);

// Who lets a schedule call a service on the network: the one who made it on the command line with --online, or [collect] of jianwei.toml.
enum class CollectBy : std::uint8_t { plan, settings };

// One schedule, due or not. A date that was due is done with, and the dates it stands for; a cancelled one stays due.
// Errors: not_found; cancelled. What the schedule's own steps say stands in Ticked
Result<Ticked> run_schedule(Workspace& workspace, std::string_view name, std::int64_t now, CollectBy collect_by, Progress& progress);
// Gives a due date up without running it; the log says why. Errors: not_found
Result<> skip_due_date(Workspace& workspace, std::string_view name, std::int64_t now, std::string_view why);

}  // namespace jianwei::workflow
