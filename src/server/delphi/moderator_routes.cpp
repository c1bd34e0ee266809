// Making, locking, inviting, opening and closing rounds, results. Everything that changes a study names its actor in the study's own chain of events.
#include <charconv>

#include "server/access/secrets.h"
#include "server/delphi/delphi_routes.h"
#include "server/http/answers.h"
#include "server/http/json_body.h"
#include "workflow/delphi/delphi_json.h"
#include "workflow/delphi/question_order.h"
#include "workflow/delphi/results.h"
#include "workflow/delphi/seats.h"
#include "workflow/delphi/study_export.h"
#include "workflow/delphi/templates.h"
#include "workflow/expert_library/typed_words.h"

namespace jianwei::server {
namespace {

using experts::Words;
using simdjson::dom::element;
using simdjson::dom::object;

Result<Words> words(const object& from, std::string_view name) {
  object pair;
  element value;
  if (from.at_key(name).get(value) || value.is_null()) return Words{};
  if (value.get(pair)) return fail(ErrorKind::invalid_input, "{}: must be an object with zh and en", name);
  TRY(workflow::only_members(pair, name, {"zh", "en"}));
  return Words{TRY(text_member(pair, "zh")), TRY(text_member(pair, "en"))};
}

Result<workflow::NewItem> read_item(const object& from) {
  TRY(workflow::only_members(from, "item", {"field", "zh", "en", "origin"}));
  workflow::NewItem item{TRY(text_member(from, "field")), {TRY(text_member(from, "zh")), TRY(text_member(from, "en"))}, "{}"};
  object origin;
  if (!from.at_key("origin").get(origin)) item.origin = simdjson::minify(origin);
  return item;
}

void write_item(JsonWriter& json, const store::DelphiItemRow& item) {
  json.begin_object().field("id", item.id).field("field", item.field).field("zh", item.text_zh).field("en", item.text_en).field("state", item.state).key("origin").raw(item.origin).key("lineage").raw(item.lineage).end_object();
}

void write_study_head(JsonWriter& json, const store::DelphiStudyRow& row) {
  json.field("id", row.id).key("title").begin_object().field("zh", row.title_zh).field("en", row.title_en).end_object().key("purpose").begin_object().field("zh", row.purpose_zh).field("en", row.purpose_en).end_object();
  json.field("mode", row.mode).field("state", row.state).field("round", row.round).field("pilot", row.pilot).field("protocol_hash", row.protocol_hash).field("created_at", row.created_at).field("created_by", row.created_by);
}

Result<std::string> study_json(workflow::Delphi& delphi, const workflow::DelphiStudy& study) {
  JsonWriter json;
  json.begin_object();
  write_study_head(json, study.row);
  json.key("protocol").raw(study.row.protocol).key("protocol_versions").begin_array();
  for (const store::ProtocolVersionRow& version : TRY(delphi.db->protocol_versions(study.row.number))) {
    json.begin_object().field("version", version.version).field("text", version.text).field("hash", version.hash).field("reason", version.reason).field("at", version.decided_at).field("by", version.decided_by).end_object();
  }
  json.end_array().key("questions").begin_array();
  for (const experts::Question& question : study.questions) json.raw(workflow::to_json(question));
  json.end_array().key("items").begin_array();
  for (const store::DelphiItemRow& item : study.items) write_item(json, item);
  json.end_array().key("rounds").begin_array();
  for (const store::RoundRow& round : TRY(delphi.db->rounds(study.row.number))) json.begin_object().field("round", round.round).field("opened_at", round.opened_at).field("closed_at", round.closed_at).end_object();
  json.end_array().key("funnel").raw(TRY(workflow::funnel_json(delphi, study)));
  return json.end_object().text();
}

Result<Response> list_studies(workflow::Delphi& delphi) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const store::DelphiStudyRow& row : TRY(delphi.db->studies())) {
    json.begin_object();
    write_study_head(json, row);
    json.end_object();
  }
  return json_response(json.end_array().end_object().text());
}

Result<Response> list_templates(const Request&) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const workflow::DelphiTemplate& form : workflow::delphi_templates(workflow::this_year())) {
    json.begin_object().field("id", form.id).key("name").begin_object().field("zh", form.name.zh).field("en", form.name.en).end_object().key("questions").begin_array();
    for (const experts::Question& question : form.questions) json.raw(workflow::to_json(question));
    json.end_array().key("protocol").raw(workflow::to_json(form.protocol)).end_object();
  }
  return json_response(json.end_array().end_object().text());
}

