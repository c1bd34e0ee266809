#include "server/system_routes.h"

#include <map>

#include "base/file.h"
#include "base/share.h"
#include "base/strings.h"

namespace jianwei::server {
namespace {

Result<Response> open_events(const Request& request, Services& services) {
  constexpr std::string_view kTopics[] = {"jobs", "alerts", "judgements"};
  std::vector<std::string> topics;
  for (const std::string& topic : split_trimmed(request.query_or("topics", "jobs,alerts,judgements"), ",")) {
    bool known = false;
    for (const std::string_view name : kTopics) known = known || name == topic;
    if (!known) return fail(ErrorKind::invalid_input, "query parameter topics: \"{}\" is none of jobs, alerts, judgements", topic);
    topics.push_back(topic);
  }
  // EventSource cannot set headers when it is made anew: a page that was reloaded passes the last id in the query.
  std::string last(request.header("last-event-id").empty() ? request.query_or("last_event_id", "") : request.header("last-event-id"));
  Response response;
  response.content_type = "text/event-stream";
  response.headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  const auto still_allowed = [&services, caller = request.caller, cookie = std::string(request.cookie("jianwei_session")), bearer = std::string(request.header("authorization"))] {
    const auto now = caller.signed_by == SignedBy::token ? services.accounts.token_caller(trim(std::string_view(bearer).substr(7))) : services.accounts.session_caller(cookie);
    return now && now->signed_in();
  };
  response.on_stream = [&services, topics, last, still_allowed](std::shared_ptr<EventStream> stream) { services.events.subscribe(std::move(stream), topics, last, still_allowed); };
  return response;
}

// For a collector on this machine, or for an admin.
Result<Response> metrics(const Request& request, Services& services) {
  const bool local = !request.forwarded && (request.address == "127.0.0.1" || request.address == "::1");
  if (!local && !request.caller.roles.has(Role::admin)) return fail(ErrorKind::forbidden, "metrics are for this machine or for an admin's token");
  std::map<std::string, double> gauges;
  for (const std::string_view state : {"queued", "running", "done", "failed", "cancelled"}) {
    gauges[fmt::format("jianwei_jobs{{state=\"{}\"}}", state)] = static_cast<double>(TRY(services.database.job_count({"", std::string(state), ""})));
  }
  gauges["jianwei_event_streams"] = static_cast<double>(services.events.stream_count());
  gauges["jianwei_resident_bytes"] = static_cast<double>(resident_bytes());
  Response response;
  response.content_type = "text/plain; version=0.0.4";
  response.body = services.metrics.text(gauges);
  return response;
}

}  // namespace

void add_system_routes(Router& router, Services& services) {
  router.get("/healthz", kEveryone, [](const Request&) -> Result<Response> { return json_response(R"({"status":"ok"})"); });
  router.get("/readyz", kEveryone, [&services](const Request&) -> Result<Response> {
    TRY(services.database.user_count());
    for (const std::string& id : services.workspaces.ids()) TRY(services.workspaces.version(id));
    return json_response(R"({"status":"ready"})");
  });
  router.get("/metrics", kEveryone, [&services](const Request& request) { return metrics(request, services); });
  router.get("/api/v1/openapi.yaml", kEveryone, [](const Request&) -> Result<Response> {
    Response response;
    response.content_type = "application/yaml";
    response.body = TRY(read_file(TRY(share_file("openapi.yaml"))));
    return response;
  });
  router.get("/api/v1/events", kReaders, [&services](const Request& request) { return open_events(request, services); });
}

}  // namespace jianwei::server
