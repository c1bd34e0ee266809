#include "server/jobs/job_routes.h"

#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "server/http/answers.h"
#include "server/http/json_body.h"

namespace jianwei::server {
namespace {

Result<store::JobRow> find_job(Services& services, const Request& request) {
  const auto number = parse_int(request.parameter("id"));
  auto job = number ? TRY(services.database.job(*number)) : std::optional<store::JobRow>();
  if (!job) return fail(ErrorKind::not_found, "no job {}", request.parameter("id"));
  return *job;
}

// One's own job; any for a curator or an admin.
Result<store::JobRow> find_own_job(Services& services, const Request& request) {
  store::JobRow job = TRY(find_job(services, request));
  const RoleSet above = {Role::curator, Role::admin};
  if (job.asked_by != request.caller.user_id && above.common(request.caller.roles).empty()) return fail(ErrorKind::forbidden, "job {} is of {}: only a curator or an admin may change it", job.number, job.asked_by_name);
  return job;
}

Result<Response> list_jobs(Services& services, const Request& request) {
  store::JobFilter filter;
  filter.workspace = request.query_or("workspace", "");
  filter.state = request.query_or("state", "");
  filter.kind = request.query_or("kind", "");
  const std::int64_t limit = TRY(request.query_integer("limit", 50, 1, 500));
  const std::int64_t before = TRY(request.query_integer("cursor", 0, 0, std::int64_t{1} << 60));
  const std::vector<store::JobRow> jobs = TRY(services.database.jobs(filter, before, limit));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const store::JobRow& job : jobs) json.raw(services.jobs.to_json(job));
  json.end_array().key("next_cursor");
  if (static_cast<std::int64_t>(jobs.size()) < limit) {
    json.null();
  } else {
    json.value(std::to_string(jobs.back().number));
  }
  return json_response(json.field("total", TRY(services.database.job_count(filter))).end_object().text());
}

Result<Response> add_job(Services& services, const Request& request) {
  TRY(services.workspaces.folder(request.parameter("ws")));
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"kind", "parameters"}));
  const std::string kind_name = TRY(body.text("kind"));
  const JobKind* kind = services.jobs.find_kind(kind_name);
  if (kind != nullptr && kind->roles.common(request.caller.roles).empty()) return fail(ErrorKind::forbidden, "a job {} needs one of the roles {}", kind_name, to_string(kind->roles));
  const store::JobRow job = TRY(services.jobs.add(request.parameter("ws"), kind_name, TRY(body.object_or_empty("parameters")), services, request.caller, request.header("idempotency-key")));
  Response response = json_response(services.jobs.to_json(job), 201);
  response.headers.emplace_back("Location", fmt::format("/api/v1/jobs/{}", job.number));
  return response;
}

Result<Response> job_log(Services& services, const Request& request) {
  const store::JobRow job = TRY(find_job(services, request));
  const std::int64_t after = TRY(request.query_integer("cursor", 0, 0, std::int64_t{1} << 60));
  const std::int64_t limit = TRY(request.query_integer("limit", 500, 1, 500));
  const std::vector<store::JobLine> lines = TRY(services.database.job_lines(job.number, after, limit));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const store::JobLine& line : lines) json.begin_object().field("line", line.line).field("at", line.at).field("text", say(request.language, line.text)).end_object();
  json.end_array().key("next_cursor");
  if (static_cast<std::int64_t>(lines.size()) < limit) {
    json.null();
  } else {
    json.value(std::to_string(lines.back().line));
  }
  return json_response(json.field("total", lines.empty() ? 0 : lines.back().line).end_object().text());
}

}  // namespace

void add_job_routes(Router& router, Services& services) {
  router.get("/api/v1/jobs", kReaders, [&services](const Request& request) { return list_jobs(services, request); });
  router.get("/api/v1/jobs/{id}", kReaders, [&services](const Request& request) -> Result<Response> { return json_response(services.jobs.to_json(TRY(find_job(services, request)))); });
  router.get("/api/v1/jobs/{id}/log", kReaders, [&services](const Request& request) { return job_log(services, request); });
  router.post("/api/v1/jobs/{id}/cancel", kWorkers, [&services](const Request& request) -> Result<Response> {
    return json_response(services.jobs.to_json(TRY(services.jobs.cancel(TRY(find_own_job(services, request)).number))));
  });
  router.post("/api/v1/jobs/{id}/retry", kWorkers, [&services](const Request& request) -> Result<Response> {
    return json_response(services.jobs.to_json(TRY(services.jobs.retry(TRY(find_own_job(services, request)).number))));
  });
  router.post("/api/v1/w/{ws}/jobs", kWorkers, [&services](const Request& request) { return add_job(services, request); }, {.idempotent = true});
}

}  // namespace jianwei::server