Result<Response> make_study(workflow::Delphi& delphi, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"title", "purpose", "template", "first_year", "mode", "protocol", "questions"}));
  workflow::NewStudy study;
  const workflow::DelphiTemplate form = TRY(workflow::delphi_template(TRY(body.text_or("template", "china")), static_cast<std::int32_t>(TRY(body.integer_or("first_year", workflow::this_year(), 1900, 2200)))));
  study.questions = form.questions;
  study.protocol = body.has("protocol") ? TRY(workflow::read_typed_protocol(body.raw_or_empty("protocol"))) : form.protocol;
  if (body.has("questions")) {
    study.questions.clear();
    for (const object& question : TRY(object_members(body, "questions"))) study.questions.push_back(TRY(workflow::read_typed_question(simdjson::minify(question))));
  }
  study.title = TRY(words(body.object(), "title"));
  study.purpose = TRY(words(body.object(), "purpose"));
  const std::string mode = TRY(body.text_or("mode", "rounds"));
  if (mode != "rounds" && mode != "real_time") return fail(ErrorKind::invalid_input, "mode: '{}' is none of rounds, real_time", mode);
  study.real_time = mode == "real_time";
  study.created_by = request.caller.name;
  const store::DelphiStudyRow row = TRY(workflow::make_study(delphi, study));
  return json_response(TRY(study_json(delphi, TRY(workflow::load_study(delphi, row.id)))), 201);
}

Result<Response> put_questions(StudyRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"questions"}));
  std::vector<experts::Question> questions;
  for (const object& question : TRY(object_members(body, "questions"))) questions.push_back(TRY(workflow::read_typed_question(simdjson::minify(question))));
  TRY(workflow::set_questions(*on.delphi, on.study.row.id, questions, request.caller.name));
  return json_response(TRY(study_json(*on.delphi, TRY(workflow::load_study(*on.delphi, on.study.row.id)))));
}

Result<Response> put_protocol(StudyRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"protocol", "reason"}));
  TRY(workflow::set_protocol(*on.delphi, on.study.row.id, TRY(workflow::read_typed_protocol(body.raw_or_empty("protocol"))), TRY(body.text_or("reason", "")), request.caller.name));
  return json_response(TRY(study_json(*on.delphi, TRY(workflow::load_study(*on.delphi, on.study.row.id)))));
}

Result<Response> add_items(StudyRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"items"}));
  std::vector<workflow::NewItem> items;
  for (const object& item : TRY(object_members(body, "items"))) items.push_back(TRY(read_item(item)));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const store::DelphiItemRow& item : TRY(workflow::add_items(*on.delphi, on.study.row.id, items, request.caller.name))) write_item(json, item);
  return json_response(json.end_array().end_object().text(), 201);
}

// Rewords, merges or splits: {"action":"reword","item","zh","en","reason"} | {"action":"merge","items":[...],"into":{...},"reason"} | {"action":"split","item","parts":[{...}],"reason"}.
Result<Response> change_items(StudyRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  const std::string action = TRY(body.text("action")), reason = TRY(body.text_or("reason", "")), actor = request.caller.name;
  const std::string& study = on.study.row.id;
  TRY(body.only({"action", "item", "items", "into", "parts", "zh", "en", "reason"}));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  if (action == "reword") {
    write_item(json, TRY(workflow::reword_item(*on.delphi, study, TRY(body.text("item")), {TRY(body.text_or("zh", "")), TRY(body.text_or("en", ""))}, reason, actor)));
  } else if (action == "merge") {
    object into;
    if (body.object().at_key("into").get(into)) return fail(ErrorKind::invalid_input, "into: must be an object");
    write_item(json, TRY(workflow::merge_items(*on.delphi, study, TRY(body.texts_or_empty("items")), TRY(read_item(into)), reason, actor)));
  } else if (action == "split") {
    std::vector<workflow::NewItem> parts;
    for (const object& part : TRY(object_members(body, "parts"))) parts.push_back(TRY(read_item(part)));
    for (const store::DelphiItemRow& item : TRY(workflow::split_item(*on.delphi, study, TRY(body.text("item")), parts, reason, actor))) write_item(json, item);
  } else {
    return fail(ErrorKind::invalid_input, "action: '{}' is none of reword, merge, split", action);
  }
  return json_response(json.end_array().end_object().text());
}

// The analysis is a job (202 {"job"}): it opens every card of the round. It is refused at once where it may not follow.
Result<Response> start_analysis(const StudyRequest& on, std::string_view reason, const Request& request, Services& services) {
  TRY(experts::next_state(on.study.state, experts::StudyStep::analyze, on.study.state));
  const JsonBody parameters = TRY(JsonBody::parse(JsonWriter().begin_object().field("study", on.study.row.id).field("round", on.study.row.round).field("reason", reason).end_object().text()));
  const store::JobRow job = TRY(services.jobs.add(request.parameter("ws"), "settle", parameters, services, request.caller, request.header("idempotency-key")));
  return json_response(JsonWriter().begin_object().field("job", job.number).end_object().text(), 202);
}

