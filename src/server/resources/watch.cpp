// GET, POST /w/{ws}/watch, DELETE /watch/{id}, POST /watch/preview, GET /alerts, POST /alerts/{id}/score.
#include "server/http/json_body.h"
#include "server/resources/result_routes.h"
#include "workflow/views/watch.h"

namespace jianwei::server {
namespace {

workflow::Decision decision_of(const Request& request, std::string why) { return {std::move(why), request.caller.name}; }

// The rule of a body, as `watch add` takes it. Errors: invalid_input  names the field
Result<workflow::WatchList> read_rule(const JsonBody& body) {
  workflow::WatchList watch;
  watch.name = TRY(body.text("name"));
  const std::string unit = TRY(body.text_or("unit", "term"));
  const auto parsed = workflow::parse_unit(unit);
  if (!parsed) return fail(ErrorKind::invalid_input, "unit: \"{}\" is not term or topic", unit);
  watch.unit = *parsed;
  watch.units = TRY(body.texts_or_empty("units"));
  watch.query = TRY(body.text_or("query", ""));
  const std::string indicator = TRY(body.text_or("indicator", "growth"));
  const auto known = analysis::parse_indicator(indicator);
  if (!known) return fail(ErrorKind::invalid_input, "indicator: there is no indicator \"{}\"", indicator);
  const std::string comparison = TRY(body.text_or("comparison", "above"));
  if (comparison != "above" && comparison != "below") return fail(ErrorKind::invalid_input, "comparison: \"{}\" is not above or below", comparison);
  if (!body.has("threshold")) return fail(ErrorKind::invalid_input, "threshold: give the value to be crossed");
  watch.rule = {*known, comparison == "above" ? analysis::Comparison::above : analysis::Comparison::below, TRY(body.number_or("threshold", 0.0)), TRY(body.number_or("significance", 0.05)), TRY(body.number_or("min_documents", 5.0))};
  watch.horizon_years = TRY(body.integer_or("horizon_years", 3, 1, 20));
  watch.outcome_growth = TRY(body.number_or("outcome_growth", 0.08));
  return watch;
}

Result<Response> list_rules(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  const std::vector<workflow::WatchList> rules = TRY(workflow::watches(workspace));
  const std::vector<workflow::ScoredAlert> alerts = TRY(workflow::alerts(workspace));
  return json_response(write_page(page, std::ssize(rules), [&](JsonWriter& json, std::int64_t i) { workflow::write_scored_watch(json, rules[static_cast<std::size_t>(i)], alerts); }));
}

Result<Response> add_rule(const Views& views, const Request& request) {
  const std::string_view id = request.parameter("ws");
  const JsonBody body = TRY(JsonBody::parse(request));
  workflow::WatchList watch = TRY(read_rule(body));
  // A rule that watches nothing is a slip: where there is a run, the units are looked up before the rule is kept.
  if (const auto index = views.cache->index(id)) TRY(workflow::watched_units((*index)->result(), watch));
  workflow::Workspace workspace = TRY(views.services->workspaces.open_to_write(id, "watch"));
  watch = TRY(workflow::add_watch(workspace, std::move(watch), decision_of(request, TRY(body.text("why")))));
  return json_response(workflow::watch_json(watch), 201);
}

Result<Response> preview_rule(const Views& views, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  const workflow::WatchList watch = TRY(read_rule(body));
  const std::int64_t from = TRY(body.integer_or("from", 0, 0, 2999));
  const std::shared_ptr<const workflow::ResultIndex> index = TRY(views.cache->index(request.parameter("ws")));
  Progress progress;
  const workflow::ReplayedWatch replayed = TRY(workflow::replay_watch(index->result(), watch, static_cast<std::int16_t>(from), progress));
  return json_response(workflow::replay_json(index->result(), replayed, request.language));
}

Result<Response> replay_rule(const Views& views, const Request& request) {
  const std::int64_t from = TRY(request.query_integer("from", 0, 0, 2999));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  const workflow::WatchList watch = TRY(workflow::find_watch(workspace, request.parameter("id")));
  const std::shared_ptr<const workflow::ResultIndex> index = TRY(views.cache->index(request.parameter("ws")));
  Progress progress;
  const workflow::ReplayedWatch replayed = TRY(workflow::replay_watch(index->result(), watch, static_cast<std::int16_t>(from), progress));
  return json_response(workflow::replay_json(index->result(), replayed, request.language));
}

Result<Response> remove_rule(const Views& views, const Request& request) {
  workflow::Workspace workspace = TRY(views.services->workspaces.open_to_write(request.parameter("ws"), "watch"));
  const workflow::WatchList watch = TRY(workflow::find_watch(workspace, request.parameter("id")));
  TRY(workflow::remove_watch(workspace, watch.name, decision_of(request, std::string(request.query_or("why", "removed on the alerts page")))));
  return empty_response();
}

Result<Response> list_alerts(const Views& views, const Request& request) {
  const Page page = TRY(read_page(request));
  const std::string state = TRY(query_choice(request, "state", "all", {"all", "open", "scored"}));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  std::vector<workflow::ScoredAlert> alerts = TRY(workflow::alerts(workspace));
  if (state != "all") std::erase_if(alerts, [&](const workflow::ScoredAlert& alert) { return alert.verdict.empty() != (state == "open"); });
  return json_response(write_page(page, std::ssize(alerts), [&](JsonWriter& json, std::int64_t i) { workflow::write_alert(json, alerts[static_cast<std::size_t>(i)]); }));
}

Result<Response> score_alert(const Views& views, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  workflow::Workspace workspace = TRY(views.services->workspaces.open_to_write(request.parameter("ws"), "watch"));
  const std::string verdict = TRY(body.text("verdict"));
  TRY(workflow::score_alert(workspace, request.parameter("id"), verdict, decision_of(request, TRY(body.text("why")))));
  return json_response(JsonWriter().begin_object().field("alert", request.parameter("id")).field("verdict", verdict).end_object().text(), 201);
}

}  // namespace

void add_watch_routes(Router& router, const Views& views) {
  const std::string base = "/api/v1/w/{ws}";
  const auto bind = [views](auto handler) { return [views, handler](const Request& request) { return handler(views, request); }; };
  router.get(base + "/watch", kReaders, bind(list_rules));
  router.post(base + "/watch", kAnalysts, bind(add_rule), {.idempotent = true});
  router.post(base + "/watch/preview", kReaders, bind(preview_rule), {.audited = false});
  router.get(base + "/watch/{id}/replay", kReaders, bind(replay_rule));
  router.remove(base + "/watch/{id}", kAnalysts, bind(remove_rule));
  router.get(base + "/alerts", kReaders, bind(list_alerts));
  router.post(base + "/alerts/{id}/score", kAnalysts, bind(score_alert), {.idempotent = true});
}

}  // namespace jianwei::server
