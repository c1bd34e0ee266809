// Technology lists, key-technology selections, look-back.
#include "products/exporters/sheet.h"
#include "server/experts/expert_routes.h"
#include "server/http/answers.h"
#include "workflow/expert_library/fields.h"
#include "workflow/look_back/look_back.h"
#include "workflow/selection/selection.h"
#include "workflow/delphi/templates.h"
#include "workflow/technology_list/delphi_items.h"
#include "workflow/technology_list/positions.h"
#include "workflow/technology_list/technology_list.h"

namespace jianwei::server {
namespace {

using workflow::Entry;
using JsonFields = workflow::Fields;  // server::Fields are headers

constexpr RoleSet kVoters = {Role::expert, Role::moderator, Role::curator, Role::analyst};

Result<JsonFields> body_of(const Request& request) { return JsonFields::parse(request.body.empty() ? "{}" : request.body, "body"); }

Result<JsonFields> body_of(const Request& request, std::initializer_list<std::string_view> names) {
  JsonFields body = TRY(body_of(request));
  TRY(body.only(names));
  return body;
}

// An entry by itself, not beside the fields of a change.
Result<> only_entry(const JsonFields& from) { return from.only({"field", "zh", "en", "proposed_by", "authors", "records"}); }

Result<Entry> read_entry(const JsonFields& from, std::string_view by) {
  Entry entry;
  entry.field = TRY(from.text("field"));
  entry.zh = TRY(from.text("zh"));
  entry.en = TRY(from.text("en"));
  JsonWriter origin;
  origin.begin_object().field("kind", "proposal").field("by", TRY(from.text("proposed_by", by))).key("authors").begin_array();
  for (const std::string& author : TRY(from.texts("authors"))) origin.value(author);
  origin.end_array().key("records").begin_array();
  for (const std::string& record : TRY(from.texts("records"))) origin.value(record);
  entry.origin = origin.end_array().end_object().text();
  return entry;
}

Response entries_response(const std::vector<Entry>& entries, int status = 200) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const Entry& entry : entries) json.raw(workflow::to_json(entry));
  return json_response(json.end_array().end_object().text(), status);
}

// {"from":"topics","topics":[...],"limit":n} | {"from":"signals","limit":n} | {"entries":[{zh,en,field,authors,records,proposed_by}]}
Result<Response> add_entries(store::ExpertDb& db, Services& services, const Request& request) {
  const JsonFields body = TRY(body_of(request, {"from", "topics", "limit", "entries"}));
  const std::string from = TRY(body.text("from"));
  const std::int64_t limit = std::clamp<std::int64_t>(TRY(body.integer("limit", 20)), 1, 5000);
  std::vector<Entry> entries;
  if (from == "topics" || from == "signals") {
    const auto run = TRY(services.workspaces.result(request.parameter("ws")));
    entries = from == "topics" ? TRY(workflow::entries_from_topics(*run, TRY(body.texts("topics")), limit)) : workflow::entries_from_signals(*run, limit);
  } else if (from.empty()) {
    for (const JsonFields& one : TRY(body.objects("entries"))) {
      TRY(only_entry(one));
      entries.push_back(TRY(read_entry(one, request.caller.name)));
    }
  } else {
    return fail(ErrorKind::invalid_input, "from: '{}' is none of topics, signals", from);
  }
  return entries_response(TRY(workflow::add_entries(db, request.parameter("list"), std::move(entries), request.caller.name)), 201);
}

