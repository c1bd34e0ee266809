// What a workspace does again and again: the jobs schedule, collect and deliver, and the schedules that are due.
//
// schedule {schedule, due}: its steps in their order, in one job, so that a step that fails ends it; due "" = now, whether it is due or not.
// collect {source, query, filter, from, max}, as `jianwei collect`; only what [collect] of jianwei.toml names. deliver {}: sends the alerts that wait.
#include "base/json_writer.h"
#include "base/strings.h"
#include "server/access/secrets.h"
#include "server/jobs/job.h"
#include "server/log.h"
#include "server/services.h"
#include "store/app_db.h"
#include "workflow/collect.h"
#include "workflow/collect_settings.h"
#include "workflow/routine/delivery.h"
#include "workflow/routine/schedule.h"
#include "workflow/views/routine.h"

namespace jianwei::server {
namespace {

struct ScheduleParameters {
  std::string schedule, due;
};

Result<ScheduleParameters> read_schedule_parameters(const JsonBody& body) {
  TRY(body.only({"schedule", "due"}));
  return ScheduleParameters{TRY(body.text("schedule")), TRY(body.text_or("due", ""))};
}

Result<> check_schedule(const JsonBody& body, Services& services, std::string_view workspace) {
  TRY(workflow::find_schedule(TRY(services.workspaces.open_to_read(workspace)), TRY(read_schedule_parameters(body)).schedule));
  return {};
}

Result<std::string> run_schedule(JobRun& job) {
  const ScheduleParameters parameters = TRY(read_schedule_parameters(job.parameters));
  workflow::Workspace workspace = TRY(job.services.workspaces.open_for_job(job.row.workspace, "schedule", job.progress));
  // A timer of the system may have been faster while we waited for the workspace.
  if (!parameters.due.empty() && TRY(workflow::find_schedule(workspace, parameters.schedule)).next_due != parameters.due) {
    job.log(fmt::format("{} is not due any more at {}: another process ran it", parameters.schedule, parameters.due));
    return JsonWriter().begin_object().field("schedule", parameters.schedule).field("outcome", "not_due").end_object().text();
  }
  const workflow::Ticked ticked = TRY(workflow::run_schedule(workspace, parameters.schedule, unix_now(), workflow::CollectBy::settings, job.progress));
  job.services.workspaces.forget(job.row.workspace);
  if (ticked.missed > 0) job.log(fmt::format("stands for {} missed dates, too", ticked.missed));
  if (ticked.outcome != "done") return fail(ErrorKind::unavailable, "{}: {}", ticked.schedule, ticked.message);
  job.log(ticked.message);
  JsonWriter json;
  workflow::write_ticked(json, ticked);
  return json.text();
}

Result<workflow::CollectRequest> read_collect(const JsonBody& body, const workflow::Workspace& workspace) {
  TRY(body.only({"source", "query", "filter", "from", "max"}));
  workflow::CollectRequest request;
  request.source = TRY(body.text("source"));
  request.query.text = TRY(body.text_or("query", ""));
  request.query.filter = TRY(body.text_or("filter", ""));
  const std::string from = TRY(body.text_or("from", ""));
  if (!from.empty()) {
    const auto date = parse_date(from);
    if (!date) return fail(ErrorKind::invalid_input, "from: {}", date.error().message);
    request.query.from = *date;
  }
  const std::int64_t max_records = TRY(body.integer_or("max", 0, 0, std::int64_t{1} << 40));
  request.settings = TRY(workflow::permitted_collection(workspace, request.source));
  request.settings.max_records = max_records;
  return request;
}

Result<std::string> run_collect(JobRun& job) {
  workflow::Workspace workspace = TRY(job.services.workspaces.open_for_job(job.row.workspace, "collect", job.progress));
  const workflow::ImportReport report = TRY(workflow::collect_records(workspace, TRY(read_collect(job.parameters, workspace)), job.progress));
  job.services.workspaces.forget(job.row.workspace);
  return workflow::to_json(report);
}

Result<std::string> run_delivery(JobRun& job) {
  workflow::Workspace workspace = TRY(job.services.workspaces.open_for_job(job.row.workspace, "alerts", job.progress));
  const workflow::DeliveryReport report = TRY(workflow::deliver_alerts(workspace, store::utc_now(), job.progress));
  for (const std::string& problem : report.problems) job.log(problem);
  return workflow::to_json(report);
}

// Whether a job of this schedule waits or works, and whether its last one for this date has ended (it was cancelled, or the server fell each time).
struct ScheduleJobs {
  bool open = false, ended = false;
};
Result<ScheduleJobs> jobs_of(Services& services, const std::string& workspace, const store::ScheduleRow& row) {
  ScheduleJobs found;
  for (const store::JobRow& job : TRY(services.database.jobs({workspace, "", "schedule"}, 0, 200))) {
    const JsonBody parameters = TRY(JsonBody::parse(job.parameters));
    if (TRY(parameters.text_or("schedule", "")) != row.name) continue;
    if (job.state == "queued" || job.state == "running") found.open = true;
    else if (TRY(parameters.text_or("due", "")) == row.next_due) found.ended = true;
  }
  return found;
}

Result<> add_due_jobs_of(Services& services, const std::string& workspace) {
  const std::filesystem::path folder = TRY(services.workspaces.folder(workspace));
  for (const store::ScheduleRow& row : TRY(workflow::due_schedules(folder, unix_now()))) {
    const ScheduleJobs jobs = TRY(jobs_of(services, workspace, row));
    if (jobs.open) continue;
    if (jobs.ended) {
      workflow::Workspace opened = TRY(services.workspaces.open_to_write(workspace, "schedule"));
      TRY(workflow::skip_due_date(opened, row.name, unix_now(), "its job was cancelled, or the server stopped each time it was at work"));
      continue;
    }
    Caller by;
    by.name = row.created_by;
    const JsonBody parameters = TRY(JsonBody::parse(JsonWriter().begin_object().field("schedule", row.name).field("due", row.next_due).end_object().text()));
    TRY(services.jobs.add(workspace, "schedule", parameters, services, by, ""));
  }
  return {};
}

}  // namespace

void add_due_jobs(Services& services) {
  for (const std::string& workspace : services.workspaces.ids()) {
    if (const Result<> added = add_due_jobs_of(services, workspace); !added) {
      log_event("error", "schedules", std::move(log_fields().field("workspace", workspace).field("message", added.error().message)));
    }
  }
}

std::vector<JobKind> routine_job_kinds() {
  const auto check_collect = [](const JsonBody& body, Services& services, std::string_view workspace) -> Result<> {
    TRY(read_collect(body, TRY(services.workspaces.open_to_read(workspace))));
    return {};
  };
  const auto check_delivery = [](const JsonBody& body, Services& services, std::string_view workspace) -> Result<> {
    TRY(body.only({}));
    const workflow::DeliverySettings settings = TRY(workflow::delivery_settings(TRY(services.workspaces.open_to_read(workspace))));
    if (!settings.mail.is_set() && !settings.webhook.is_set()) return fail(ErrorKind::forbidden, "alerts go nowhere: jianwei.toml of the workspace has neither [mail] nor [webhook] (docs/reports.md)");
    return workflow::check_secrets(settings);
  };
  return {{"schedule", kAnalysts, check_schedule, run_schedule}, {"collect", kAnalysts, check_collect, run_collect}, {"deliver", kAnalysts, check_delivery, run_delivery}};
}

}  // namespace jianwei::server
