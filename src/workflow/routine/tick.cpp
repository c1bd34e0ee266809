// One tick: what is due is done, step by step, and what came of it is written down.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "store/app_db.h"
#include "workflow/collect.h"
#include "workflow/collect_settings.h"
#include "workflow/routine/delivery.h"
#include "workflow/routine/issues.h"
#include "workflow/routine/routine_files.h"
#include "workflow/routine/schedule.h"
#include "workflow/run/run.h"
#include "workflow/watch/watch.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kTries = 3, kRetrySeconds = 3600;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Whoever made the schedule said --online; contact, key and address come from the environment of the timer.
sources::CollectSettings settings_of_environment() {
  sources::CollectSettings settings;
  settings.enabled = true;
  settings.http.contact = variable("JIANWEI_CONTACT");
  settings.api_key = variable("JIANWEI_API_KEY");
  settings.base_url = variable("JIANWEI_COLLECT_URL");
  return settings;
}

// What was done, in few words for the log.
Result<std::string> carry_out(Workspace& workspace, const SchedulePlan& plan, CollectBy collect_by, Progress& progress) {
  std::string done;
  const auto note = [&](const std::string& text) { done += (done.empty() ? "" : "; ") + text; };
  if (!plan.collect.empty()) {
    CollectRequest request;
    request.source = plan.collect;
    request.query.text = plan.query;
    request.query.filter = plan.filter;
    request.settings = collect_by == CollectBy::settings ? TRY(permitted_collection(workspace, plan.collect)) : settings_of_environment();
    request.settings.max_records = plan.max_records;
    TRY(collect_records(workspace, request, progress));
    note(fmt::format("collected from {}", plan.collect));
  }
  if (plan.run) {
    note(fmt::format("run {}", TRY(run_study(workspace, TRY(workspace_study(workspace)), Depth::full, progress)).run_id));
  }
  if (plan.check || !plan.reports.empty()) {
    const StudyResult result = TRY(load_latest_run(workspace));
    if (plan.check) {
      std::int64_t written = 0;
      for (const CheckedWatch& checked : TRY(check_watches(workspace, result, progress))) written += checked.written;
      note(fmt::format("{} new alerts", written));
    }
    for (const std::string& form : plan.reports) {
      IssueRequest request;
      request.report_template = form;
      request.options.language = plan.language;
      request.options.top_count = 0;
      request.formats = plan.formats;
      const store::IssueRow issue = TRY(make_issue(workspace, result, request, progress));
      note(fmt::format("issue {} of {}", issue.number, issue.series));
    }
  }
  if (plan.deliver) {
    const DeliveryReport report = TRY(deliver_alerts(workspace, store::utc_now(), progress));
    note(fmt::format("{} alerts sent, {} waiting", report.sent, report.waiting));
  }
  return done;
}

// Failures in a row before the newest run `id`.
Result<std::int64_t> failures_before(store::RoutineDb& database, std::string_view name, std::int64_t id) {
  std::int64_t failures = 0;
  for (const store::ScheduleRunRow& run : TRY(database.runs(20))) {
    if (run.schedule != name || run.id == id) continue;
    if (run.outcome != "failed") break;
    ++failures;
  }
  return failures;
}

Result<Ticked> run_one(Workspace& workspace, store::RoutineDb& database, const store::ScheduleRow& row, std::int64_t now, CollectBy collect_by, Progress& progress) {
  const SchedulePlan plan = TRY(read_schedule_plan(row.plan));
  const std::int64_t first = TRY(read_utc(plan.first));
  const std::int64_t due = TRY(read_utc(row.next_due));
  const bool was_due = due <= now;
  Ticked one{row.name, "done", "", 0};
  for (std::int64_t date = due; was_due && (date = next_date(plan, first, date)) <= now;) ++one.missed;
  const std::int64_t id = TRY(database.start_run(row.name, was_due ? row.next_due : utc_text(now), one.missed, store::utc_now()));
  const Result<std::string> done = carry_out(workspace, plan, collect_by, progress);
  std::string next = utc_text(next_date(plan, first, now));
  if (done) {
    one.message = *done;
  } else {
    one.outcome = "failed";
    one.message = done.error().message;
    if ((TRY(failures_before(database, row.name, id)) + 1) % kTries != 0) next = std::min(next, utc_text(now + kRetrySeconds));
  }
  const bool cancelled = !done && done.error().kind == ErrorKind::cancelled;
  TRY(database.end_run(id, cancelled ? "cut_off" : one.outcome, one.message, store::utc_now()));
  if (cancelled) return tl::unexpected<Error>(done.error());
  if (was_due) TRY(database.set_next_due(row.name, next));
  return one;
}

}  // namespace

Result<std::vector<Ticked>> tick(const std::filesystem::path& root, std::int64_t now, Progress& progress) {
  std::vector<Ticked> ticked;
  Workspace workspace = TRY(open_workspace(root, {.access = store::Access::write, .command = "schedule tick"}));
  store::RoutineDb database = TRY(store::RoutineDb::open(root));
  TRY(database.close_cut_off_runs(store::utc_now()));  // we hold the workspace: nothing can be running
  for (const store::ScheduleRow& row : TRY(due_schedules(root, now))) ticked.push_back(TRY(run_one(workspace, database, row, now, CollectBy::plan, progress)));
  return ticked;
}

Result<std::vector<store::ScheduleRow>> due_schedules(const std::filesystem::path& root, std::int64_t now) {
  std::vector<store::ScheduleRow> due;
  std::optional<store::RoutineDb> database = TRY(open_routine_if_there(root));
  if (!database) return due;
  for (store::ScheduleRow& row : TRY(database->schedules())) {
    if (TRY(read_utc(row.next_due)) <= now && TRY(read_schedule_plan(row.plan)).enabled) due.push_back(std::move(row));
  }
  return due;
}

Result<Ticked> run_schedule(Workspace& workspace, std::string_view name, std::int64_t now, CollectBy collect_by, Progress& progress) {
  const store::ScheduleRow row = TRY(find_schedule(workspace, name));
  store::RoutineDb database = TRY(store::RoutineDb::open(workspace.root()));
  TRY(database.close_cut_off_runs(store::utc_now()));
  return run_one(workspace, database, row, now, collect_by, progress);
}

Result<> skip_due_date(Workspace& workspace, std::string_view name, std::int64_t now, std::string_view why) {
  const store::ScheduleRow row = TRY(find_schedule(workspace, name));
  const SchedulePlan plan = TRY(read_schedule_plan(row.plan));
  store::RoutineDb database = TRY(store::RoutineDb::open(workspace.root()));
  const std::int64_t id = TRY(database.start_run(row.name, row.next_due, 0, store::utc_now()));
  TRY(database.end_run(id, "cut_off", why, store::utc_now()));
  return database.set_next_due(row.name, utc_text(next_date(plan, TRY(read_utc(plan.first)), now)));
}

}  // namespace jianwei::workflow
