// What a panellist's browser asks. A seat is opened by the secret of its link in the header X-Seat; there is no account, no cookie, and nothing of it in the audit log,
// which must hold no link between an answer and a person.
#include "server/access/secrets.h"
#include "server/delphi/delphi_routes.h"
#include "server/http/json_body.h"
#include "workflow/delphi/delphi_json.h"
#include "workflow/delphi/panel.h"

namespace jianwei::server {
namespace {

struct SeatRequest {
  workflow::Delphi* delphi = nullptr;
  workflow::OpenSeat seat;
  std::shared_ptr<const workflow::DelphiStudy> study;
};

Result<SeatRequest> seat_of(DelphiStudies& studies, const Request& request) {
  SeatRequest found;
  found.delphi = TRY(studies.open(request.parameter("ws")));
  found.seat = TRY(workflow::open_seat(*found.delphi, request.header("x-seat"), unix_now()));
  found.study = TRY(workflow::current_study(*found.delphi, found.seat.study));
  return found;
}

std::string today() { return utc_text(unix_now()).substr(0, 10); }

void write_card(JsonWriter& json, const workflow::DelphiStudy& study, const workflow::PanelCard& card) {
  json.begin_object().field("item", card.item.id).field("field", card.item.field).field("zh", card.item.text_zh).field("en", card.item.text_en).field("state", card.item.state).field("settled", card.settled).field("data", card.data);
  const auto write_answers = [&](std::string_view name, const std::optional<workflow::Card>& answers) {
    json.key(name);
    if (answers) {
      json.raw(workflow::to_json(study.questions, *answers));
    } else {
      json.null();
    }
  };
  write_answers("own", card.own);
  write_answers("earlier", card.earlier);
  json.key("feedback");
  if (card.feedback) {
    json.begin_object().field("round", card.feedback->round).key("result").raw(card.feedback->summary).end_object();
  } else {
    json.null();
  }
  json.key("arguments").begin_array();
  for (const workflow::ShownArgument& argument : card.arguments) {
    json.begin_object().field("number", argument.number).field("category", argument.category).field("votes", argument.votes).field("text", argument.text).field("own", argument.own).field("voted", argument.voted).end_object();
  }
  json.end_array().end_object();
}

Result<Response> show_study(SeatRequest& on, const Request&) {
  const store::DelphiStudyRow& row = on.study->row;
  JsonWriter json;
  json.begin_object().field("id", row.id).key("title").begin_object().field("zh", row.title_zh).field("en", row.title_en).end_object().key("purpose").begin_object().field("zh", row.purpose_zh).field("en", row.purpose_en).end_object();
  // A seat of a pilot answers while the pilot is open, whatever the study itself is at.
  const std::string_view state = !on.seat.row.pilot ? std::string_view(row.state) : experts::to_string(row.pilot ? experts::StudyState::round_open : experts::StudyState::round_closed);
  json.field("mode", row.mode).field("state", state).field("round", on.seat.row.pilot ? 0 : row.round).field("pilot", on.seat.row.pilot).field("consented", on.seat.row.state == "consented").field("data_cards", !on.seat.control).key("protocol").raw(row.protocol);
  json.field("protocol_hash", row.protocol_hash).key("protocol_changes").begin_array();
  const auto versions = TRY(on.delphi->db->protocol_versions(row.number));
  for (std::size_t i = 1; i < versions.size(); ++i) json.begin_object().field("reason", versions[i].reason).field("at", versions[i].decided_at.substr(0, 10)).field("hash", versions[i].hash).end_object();
  json.end_array().key("questions").begin_array();
  for (const experts::Question& question : on.study->questions) json.raw(workflow::to_json(question));
  return json_response(json.end_array().end_object().text());
}

Result<Response> show_cards(SeatRequest& on, const Request&) {
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const workflow::PanelCard& card : TRY(workflow::panel_cards(*on.delphi, *on.study, on.seat))) write_card(json, *on.study, card);
  return json_response(json.end_array().end_object().text());
}

Result<Response> show_data(SeatRequest& on, const Request& request) { return json_response(TRY(workflow::data_card(*on.study, on.seat, request.parameter("item")))); }

Result<Response> save_card(SeatRequest& on, const Request& request) {
  JsonWriter json;
  write_card(json, *on.study, TRY(workflow::save_answers(*on.delphi, *on.study, on.seat, request.parameter("item"), request.body, today())));
  return json_response(std::move(json).text());
}

Result<Response> give_consent(SeatRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"text_version"}));
  TRY(workflow::give_consent(*on.delphi, on.seat, TRY(body.text("text_version")), today()));
  return empty_response();
}

Result<Response> add_argument(SeatRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"text"}));
  const std::int64_t number = TRY(workflow::add_argument(*on.delphi, *on.study, on.seat, request.parameter("item"), TRY(body.text("text")), today()));
  return json_response(JsonWriter().begin_object().field("number", number).end_object().text(), 201);
}

Result<Response> vote(SeatRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"argument", "on"}));
  const std::int64_t argument = TRY(body.integer_or("argument", 0, 1, 1'000'000'000));
  TRY(workflow::vote_argument(*on.delphi, *on.study, on.seat, argument, TRY(body.flag_or("on", true))));
  return empty_response();
}

Result<Response> withdraw(SeatRequest& on, const Request&) {
  const bool deleted = TRY(workflow::withdraw(*on.delphi, *on.study, on.seat)) == workflow::Withdrawal::answers_deleted;
  return json_response(JsonWriter().begin_object().field("result", deleted ? "answers_deleted" : "link_cut").end_object().text());
}

Result<Response> export_own(SeatRequest& on, const Request&) {
  Response response = json_response(TRY(workflow::export_own(*on.delphi, *on.study, on.seat)));
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"my-answers.json\"");
  return response;
}

}  // namespace

void add_panel_routes(Router& router, Services&, const std::shared_ptr<DelphiStudies>& studies) {
  const std::string panel = "/api/v1/w/{ws}/panel";
  using Act = Result<Response> (*)(SeatRequest&, const Request&);
  const auto on_seat = [studies](Act act) {
    return [studies, act](const Request& request) -> Result<Response> {
      SeatRequest on = TRY(seat_of(*studies, request));
      return act(on, request);
    };
  };
  // Nothing of a panel enters the audit log: with its times it would link answers to addresses.
  constexpr std::size_t kMaxBody = std::size_t{1} << 16;
  const RouteOptions unlogged{.max_body_bytes = kMaxBody, .audited = false};
  router.get(panel, kEveryone, on_seat(show_study));
  router.get(panel + "/cards", kEveryone, on_seat(show_cards));
  router.get(panel + "/cards/{item}/data", kEveryone, on_seat(show_data));
  router.put(panel + "/cards/{item}", kEveryone, on_seat(save_card), unlogged);
  router.post(panel + "/cards/{item}/arguments", kEveryone, on_seat(add_argument), unlogged);
  router.put(panel + "/votes", kEveryone, on_seat(vote), unlogged);
  router.post(panel + "/consent", kEveryone, on_seat(give_consent), unlogged);
  router.post(panel + "/withdraw", kEveryone, on_seat(withdraw), unlogged);
  router.get(panel + "/export", kEveryone, on_seat(export_own));
}

}  // namespace jianwei::server
