// Judgements: what people say about the objects of a workspace (workflow/judgement). Who judges is the signed-in user; an expert's judgements on topics
// are proposals.
#include <algorithm>

#include "base/strings.h"
#include "base/sentence.h"
#include "server/http/answers.h"
#include "server/http/json_body.h"
#include "server/resources/resources.h"
#include "workflow/judgement/judgement_json.h"
#include "workflow/run/run.h"

namespace jianwei::server {
namespace {

using Make = std::function<Result<Response>(const Request&, workflow::Workspace&)>;

Result<workflow::JudgementRequest> read_request(const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  workflow::JudgementRequest asked;
  asked.kind = TRY(body.text("kind"));
  simdjson::dom::object object;
  if (body.object()["object"].get(object) != simdjson::SUCCESS) return fail(ErrorKind::invalid_input, "object: {{type, id}} is missing");
  std::string_view text;
  if (object["type"].get(text) == simdjson::SUCCESS) asked.type = text;
  if (object["id"].get(text) == simdjson::SUCCESS) asked.object = text;
  asked.arguments = body.raw_or_empty("arguments");
  asked.reason = TRY(body.text_or("reason", ""));
  asked.evidence = TRY(body.texts_or_empty("evidence"));
  asked.propose = TRY(body.flag_or("propose", false));
  return asked;
}

Result<std::int64_t> number_of(const Request& request, std::string_view name) {
  const auto number = parse_int(request.parameter(name));
  if (!number || *number < 1) return fail(ErrorKind::not_found, "\"{}\" is no number of a judgement", request.parameter(name));
  return *number;
}

Response announce(Services& services, const Request& request, const workflow::JudgementOutcome& outcome, int status) {
  announce_judgement(services, request.parameter("ws"), outcome);
  return json_response(workflow::outcome_json(outcome), status);
}

// By object, kind, actor and state, newest first.
Result<std::vector<workflow::FoldedEvent>> find_events(const Request& request, workflow::Workspace& workspace) {
  std::vector<workflow::FoldedEvent> events = workflow::fold_events(TRY(workspace.lake.app().ledger().events()));
  const auto keep = [&](std::string_view name, const auto& value_of) {
    if (const auto wanted = request.find_query(name)) std::erase_if(events, [&](const workflow::FoldedEvent& one) { return value_of(one) != *wanted; });
  };
  keep("object", [](const workflow::FoldedEvent& one) { return std::string_view(one.event.object_id); });
  keep("kind", [](const workflow::FoldedEvent& one) { return std::string_view(one.event.kind); });
  keep("by", [](const workflow::FoldedEvent& one) { return std::string_view(one.event.actor); });
  keep("state", [](const workflow::FoldedEvent& one) { return workflow::to_string(one.standing); });
  std::reverse(events.begin(), events.end());
  return events;
}

// A route that opens the workspace; judging needs no writer's lock.
Handler in_workspace(Services& services, Make make) {
  return [&services, make = std::move(make)](const Request& request) -> Result<Response> {
    workflow::Workspace workspace = TRY(services.workspaces.open_to_read(request.parameter("ws")));
    return make(request, workspace);
  };
}

void add_reading(Router& router, Services& services) {
  router.get("/api/v1/w/{ws}/judgements", kReaders, in_workspace(services, [](const Request& request, workflow::Workspace& workspace) -> Result<Response> {
    const Page page = TRY(read_page(request));
    const std::vector<workflow::FoldedEvent> events = TRY(find_events(request, workspace));
    return json_response(write_page(page, static_cast<std::int64_t>(events.size()), [&](JsonWriter& json, std::int64_t i) { workflow::write_folded(json, events[static_cast<std::size_t>(i)]); }));
  }));
  router.get("/api/v1/w/{ws}/judgements/applied", kReaders, [&services](const Request& request) -> Result<Response> {
    const std::string_view id = request.parameter("ws");
    return if_changed(request, TRY(services.workspaces.version(id)), [&]() -> Result<Response> { return json_response(workflow::judged_json(*TRY(services.workspaces.result(id)))); });
  });
  router.get("/api/v1/w/{ws}/judgements/verify", kReaders, in_workspace(services, [](const Request& request, workflow::Workspace& workspace) -> Result<Response> {
    const Result<store::LedgerState> state = workspace.lake.app().ledger().verify();
    if (!state && state.error().kind != ErrorKind::corrupt) return tl::unexpected(state.error());
    JsonWriter json;
    json.begin_object().field("whole", state.has_value()).field("events", state ? state->count : std::int64_t{0}).field("head", state ? state->head : std::string());
    json.field("problem", state ? std::string() : say(request.language, state.error().message));
    return json_response(std::move(json.end_object()).text());
  }));
  router.get("/api/v1/w/{ws}/judgements/export", kReaders, in_workspace(services, [](const Request&, workflow::Workspace& workspace) -> Result<Response> {
    Response response;
    response.content_type = "application/x-ndjson";
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"ledger.jsonl\"");
    response.body = workflow::ledger_jsonl(TRY(workspace.lake.app().ledger().events()));
    return response;
  }));
  router.get("/api/v1/w/{ws}/judgements/{seq}/difference", kReaders, in_workspace(services, [](const Request& request, workflow::Workspace& workspace) -> Result<Response> {
    Progress silent;
    return json_response(workflow::differences_json(TRY(workflow::difference_of(workspace, TRY(number_of(request, "seq")), silent))));
  }));
  router.get("/api/v1/w/{ws}/iterations", kReaders, in_workspace(services, [](const Request& request, workflow::Workspace& workspace) -> Result<Response> {
    Progress silent;
    return json_response(workflow::iterations_json(TRY(workflow::iterations(workspace, TRY(request.query_integer("last", 5, 1, 50)), silent))));
  }));
  router.get("/api/v1/w/{ws}/iterations/topics", kReaders, in_workspace(services, [](const Request& request, workflow::Workspace& workspace) -> Result<Response> {
    Progress silent;
    return json_response(workflow::topic_trace_json(TRY(workflow::iterations(workspace, TRY(request.query_integer("last", 5, 1, 50)), silent))));
  }));
  router.get("/api/v1/w/{ws}/conflicts", kReaders, [&services](const Request& request) -> Result<Response> {
    const std::string_view id = request.parameter("ws");
    return if_changed(request, TRY(services.workspaces.version(id)), [&]() -> Result<Response> {
      const Page page = TRY(read_page(request));
      const auto result = TRY(services.workspaces.result(id));
      const std::vector<workflow::JudgementConflict>& list = result->judged.conflicts;
      return json_response(write_page(page, static_cast<std::int64_t>(list.size()), [&](JsonWriter& json, std::int64_t i) { workflow::write_conflict(json, list[static_cast<std::size_t>(i)]); }));
    });
  });
}

void add_judging(Router& router, Services& services) {
  RouteOptions once;
  once.idempotent = true;
  router.post("/api/v1/w/{ws}/judgements", kJudges, in_workspace(services, [&services](const Request& request, workflow::Workspace& workspace) -> Result<Response> {
    return announce(services, request, TRY(workflow::enter_judgement(workspace, TRY(read_request(request)), judge_of(request))), 201);
  }), once);
  router.post("/api/v1/w/{ws}/judgements/preview", kJudges, in_workspace(services, [](const Request& request, workflow::Workspace& workspace) -> Result<Response> {
    return json_response(workflow::effect_json(TRY(workflow::preview_judgement(workspace, TRY(read_request(request)), judge_of(request)))));
  }));
  for (const char* control : {"undo", "redo", "approve", "refuse"}) {
    const bool decides = std::string_view(control) == "approve" || std::string_view(control) == "refuse";
    router.post(fmt::format("/api/v1/w/{{ws}}/judgements/{{seq}}/{}", control), decides ? kAnalysts : kJudges, in_workspace(services, [&services, control](const Request& request, workflow::Workspace& workspace) -> Result<Response> {
      const JsonBody body = TRY(JsonBody::parse(request));
      return announce(services, request, TRY(workflow::change_judgement(workspace, control, TRY(number_of(request, "seq")), TRY(body.text_or("reason", "")), judge_of(request))), 200);
    }), once);
  }
  router.post("/api/v1/w/{ws}/conflicts/{seq}", kAnalysts, in_workspace(services, [&services](const Request& request, workflow::Workspace& workspace) -> Result<Response> {
    const JsonBody body = TRY(JsonBody::parse(request));
    const std::string action = TRY(body.text("action"));
    return announce(services, request,
                    TRY(workflow::resolve_conflict(workspace, TRY(number_of(request, "seq")), action, TRY(body.text_or("to", "")), TRY(body.text_or("reason", "")), judge_of(request))), 200);
  }), once);
}

}  // namespace

workflow::Judge judge_of(const Request& request) {
  for (const Role role : {Role::curator, Role::analyst, Role::expert}) {
    if (request.caller.roles.has(role)) return {request.caller.name, std::string(to_string(role))};
  }
  return {request.caller.name, "viewer"};
}

void announce_judgement(Services& services, std::string_view workspace, const workflow::JudgementOutcome& outcome) {
  services.workspaces.changed(workspace);
  JsonWriter json;
  json.begin_object().field("workspace", workspace).key("event");
  workflow::write_event(json, outcome.event);
  services.events.publish("judgements", std::move(json.end_object()).text());
}

void add_judgement_routes(Router& router, Services& services) {
  add_reading(router, services);
  add_judging(router, services);
}

}  // namespace jianwei::server
