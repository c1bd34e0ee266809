// GET /w/{ws}/drafts, /drafts/{id}, POST /drafts/{id}/accept, /refuse. A draft is made by the job `draft`.
#include "server/http/json_body.h"
#include "server/resources/result_routes.h"
#include "workflow/draft/draft.h"
#include "workflow/judgement/judgement_json.h"

namespace jianwei::server {
namespace {

Result<Response> list_drafts(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  const workflow::DraftList found = workflow::list_drafts(workspace, request.query_or("topic", ""));
  const auto& drafts = found.drafts;
  const workflow::DraftSettings settings = TRY(workflow::draft_settings(workspace));
  return json_response(write_page(page, std::ssize(drafts), [&](JsonWriter& json, std::int64_t i) { workflow::write_draft(json, drafts[static_cast<std::size_t>(i)]); },
                                  [&](JsonWriter& json) {
                                    json.field("enabled", settings.is_set()).field("model", settings.model).key("damaged").begin_array();
                                    for (const workflow::DamagedDraft& damaged : found.damaged) json.value(damaged.why);
                                    json.end_array();
                                  }));
}

Result<Response> show_draft(const Views& views, const Request& request) {
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  return json_response(workflow::draft_json(TRY(workflow::find_draft(workspace, request.parameter("id")))));
}

Result<Response> accept(const Views& views, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"take", "label_zh", "label_en", "text", "reason"}));
  workflow::DraftAcceptance acceptance;
  for (const std::string& part : TRY(body.texts_or_empty("take"))) {
    if (part != "label" && part != "summary") return fail(ErrorKind::invalid_input, "take: \"{}\" is neither label nor summary", part);
    (part == "label" ? acceptance.label : acceptance.summary) = true;
  }
  acceptance.label_zh = TRY(body.text_or("label_zh", ""));
  acceptance.label_en = TRY(body.text_or("label_en", ""));
  acceptance.text = TRY(body.text_or("text", ""));
  acceptance.reason = TRY(body.text("reason"));
  workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  const workflow::AcceptedDraft accepted = TRY(workflow::accept_draft(workspace, request.parameter("id"), acceptance, judge_of(request)));
  JsonWriter json;
  json.begin_object().key("draft");
  workflow::write_draft(json, accepted.draft);
  json.key("judgements").begin_array();
  for (const workflow::JudgementOutcome& outcome : accepted.outcomes) {
    announce_judgement(*views.services, request.parameter("ws"), outcome);
    json.raw(workflow::outcome_json(outcome));
  }
  return json_response(json.end_array().end_object().text(), 201);
}

Result<Response> refuse(const Views& views, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"reason"}));
  const std::string reason = TRY(body.text_or("reason", ""));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  return json_response(workflow::draft_json(TRY(workflow::refuse_draft(workspace, request.parameter("id"), reason, judge_of(request)))), 201);
}

}  // namespace

void add_draft_routes(Router& router, const Views& views) {
  const std::string base = "/api/v1/w/{ws}/drafts";
  const auto bind = [views](auto handler) { return [views, handler](const Request& request) { return handler(views, request); }; };
  router.get(base, kReaders, bind(list_drafts));
  router.get(base + "/{id}", kReaders, bind(show_draft));
  router.post(base + "/{id}/accept", kJudges, bind(accept), {.idempotent = true});
  router.post(base + "/{id}/refuse", kJudges, bind(refuse));
}

}  // namespace jianwei::server
