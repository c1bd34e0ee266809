// One tick: what is due is done, step by step, and what came of it is written down.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "store/app_db.h"
#include "workflow/collect.h"
#include "workflow/routine/delivery.h"
#include "workflow/routine/issues.h"
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

// What was done, in few words for the log.
Result<std::string> carry_out(Workspace& workspace, const SchedulePlan& plan, Progress& progress) {
  std::string done;
  const auto note = [&](const std::string& text) { done += (done.empty() ? "" : "; ") + text; };
  if (!plan.collect.empty()) {
    CollectRequest request;
    request.source = plan.collect;
    request.query.text = plan.query;
    request.query.filter = plan.filter;
    request.settings.enabled = true;  // whoever made the schedule said so
    request.settings.http.contact = variable("JIANWEI_CONTACT");
    request.settings.api_key = variable("JIANWEI_API_KEY");
    request.settings.base_url = variable("JIANWEI_COLLECT_URL");
    request.settings.max_records = plan.max_records;
    TRY(collect_records(workspace, request, progress));
    note("collected from " + plan.collect);
  }
  if (plan.run) {
    const std::filesystem::path beside = workspace.lake.path("study.toml");
    const Study study = std::filesystem::exists(beside) ? TRY(read_study(beside)) : Study{};
    note("run " + TRY(run_study(workspace, study, Depth::full, progress)).run_id);
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

}  // namespace

Result<std::vector<Ticked>> tick(const std::filesystem::path& root, std::int64_t now, Progress& progress) {
  std::vector<Ticked> ticked;
  Workspace workspace = TRY(open_workspace(root, {.access = store::Access::write, .command = "schedule tick"}));
  store::RoutineDb database = TRY(store::RoutineDb::open(root));
  TRY(database.close_cut_off_runs(store::utc_now()));  // we hold the workspace: nothing can be running
  for (const store::ScheduleRow& row : TRY(database.schedules())) {
    const std::int64_t due = TRY(read_utc(row.next_due));
    if (due > now) continue;
    const SchedulePlan plan = TRY(read_schedule_plan(row.plan));
    const std::int64_t first = TRY(read_utc(plan.first));
    Ticked one{row.name, "done", "", 0};
    for (std::int64_t date = next_date(plan, first, due); date <= now; date = next_date(plan, first, date)) ++one.missed;
    const std::int64_t id = TRY(database.start_run(row.name, row.next_due, one.missed, store::utc_now()));
    const Result<std::string> done = carry_out(workspace, plan, progress);
    std::string next = utc_text(next_date(plan, first, now));
    if (done) {
      one.message = *done;
    } else {
      one.outcome = "failed";
      one.message = done.error().message;
      std::int64_t failures = 1;
      for (const store::ScheduleRunRow& run : TRY(database.runs(20))) {
        if (run.schedule != row.name || run.id == id) continue;
        if (run.outcome != "failed") break;
        ++failures;
      }
      if (failures % kTries != 0) next = std::min(next, utc_text(now + kRetrySeconds));
    }
    TRY(database.end_run(id, one.outcome, one.message, store::utc_now()));
    TRY(database.set_next_due(row.name, next));
    ticked.push_back(one);
    if (!done && done.error().kind == ErrorKind::cancelled) return tl::unexpected<Error>(done.error());
  }
  return ticked;
}

}  // namespace jianwei::workflow
