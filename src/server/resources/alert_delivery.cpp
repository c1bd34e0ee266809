// Alerts on their way out: GET /w/{ws}/alerts.atom, GET /alerts/delivery, POST /alerts/delivery/test, POST /alerts/mutes.
#include "server/http/json_body.h"
#include "base/sentence.h"
#include "server/resources/result_routes.h"
#include "sources/live/http.h"
#include "store/app_db.h"
#include "workflow/views/routine.h"

namespace jianwei::server {
namespace {

constexpr std::size_t kShownDeliveries = 100;

Result<Response> feed(const Views& views, const Request& request) {
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  Response response;
  response.content_type = "application/atom+xml; charset=utf-8";
  response.body = workflow::alert_feed(TRY(workflow::alerts(workspace)), workspace.settings.name, request.language);
  return response;
}

// Where alerts go, without user names, secrets and paths of the addresses; what is wrong with the settings.
void write_settings(JsonWriter& json, const workflow::Workspace& workspace, Language language) {
  const Result<workflow::DeliverySettings> settings = workflow::delivery_settings(workspace);
  std::string problem = settings ? "" : settings.error().message;
  if (settings) {
    if (const Result<> secrets = workflow::check_secrets(*settings); !secrets) problem = secrets.error().message;
  }
  const auto write_texts = [&](std::string_view name, const std::vector<std::string>& texts) {
    json.key(name).begin_array();
    for (const std::string& text : texts) json.value(text);
    json.end_array();
  };
  json.key("mail");
  if (settings && settings->mail.is_set()) {
    json.begin_object().field("host", sources::host_of(settings->mail.url)).field("from", settings->mail.from);
    write_texts("to", settings->mail.to);
    json.end_object();
  } else {
    json.null();
  }
  json.key("webhook");
  if (settings && settings->webhook.is_set()) {
    json.begin_object().field("host", sources::host_of(settings->webhook.url)).end_object();
  } else {
    json.null();
  }
  json.field("problem", say(language, problem));
}

Result<Response> show_delivery(const Views& views, const Request& request) {
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  JsonWriter json;
  json.begin_object();
  write_settings(json, workspace, request.language);
  json.field("feed", workspace_base(request) + "/alerts.atom").key("mutes").begin_array();
  for (const store::MuteRow& mute : TRY(workflow::list_mutes(workspace))) {
    json.begin_object().field("rule", mute.rule).field("muted", mute.kind == "muted").field("until", mute.until).field("why", mute.why).field("by", mute.decided_by).field("at", mute.decided_at).end_object();
  }
  json.end_array().key("deliveries").begin_array();
  std::vector<store::DeliveryRow> rows = TRY(workflow::list_deliveries(workspace));
  std::stable_sort(rows.begin(), rows.end(), [](const store::DeliveryRow& a, const store::DeliveryRow& b) { return a.changed_at > b.changed_at; });
  if (rows.size() > kShownDeliveries) rows.resize(kShownDeliveries);
  for (const store::DeliveryRow& row : rows) workflow::write_delivery(json, row);
  return json_response(json.end_array().end_object().text());
}

Result<Response> test_delivery(const Views& views, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"channel"}));
  const std::string channel = TRY(body.text("channel"));
  const workflow::Workspace workspace = TRY(views.services->workspaces.open_to_read(request.parameter("ws")));
  Progress progress;
  const std::string trouble = TRY(workflow::send_test(workspace, channel, store::utc_now(), progress));
  return json_response(JsonWriter().begin_object().field("channel", channel).field("sent", trouble.empty()).field("problem", say(request.language, trouble)).end_object().text());
}

Result<Response> mute(const Views& views, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"rule", "muted", "until", "why"}));
  const std::string rule = TRY(body.text("rule"));
  const bool muted = TRY(body.flag_or("muted", true));
  const std::string until = TRY(body.text_or("until", ""));
  workflow::Workspace workspace = TRY(views.services->workspaces.open_to_write(request.parameter("ws"), "alerts"));
  TRY(workflow::mute_alerts(workspace, rule, until, muted, {TRY(body.text("why")), request.caller.name}));
  return json_response(JsonWriter().begin_object().field("rule", rule).field("muted", muted).field("until", until).end_object().text(), 201);
}

}  // namespace

void add_alert_delivery_routes(Router& router, const Views& views) {
  const std::string base = "/api/v1/w/{ws}";
  const auto bind = [views](auto handler) { return [views, handler](const Request& request) { return handler(views, request); }; };
  router.get(base + "/alerts.atom", kReaders, bind(feed), {.feed = true});
  router.get(base + "/alerts/delivery", kWorkers, bind(show_delivery));
  router.post(base + "/alerts/delivery/test", kKeepers, bind(test_delivery));
  router.post(base + "/alerts/mutes", kAnalysts, bind(mute), {.idempotent = true});
}

}  // namespace jianwei::server