Result<Response> take_step(StudyRequest& on, const Request& request, Services& services) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"step", "reason"}));
  const experts::StudyStep step = TRY(experts::parse_study_step(TRY(body.text("step"))));
  const std::string reason = TRY(body.text_or("reason", ""));
  TRY(workflow::check_text("reason", reason, workflow::kTextCharacters));
  if (step == experts::StudyStep::analyze) return start_analysis(on, reason, request, services);
  Progress progress;
  const workflow::DelphiStudy study = TRY(workflow::take_step(*on.delphi, on.study.row.id, step, reason, request.caller.name, progress));
  services.events.publish("judgements", JsonWriter().begin_object().field("workspace", request.parameter("ws")).field("study", study.row.id).field("state", study.row.state).field("round", study.row.round).end_object().text());
  return json_response(TRY(study_json(*on.delphi, study)));
}

Result<std::int64_t> round_of(const StudyRequest& on, const Request& request) { return request.query_integer("round", std::max<std::int64_t>(1, on.study.row.round), 1, 20); }

Result<Response> list_events(StudyRequest& on) {
  const auto events = TRY(on.delphi->db->events(on.study.row.number));
  const auto broken = store::first_broken_event(on.study.row.number, events);
  JsonWriter json;
  json.begin_object().field("whole", !broken).key("broken_at");
  if (broken) {
    json.value(*broken);
  } else {
    json.null();
  }
  json.key("items").begin_array();
  for (const store::StudyEventRow& event : events) {
    json.begin_object().field("seq", event.seq).field("at", event.at).field("actor", event.actor).field("kind", event.kind).key("detail").raw(event.detail).field("hash", event.hash).end_object();
  }
  return json_response(json.end_array().end_object().text());
}

Result<Response> export_study(StudyRequest& on, const Request& request) {
  Progress progress;
  workflow::ExportFile file = TRY(workflow::export_study(*on.delphi, on.study, request.query_or("format", "csv"), request.query_or("part", "answers"), request.language, request.caller.name, progress));
  Response response;
  response.content_type = std::move(file.content_type);
  response.body = std::move(file.bytes);
  response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}\"", file.name));
  return response;
}

Result<Response> ask_identity(StudyRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"seat", "argument", "reason"}));
  const std::string& study = on.study.row.id;
  const std::int64_t number = body.has("argument") ? TRY(workflow::ask_author(*on.delphi, study, TRY(body.integer_or("argument", 0, 1, 1'000'000'000)), TRY(body.text("reason")), request.caller.name))
                                                   : TRY(workflow::ask_identity(*on.delphi, study, TRY(body.text("seat")), TRY(body.text("reason")), request.caller.name));
  return json_response(JsonWriter().begin_object().field("request", number).end_object().text(), 201);
}

// Every argument, the hidden ones too; never who wrote it.
Result<Response> list_arguments(StudyRequest& on, const Request&) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const store::ArgumentRow& row : TRY(on.delphi->db->arguments(on.study.row.number, 0))) {
    json.begin_object().field("number", row.number).field("item", fmt::format("item-{}", row.item)).field("round", row.round).field("category", row.category).field("votes", row.votes).field("text", row.text);
    json.field("hidden", row.hidden).field("redacted", !row.original.empty()).end_object();
  }
  return json_response(json.end_array().end_object().text());
}

Result<Response> redact_argument(StudyRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"text", "hidden", "reason"}));
  const std::string number(request.parameter("argument"));
  for (store::ArgumentRow& row : TRY(on.delphi->db->arguments(on.study.row.number, 0))) {
    if (std::to_string(row.number) != number) continue;
    if (body.has("text")) {
      if (row.original.empty()) row.original = row.text;
      row.text = TRY(body.text("text"));
      TRY(workflow::check_text("text", row.text, 2000));
    }
    row.hidden = TRY(body.flag_or("hidden", row.hidden));
    TRY(on.delphi->db->update_argument(on.study.row.number, row));
    TRY(on.delphi->db->add_event(on.study.row.number, {0, "", request.caller.name, "argument_redacted", JsonWriter().begin_object().field("argument", row.number).field("reason", TRY(body.text("reason"))).end_object().text(), "", ""}));
    return empty_response();
  }
  return fail(ErrorKind::not_found, "there is no argument {}", number);
}

}  // namespace