// {"action":"reword|merge|split|accepted|rejected|candidate","entry"|"entries","zh","en","parts":[...],"reason"}
Result<Response> change_entries(store::ExpertDb& db, const Request& request) {
  const JsonFields body = TRY(body_of(request, {"action", "entry", "entries", "zh", "en", "field", "proposed_by", "authors", "records", "parts", "reason"}));
  const std::string action = TRY(body.text("action")), entry = TRY(body.text("entry")), reason = TRY(body.text("reason"));
  const std::string_view actor = request.caller.name;
  if (action == "reword") return entries_response({TRY(workflow::reword_entry(db, entry, TRY(body.text("zh")), TRY(body.text("en")), reason, actor))});
  if (action == "merge") return entries_response({TRY(workflow::merge_entries(db, TRY(body.texts("entries")), TRY(read_entry(body, actor)), reason, actor))});
  if (action == "split") {
    std::vector<Entry> parts;
    for (const JsonFields& part : TRY(body.objects("parts"))) {
      TRY(only_entry(part));
      parts.push_back(TRY(read_entry(part, actor)));
    }
    return entries_response(TRY(workflow::split_entry(db, entry, std::move(parts), reason, actor)));
  }
  if (action == "accepted" || action == "rejected" || action == "candidate") return entries_response({TRY(workflow::decide_entry(db, entry, action, reason, actor))});
  return fail(ErrorKind::invalid_input, "action: '{}' is none of reword, merge, split, accepted, rejected, candidate", action);
}

Result<Response> show_list(store::ExpertDb& db, const Request& request) {
  const std::int64_t version = TRY(request.query_integer("version", 0, 0, 1'000'000));
  const workflow::Longlist list = version > 0 ? TRY(workflow::load_version(db, request.parameter("list"), version)) : TRY(workflow::load_list(db, request.parameter("list")));
  if (request.query_or("format", "json") != "csv") return json_response(workflow::to_json(list));
  Response response = json_response(products::to_csv(workflow::list_sheet(list)));
  response.content_type = "text/csv; charset=utf-8";
  return response;
}

Result<Response> add_forecasts(store::ExpertDb& db, const Request& request) {
  std::vector<workflow::StatedForecast> forecasts;
  for (const JsonFields& from : TRY(TRY(body_of(request, {"forecasts"})).objects("forecasts"))) {
    TRY(from.only({"thing", "member", "kind", "probability", "made_at"}));
    forecasts.push_back({TRY(from.text("thing")), TRY(from.text("member")), TRY(from.text("kind", "expert")), TRY(from.number("probability", -1.0)), TRY(from.text("made_at"))});
  }
  TRY(workflow::add_forecasts(db, forecasts, request.caller.name));
  return empty_response();
}

}  // namespace

