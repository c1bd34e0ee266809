// Signing in and out, the first user, one's own password.
#include "base/json_writer.h"
#include "server/access/access_routes.h"
#include "server/access/audit.h"
#include "server/access/ldap.h"
#include "server/http/json_body.h"
#include "server/workspace_summary.h"

namespace jianwei::server {
namespace {

void write_user(JsonWriter& json, const Caller& caller) {
  json.begin_object().field("id", caller.user_id).field("name", caller.name).field("display_name", caller.display_name).key("roles").begin_array();
  for (const Role role : kAllRoles) {
    if (caller.roles.has(role)) json.value(to_string(role));
  }
  json.end_array().field("language", caller.language).end_object();
}

Result<std::string> session_json(Services& services, const Caller& caller) {
  JsonWriter json;
  json.begin_object().key("user");
  if (caller.signed_in()) {
    write_user(json, caller);
  } else {
    json.null();
  }
  json.field("csrf", caller.csrf).key("workspaces").begin_array();
  if (caller.signed_in()) {
    for (const std::string& id : services.workspaces.ids()) TRY(write_workspace_summary(json, services, id));
  }
  return json.end_array().field("version", JIANWEI_VERSION).end_object().text();
}

std::string session_cookie(const Services& services, std::string_view secret, std::int64_t max_age) {
  return fmt::format("jianwei_session={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}", secret, max_age, services.secure() ? "; Secure" : "");
}

// A local account's own password goes first; then the directory is asked.
Result<store::UserRow> check_password(Services& services, const std::string& name, const std::string& password, const std::string& address) {
  const auto& ldap = services.sign_on.ldap;
  return services.accounts.check_password(name, password, address, [&]() -> Result<store::UserRow> {
    if (!ldap) return fail(ErrorKind::forbidden, "name or password is wrong");
    return services.accounts.admit(TRY(ldap_sign_in(*ldap, name, password)), ldap->roles);
  });
}

Result<Response> sign_in(Services& services, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  const std::string name = TRY(body.text("name"));
  const auto user = check_password(services, name, TRY(body.text("password")), request.address);
  if (!user) {
    if (user.error().kind == ErrorKind::unavailable) {  // the directory does not answer
      TRY(note_sign_in(services, request, "sign_in_failed", "", name, 503));
      return tl::unexpected(user.error());
    }
    const bool wait = user.error().kind == ErrorKind::conflict;
    const int status = wait ? 429 : user.error().kind == ErrorKind::forbidden ? 401 : 500;
    TRY(note_sign_in(services, request, wait ? "sign_in_refused" : "sign_in_failed", "", name, status));
    return problem(status, wait ? "too_many_requests" : "not_signed_in", user.error().message);
  }
  TRY(note_sign_in(services, request, "sign_in", user->id, user->name, 201));
  return signed_in_response(services, request, *user, 201);
}

Result<Response> set_up(Services& services, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  NewUser admin;
  admin.name = TRY(body.text("name"));
  admin.password = TRY(body.text("password"));
  admin.display_name = TRY(body.text_or("display_name", ""));
  admin.language = TRY(body.text_or("language", to_string(request.language)));
  const store::UserRow user = TRY(services.accounts.set_up(TRY(body.text("secret")), admin));
  TRY(note_sign_in(services, request, "first_user", user.id, user.name, 201));
  return signed_in_response(services, request, user, 201);
}

Result<Response> change_password(Services& services, const Request& request) {
  if (request.caller.signed_by != SignedBy::session) return fail(ErrorKind::forbidden, "a password is changed in a session, not with a token");
  const JsonBody body = TRY(JsonBody::parse(request));
  const auto user = services.accounts.check_password(request.caller.name, TRY(body.text("current")), request.address, nullptr);
  if (!user) return user.error().kind == ErrorKind::conflict ? problem(429, "too_many_requests", user.error().message) : problem(403, "forbidden", "the current password is wrong", "current");
  TRY(services.accounts.set_password(user->id, TRY(body.text("new")), request.caller.credential));
  return empty_response();
}

}  // namespace

Result<> note_sign_in(Services& services, const Request& request, std::string_view action, std::string_view user_id, std::string_view name, std::int64_t status) {
  store::AuditRow row;
  row.user_id = user_id;
  row.user_name = std::string(name.substr(0, 64));
  row.address = request.address;
  row.action = action;
  row.target = request.path;
  row.status = status;
  row.detail = fmt::format("request {}", request.id);
  return append_audit(services.database, std::move(row));
}

Result<Response> signed_in_response(Services& services, const Request& request, const store::UserRow& user, int status) {
  const SignedIn signed_in = TRY(services.accounts.start_session(user, request.address, request.header("user-agent")));
  Response response = json_response(TRY(session_json(services, signed_in.caller)), status);
  response.headers.emplace_back("Set-Cookie", session_cookie(services, signed_in.secret, kSessionSeconds));
  return response;
}

void add_session_routes(Router& router, Services& services) {
  router.get("/api/v1/session", kEveryone, [&services](const Request& request) -> Result<Response> {
    const auto visitor = request.caller.signed_in() ? std::nullopt : proxy_visitor(services, request);
    if (!visitor) return json_response(TRY(session_json(services, request.caller)));
    const store::UserRow user = TRY(services.accounts.admit(*visitor, services.sign_on.proxy->roles));
    TRY(note_sign_in(services, request, "sign_in", user.id, user.name, 200));
    return signed_in_response(services, request, user, 200);
  });
  // Entered in the audit log by themselves, with the name that was tried.
  router.post("/api/v1/session", kEveryone, [&services](const Request& request) { return sign_in(services, request); }, {.audited = false});
  router.remove("/api/v1/session", kReaders, [&services](const Request& request) -> Result<Response> {
    if (request.caller.signed_by == SignedBy::session) TRY(services.accounts.end_session(request.caller));
    Response response = empty_response();
    response.headers.emplace_back("Set-Cookie", session_cookie(services, "", 0));
    return response;
  });
  router.get("/api/v1/setup", kEveryone, [&services](const Request&) -> Result<Response> {
    return json_response(JsonWriter().begin_object().field("needed", services.accounts.setup_needed()).end_object().text());
  });
  router.post("/api/v1/setup", kEveryone, [&services](const Request& request) { return set_up(services, request); });
  router.post("/api/v1/password", kReaders, [&services](const Request& request) { return change_password(services, request); });
}

}  // namespace jianwei::server