void add_moderator_routes(Router& router, Services& services, const std::shared_ptr<DelphiStudies>& studies) {
  const std::string all = "/api/v1/w/{ws}/delphi", one = all + "/studies/{study}";
  using Act = Result<Response> (*)(StudyRequest&, const Request&);
  const auto on_study = [studies](Act act) {
    return [studies, act](const Request& request) -> Result<Response> {
      StudyRequest on = TRY(study_of(*studies, request));
      return act(on, request);
    };
  };
  router.get(all + "/templates", kStudyReaders, [](const Request& request) { return list_templates(request); });
  router.get(all + "/studies", kStudyReaders, [studies](const Request& request) -> Result<Response> { return list_studies(*TRY(studies->open(request.parameter("ws")))); });
  router.post(all + "/studies", kModerators, [studies](const Request& request) -> Result<Response> { return make_study(*TRY(studies->open(request.parameter("ws"))), request); }, {.idempotent = true});
  router.get(one, kStudyReaders, on_study([](StudyRequest& on, const Request&) -> Result<Response> { return json_response(TRY(study_json(*on.delphi, on.study))); }));
  router.put(one + "/questions", kModerators, on_study(put_questions));
  router.put(one + "/protocol", kModerators, on_study(put_protocol));
  router.post(one + "/items", kModerators, on_study(add_items), {.idempotent = true});
  router.post(one + "/items/change", kModerators, on_study(change_items), {.idempotent = true});
  router.post(one + "/steps", kModerators, [studies, &services](const Request& request) -> Result<Response> {
    StudyRequest on = TRY(study_of(*studies, request));
    return take_step(on, request, services);
  });
  router.get(one + "/results", kStudyReaders, on_study([](StudyRequest& on, const Request& request) -> Result<Response> {
               Progress progress;
               return json_response(TRY(workflow::results_json(*on.delphi, on.study, TRY(round_of(on, request)), progress)));
             }));
  router.get(one + "/items/{item}/subgroups", kStudyReaders, on_study([](StudyRequest& on, const Request& request) -> Result<Response> {
               return json_response(TRY(workflow::subgroups_json(*on.delphi, on.study, request.parameter("item"), TRY(round_of(on, request)), request.query_or("by", "sector"))));
             }));
  router.get(one + "/dissent", kStudyReaders, on_study([](StudyRequest& on, const Request& request) -> Result<Response> {
               Progress progress;
               return json_response(TRY(workflow::dissent_json(*on.delphi, on.study, TRY(round_of(on, request)), progress)));
             }));
  router.get(one + "/next-questions", kModerators, on_study([](StudyRequest& on, const Request& request) -> Result<Response> {
               Progress progress;
               return json_response(TRY(workflow::next_questions_json(*on.delphi, on.study, static_cast<std::int32_t>(TRY(request.query_integer("limit", 50, 1, 1000))), progress)));
             }));
  router.get(one + "/replay", kStudyReaders, on_study([](StudyRequest& on, const Request& request) -> Result<Response> {
               Progress progress;
               return json_response(TRY(workflow::replay_json(*on.delphi, on.study, TRY(round_of(on, request)), progress)));
             }));
  router.get(one + "/events", kStudyReaders, on_study([](StudyRequest& on, const Request&) { return list_events(on); }));
  router.get(one + "/export", kModerators, on_study(export_study));
  router.get(one + "/arguments", kModerators, on_study(list_arguments));
  router.patch(one + "/arguments/{argument}", kModerators, on_study(redact_argument));
  router.post(one + "/identities", kModerators, on_study(ask_identity));
  // The second person: an auditor or administrator, never the one who asked.
  router.post(all + "/identities/{request}/grant", kAuditors, [studies](const Request& request) -> Result<Response> {
    workflow::Delphi* delphi = TRY(studies->open(request.parameter("ws")));
    std::int64_t number = 0;
    const std::string_view text = request.parameter("request");
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) return fail(ErrorKind::not_found, "there is no request '{}'", text);
    const workflow::Identity person = TRY(workflow::grant_identity(*delphi, number, request.caller.name));
    return json_response(JsonWriter().begin_object().field("name", person.name).field("email", person.email).field("organisation", person.organisation).field("person", person.person).end_object().text());
  });
}

void add_delphi_routes(Router& router, Services& services) {
  const auto studies = std::make_shared<DelphiStudies>(services.workspaces);
  add_moderator_routes(router, services, studies);
  add_seat_routes(router, services, studies);
  add_panel_routes(router, services, studies);
}

}  // namespace jianwei::server
