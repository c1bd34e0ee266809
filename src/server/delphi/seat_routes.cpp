// Who sits on a panel: invitations, personal links, who is missing and is reminded, pilots; and the panel's word on its way to the ledger. Codes and names never stand in one answer.
#include "base/json_writer.h"
#include "server/access/secrets.h"
#include "server/delphi/delphi_routes.h"
#include "server/http/json_body.h"
#include "workflow/delphi/pilot.h"
#include "workflow/delphi/seats.h"
#include "workflow/expert_library/typed_words.h"
#include "workflow/routine/delivery_settings.h"

namespace jianwei::server {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::string link_of(const Services& services, const Request& request, std::string_view secret) {
  const std::string host = services.public_url.empty() ? fmt::format("http://{}", request.header("host")) : services.public_url;
  // After the #: a browser sends it to no server and in no referrer.
  return fmt::format("{}/p/{}#{}", host, request.parameter("ws"), secret);
}

Result<std::int64_t> expiry_of(const JsonBody& body) { return unix_now() + TRY(body.integer_or("expires_days", 90, 1, 730)) * 86'400; }

// {"invitees":[{name,email,organisation,person,attributes,excluded_items}],"expires_days","pilot"}
Result<Response> invite(StudyRequest& on, const Request& request, const Services& services) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"invitees", "expires_days", "pilot"}));
  std::vector<workflow::Invitee> invitees;
  for (const object& from : TRY(object_members(body, "invitees"))) {
    TRY(workflow::only_members(from, fmt::format("invitees: number {}", invitees.size() + 1), {"name", "email", "organisation", "person", "attributes", "excluded_items"}));
    workflow::Invitee invitee{TRY(text_member(from, "name")), TRY(text_member(from, "email")), TRY(text_member(from, "organisation")), TRY(text_member(from, "person")), {}, {}};
    object attributes;
    if (!from.at_key("attributes").get(attributes)) {
      for (const auto [name, value] : attributes) {
        std::string_view text;
        if (value.get(text)) return fail(ErrorKind::invalid_input, "attributes: {} must be a string", name);
        invitee.attributes.emplace(std::string(name), std::string(text));
      }
    }
    simdjson::dom::array excluded;
    if (!from.at_key("excluded_items").get(excluded)) {
      for (const element item : excluded) {
        std::string_view id;
        if (item.get(id)) return fail(ErrorKind::invalid_input, "excluded_items: must be a list of item ids");
        invitee.excluded_items.emplace_back(id);
      }
    }
    invitees.push_back(std::move(invitee));
  }
  const auto invitations = TRY(workflow::invite(*on.delphi, on.study.row.id, invitees, TRY(expiry_of(body)), TRY(body.flag_or("pilot", false)), request.caller.name));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  // In the order of the people given, so that links can be sent; they are shown this once.
  for (std::size_t i = 0; i < invitations.size(); ++i) json.begin_object().field("name", invitees[i].name).field("email", invitees[i].email).field("link", link_of(services, request, invitations[i].secret)).end_object();
  return json_response(json.end_array().end_object().text(), 201);
}

Result<workflow::SeatName> seat_named(const JsonBody& body) { return workflow::SeatName{TRY(body.text_or("seat", "")), TRY(body.text_or("email", "")), TRY(body.text_or("name", ""))}; }

// {"seat" | "email" | "name", "reason"}
Result<Response> revoke(StudyRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"seat", "email", "name", "reason"}));
  TRY(workflow::revoke_seat(*on.delphi, on.study.row.id, TRY(seat_named(body)), TRY(body.text("reason")), request.caller.name));
  return empty_response();
}

// {"seat" | "email" | "name", "expires_days"} -> {"link"}
Result<Response> renew(StudyRequest& on, const Request& request, const Services& services) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"seat", "email", "name", "expires_days"}));
  const workflow::Invitation invitation = TRY(workflow::renew_link(*on.delphi, on.study.row.id, TRY(seat_named(body)), TRY(expiry_of(body)), request.caller.name));
  return json_response(JsonWriter().begin_object().field("link", link_of(services, request, invitation.secret)).end_object().text(), 201);
}

