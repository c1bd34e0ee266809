// GET, POST /w/{ws}/schedules, PATCH, DELETE /schedules/{id}, POST /schedules/{id}/run, GET /schedules/log. The job thread runs them (jobs/routine_jobs.cpp).
#include "server/http/json_body.h"
#include "server/resources/result_routes.h"
#include "workflow/collect_settings.h"
#include "workflow/views/routine.h"

namespace jianwei::server {
namespace {

constexpr std::int64_t kShownDates = 3;

// The fields that a body gives, over those of `plan`.
Result<workflow::SchedulePlan> read_plan(const JsonBody& body, workflow::SchedulePlan plan) {
  if (body.has("every")) {
    const auto every = workflow::parse_every(TRY(body.text("every")));
    if (!every) return fail(ErrorKind::invalid_input, "every: {}", every.error().message);
    plan.every = *every;
  }
  plan.count = TRY(body.integer_or("count", plan.count, 1, 1000));
  plan.first = TRY(body.text_or("first", plan.first));
  if (body.has("first") && !plan.first.empty() && !workflow::read_utc(plan.first)) return fail(ErrorKind::invalid_input, "first: {}", workflow::read_utc(plan.first).error().message);
  plan.collect = TRY(body.text_or("collect", plan.collect));
  plan.query = TRY(body.text_or("query", plan.query));
  plan.filter = TRY(body.text_or("filter", plan.filter));
  plan.max_records = TRY(body.integer_or("max_records", plan.max_records, 0, std::int64_t{1} << 40));
  plan.run = TRY(body.flag_or("run", plan.run));
  plan.check = TRY(body.flag_or("check", plan.check));
  plan.deliver = TRY(body.flag_or("deliver", plan.deliver));
  if (body.has("reports")) plan.reports = TRY(body.texts_or_empty("reports"));
  if (body.has("formats")) plan.formats = TRY(body.texts_or_empty("formats"));
  const std::string language = TRY(body.text_or("language", to_string(plan.language)));
  if (language != "zh" && language != "en") return fail(ErrorKind::invalid_input, "language: \"{}\" is neither zh nor en", language);
  plan.language = parse_language(language);
  plan.enabled = TRY(body.flag_or("enabled", plan.enabled));
  return plan;
}

Result<Response> answer_row(const store::ScheduleRow& row, int status) {
  JsonWriter json;
  TRY(workflow::write_schedule(json, row, kShownDates));
  return json_response(json.text(), status);
}

Result<Response> list_schedules(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const std::int64_t dates = TRY(request.query_integer("dates", kShownDates, 1, 50));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  const std::vector<store::ScheduleRow> rows = TRY(workflow::list_schedules(workspace));
  Result<> written;
  std::string body = write_page(page, std::ssize(rows), [&](JsonWriter& json, std::int64_t i) {
    if (written) written = workflow::write_schedule(json, rows[static_cast<std::size_t>(i)], dates);
  });
  TRY(std::move(written));
  return json_response(std::move(body));
}

Result<Response> add_schedule(const Views& views, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"name", "every", "count", "first", "collect", "query", "filter", "max_records", "run", "check", "deliver", "reports", "formats", "language", "enabled"}));
  workflow::SchedulePlan plan;
  plan.language = request.language;
  plan = TRY(read_plan(body, std::move(plan)));
  plan.name = TRY(body.text("name"));
  workflow::Workspace workspace = TRY(views.services->workspaces.open_to_write(request.parameter("ws"), "schedule"));
  if (!plan.collect.empty()) TRY(workflow::permitted_collection(workspace, plan.collect));
  return answer_row(TRY(workflow::add_schedule(workspace, plan, request.caller.name)), 201);
}

Result<Response> change_schedule(const Views& views, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"every", "count", "first", "collect", "query", "filter", "max_records", "run", "check", "deliver", "reports", "formats", "language", "enabled"}));
  workflow::Workspace workspace = TRY(views.services->workspaces.open_to_write(request.parameter("ws"), "schedule"));
  const store::ScheduleRow row = TRY(workflow::find_schedule(workspace, request.parameter("id")));
  const workflow::SchedulePlan plan = TRY(read_plan(body, TRY(workflow::read_schedule_plan(row.plan))));
  if (body.has("collect") && !plan.collect.empty()) TRY(workflow::permitted_collection(workspace, plan.collect));
  return answer_row(TRY(workflow::change_schedule(workspace, plan)), 200);
}

Result<Response> remove_schedule(const Views& views, const Request& request) {
  workflow::Workspace workspace = TRY(views.services->workspaces.open_to_write(request.parameter("ws"), "schedule"));
  TRY(workflow::remove_schedule(workspace, request.parameter("id")));
  return empty_response();
}

Result<Response> run_now(const Views& views, const Request& request) {
  Services& services = *views.services;
  TRY(TRY(JsonBody::parse(request)).only({}));
  const JsonBody parameters = TRY(JsonBody::parse(JsonWriter().begin_object().field("schedule", request.parameter("id")).end_object().text()));
  const store::JobRow job = TRY(services.jobs.add(request.parameter("ws"), "schedule", parameters, services, request.caller, request.header("idempotency-key")));
  Response response = json_response(services.jobs.to_json(job), 201);
  response.headers.emplace_back("Location", fmt::format("/api/v1/jobs/{}", job.number));
  return response;
}

Result<Response> list_runs(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  const std::vector<store::ScheduleRunRow> runs = TRY(workflow::list_schedule_runs(workspace, 1000));
  return json_response(write_page(page, std::ssize(runs), [&](JsonWriter& json, std::int64_t i) { workflow::write_schedule_run(json, runs[static_cast<std::size_t>(i)]); }));
}

}  // namespace

void add_schedule_routes(Router& router, const Views& views) {
  const std::string base = "/api/v1/w/{ws}/schedules";
  const auto bind = [views](auto handler) { return [views, handler](const Request& request) { return handler(views, request); }; };
  router.get(base, kReaders, bind(list_schedules));
  router.post(base, kAnalysts, bind(add_schedule), {.idempotent = true});
  router.get(base + "/log", kReaders, bind(list_runs));
  router.patch(base + "/{id}", kAnalysts, bind(change_schedule));
  router.remove(base + "/{id}", kAnalysts, bind(remove_schedule));
  router.post(base + "/{id}/run", kAnalysts, bind(run_now), {.idempotent = true});
}

}  // namespace jianwei::server