void add_technology_routes(Router& router, Services& services, const std::shared_ptr<ExpertDesks>& desks) {
  const std::string base = "/api/v1/w/{ws}", all = base + "/longlists", one = all + "/{list}";
  using Act = Result<Response> (*)(store::ExpertDb&, const Request&);
  const auto with = [desks](Act act) {
    return [desks, act](const Request& request) -> Result<Response> { return act(*TRY(desks->db(request.parameter("ws"))), request); };
  };
  router.get(all, kExpertReaders, with([](store::ExpertDb& db, const Request&) -> Result<Response> {
               JsonWriter json;
               json.begin_object().key("items").begin_array();
               for (const auto& list : TRY(workflow::load_lists(db))) json.begin_object().field("id", list.id).field("zh", list.zh).field("en", list.en).field("version", list.version).end_object();
               return json_response(json.end_array().end_object().text());
             }));
  router.post(all, kExpertDeciders, with([](store::ExpertDb& db, const Request& request) -> Result<Response> {
                const JsonFields body = TRY(body_of(request, {"zh", "en"}));
                return json_response(workflow::to_json(TRY(workflow::make_list(db, TRY(body.text("zh")), TRY(body.text("en")), request.caller.name))), 201);
              }), {.idempotent = true});
  router.get(one, kExpertReaders, with(show_list));
  router.post(one + "/entries", kExpertDeciders, [desks, &services](const Request& request) -> Result<Response> { return add_entries(*TRY(desks->db(request.parameter("ws"))), services, request); }, {.idempotent = true});
  router.post(one + "/changes", kExpertDeciders, with(change_entries), {.idempotent = true});
  // A vote counts for the account that casts it.
  router.post(one + "/votes", kVoters, with([](store::ExpertDb& db, const Request& request) -> Result<Response> {
                const JsonFields body = TRY(body_of(request, {"entry", "vote", "reason"}));
                return entries_response({TRY(workflow::vote_entry(db, TRY(body.text("entry")), request.caller.name, TRY(body.integer("vote", 1)), TRY(body.text("reason")), request.caller.name))});
              }));
  router.post(one + "/versions", kExpertDeciders, with([](store::ExpertDb& db, const Request& request) -> Result<Response> {
                const std::int64_t version = TRY(workflow::freeze_list(db, request.parameter("list"), TRY(TRY(body_of(request, {"reason"})).text("reason")), request.caller.name));
                return json_response(JsonWriter().begin_object().field("version", version).end_object().text(), 201);
              }));
  router.get(one + "/coverage", kExpertReaders, [desks, &services](const Request& request) -> Result<Response> {
    const auto run = TRY(services.workspaces.result(request.parameter("ws")));
    Progress progress;
    return json_response(workflow::to_json(TRY(workflow::cover_topics(TRY(workflow::load_list(*TRY(desks->db(request.parameter("ws"))), request.parameter("list"))), *run, TRY(request.query_number("overlap", 0.8)), 1, 1, progress)), *run));
  });
  router.get(one + "/positions", kExpertReaders, [desks, &services](const Request& request) -> Result<Response> {
    store::ExpertDb* db = TRY(desks->db(request.parameter("ws")));
    const auto run = services.workspaces.result(request.parameter("ws"));
    return json_response(TRY(workflow::positions_json(*db, *TRY(desks->delphi(request.parameter("ws"))), TRY(workflow::load_list(*db, request.parameter("list"))), run ? run->get() : nullptr, static_cast<std::int32_t>(TRY(request.query_integer("year", workflow::this_year(), 1900, 2200))))));
  });
  router.post(one + "/study", kModerators, [desks](const Request& request) -> Result<Response> {
    const std::string study = TRY(workflow::ask_about_list(*TRY(desks->delphi(request.parameter("ws"))), TRY(workflow::load_list(*TRY(desks->db(request.parameter("ws"))), request.parameter("list"))), TRY(TRY(body_of(request, {"study"})).text("study")), request.caller.name));
    return json_response(JsonWriter().begin_object().field("study", study).end_object().text(), 201);
  }, {.idempotent = true});
  router.get(base + "/selections", kExpertReaders, with([](store::ExpertDb& db, const Request&) -> Result<Response> { return json_response(TRY(workflow::selections_json(db))); }));
  router.post(base + "/selections", kExpertDeciders, [desks, &services](const Request& request) -> Result<Response> {
    const auto run = services.workspaces.result(request.parameter("ws"));
    Progress progress;
    return json_response(TRY(workflow::keep_selection(*TRY(desks->db(request.parameter("ws"))), {TRY(desks->delphi(request.parameter("ws"))), run ? run->get() : nullptr}, request.body, request.caller.name, 1, progress)), 201);
  }, {.idempotent = true});
  router.get(base + "/selections/{selection}", kExpertReaders, with([](store::ExpertDb& db, const Request& request) -> Result<Response> {
               const std::string result = TRY(workflow::load_selection(db, request.parameter("selection")));
               if (request.query_or("format", "json") != "csv") return json_response(result);
               Response response = json_response(products::to_csv(TRY(workflow::selection_sheet(result))));
               response.content_type = "text/csv; charset=utf-8";
               return response;
             }));
  router.get(base + "/lookback", kExpertReaders, with([](store::ExpertDb& db, const Request&) -> Result<Response> { return json_response(TRY(workflow::look_back_json(db))); }));
  router.get(base + "/lookback/pool", kExpertReaders, with([](store::ExpertDb& db, const Request& request) -> Result<Response> { return json_response(TRY(workflow::pool_json(db, request.query_or("thing", "")))); }));
  router.put(base + "/lookback/outcomes", kExpertDeciders, with([](store::ExpertDb& db, const Request& request) -> Result<Response> {
               const JsonFields body = TRY(body_of(request, {"thing", "statement", "field", "verdict", "evidence", "date"}));
               TRY(workflow::set_outcome(db, {TRY(body.text("thing")), TRY(body.text("statement")), TRY(body.text("field")), TRY(body.text("verdict")), TRY(body.text("evidence")), TRY(body.text("date"))}, request.caller.name));
               return empty_response();
             }));
  router.post(base + "/lookback/forecasts", kExpertDeciders, with(add_forecasts), {.idempotent = true});
}

}  // namespace jianwei::server