Result<bool> mails(const Services& services, const Request& request) {
  const workflow::Workspace workspace = TRY(services.workspaces.open_to_read(request.parameter("ws")));
  return TRY(workflow::delivery_settings(workspace)).mail.is_set();
}

// With [mail] set up a job sends them (202 {"channel":"mail","job"}); else the moderator gets names and links (200 {"channel":"file","items"}).
Result<Response> remind(StudyRequest& on, const Request& request, Services& services) {
  if (TRY(mails(services, request))) {
    const JsonBody parameters = TRY(JsonBody::parse(JsonWriter().begin_object().field("study", on.study.row.id).field("link_base", link_of(services, request, "")).end_object().text()));
    const store::JobRow job = TRY(services.jobs.add(request.parameter("ws"), "remind", parameters, services, request.caller, request.header("idempotency-key")));
    return json_response(JsonWriter().begin_object().field("channel", "mail").field("job", job.number).end_object().text(), 202);
  }
  JsonWriter json;
  json.begin_object().field("channel", "file").key("items").begin_array();
  for (const workflow::ReminderLink& link : TRY(workflow::remind(*on.delphi, on.study, true, request.caller.name))) json.begin_object().field("name", link.name).field("email", link.email).field("link", link_of(services, request, link.secret)).end_object();
  return json_response(json.end_array().end_object().text());
}

// As a job: every judgement is tried on the results. Who is no analyst or curator proposes what changes them.
Result<Response> enter_in_ledger(StudyRequest& on, const Request& request, Services& services) {
  const std::string_view role = request.caller.roles.has(Role::curator) ? "curator" : request.caller.roles.has(Role::analyst) ? "analyst" : "expert";
  const JsonBody parameters = TRY(JsonBody::parse(JsonWriter().begin_object().field("study", on.study.row.id).field("role", role).end_object().text()));
  const store::JobRow job = TRY(services.jobs.add(request.parameter("ws"), "panel", parameters, services, request.caller, request.header("idempotency-key")));
  return json_response(JsonWriter().begin_object().field("job", job.number).end_object().text(), 202);
}

// {"open": true | false}
Result<Response> put_pilot(StudyRequest& on, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"open"}));
  const workflow::DelphiStudy study = TRY(workflow::set_pilot(*on.delphi, on.study.row.id, TRY(body.flag_or("open", true)), request.caller.name));
  return json_response(TRY(workflow::pilot_json(*on.delphi, study)));
}

}  // namespace

void add_seat_routes(Router& router, Services& services, const std::shared_ptr<DelphiStudies>& studies) {
  const std::string one = "/api/v1/w/{ws}/delphi/studies/{study}";
  const auto with = [studies, &services](auto act) {
    return [studies, &services, act](const Request& request) -> Result<Response> {
      StudyRequest on = TRY(study_of(*studies, request));
      return act(on, request, services);
    };
  };
  router.post(one + "/invitations", kModerators, with(invite));
  router.post(one + "/links/revoke", kModerators, with([](StudyRequest& on, const Request& request, Services&) { return revoke(on, request); }));
  router.post(one + "/links/renew", kModerators, with(renew));
  router.get(one + "/missing", kModerators, with([](StudyRequest& on, const Request& request, Services& s) -> Result<Response> { return json_response(TRY(workflow::missing_json(*on.delphi, on.study, TRY(mails(s, request))))); }));
  router.post(one + "/reminders", kModerators, with(remind), {.idempotent = true});
  router.post(one + "/ledger", kModerators, with(enter_in_ledger), {.idempotent = true});
  router.get(one + "/pilot", kStudyReaders, with([](StudyRequest& on, const Request&, Services&) -> Result<Response> { return json_response(TRY(workflow::pilot_json(*on.delphi, on.study))); }));
  router.put(one + "/pilot", kModerators, with([](StudyRequest& on, const Request& request, Services&) { return put_pilot(on, request); }));
}

}  // namespace jianwei::server
