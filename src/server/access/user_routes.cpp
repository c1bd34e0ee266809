// /users and /tokens.
#include <algorithm>

#include "base/json_writer.h"
#include "base/strings.h"
#include "server/access/access_routes.h"
#include "server/access/secrets.h"
#include "server/http/answers.h"
#include "server/http/json_body.h"

namespace jianwei::server {
namespace {

void write_roles(JsonWriter& json, std::string_view roles) {
  json.key("roles").begin_array();
  for (const std::string& role : split_trimmed(roles, ",")) json.value(role);
  json.end_array();
}

void write_user(JsonWriter& json, const store::UserRow& user) {
  json.begin_object().field("id", user.id).field("name", user.name).field("display_name", user.display_name);
  write_roles(json, user.roles);
  json.field("language", user.language).field("origin", user.origin).field("disabled", user.disabled).field("created_at", user.created_at).field("last_sign_in_at", user.last_sign_in_at).end_object();
}

std::string user_json(const store::UserRow& user) {
  JsonWriter json;
  write_user(json, user);
  return std::move(json).text();
}

Result<RoleSet> roles_of(const JsonBody& body) { return parse_roles(join(TRY(body.texts_or_empty("roles")), ",")); }

Result<Response> add_user(Services& services, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  NewUser user;
  user.name = TRY(body.text("name"));
  user.password = TRY(body.text("password"));
  user.display_name = TRY(body.text_or("display_name", ""));
  user.language = TRY(body.text_or("language", "zh"));
  user.roles = TRY(roles_of(body));
  return json_response(user_json(TRY(services.accounts.add_user(user))), 201);
}

// The last admin who can sign in keeps the role: nobody could give it back.
Result<> keep_an_admin(Services& services, const store::UserRow& changed, bool removed) {
  for (const store::UserRow& user : TRY(services.database.users())) {
    const bool same = user.id == changed.id;
    if (same && removed) continue;
    const store::UserRow& now = same ? changed : user;
    if (!now.disabled && TRY(parse_roles(now.roles)).has(Role::admin)) return {};
  }
  return fail(ErrorKind::conflict, "this is the last admin: give the role admin to somebody else first");
}

Result<Response> change_user(Services& services, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  auto user = TRY(services.database.user(request.parameter("id")));
  if (!user) return fail(ErrorKind::not_found, "no user {}", request.parameter("id"));
  user->display_name = TRY(body.text_or("display_name", user->display_name));
  user->language = TRY(body.text_or("language", user->language));
  if (user->language != "zh" && user->language != "en") return fail(ErrorKind::invalid_input, "language: \"{}\" is neither zh nor en", user->language);
  user->disabled = TRY(body.flag_or("disabled", user->disabled));
  if (body.has("roles")) {
    const RoleSet roles = TRY(roles_of(body));
    if (roles.empty()) return fail(ErrorKind::invalid_input, "roles: give at least one of {}", to_string(kReaders));
    user->roles = to_string(roles);
  }
  TRY(keep_an_admin(services, *user, false));
  const std::string password = TRY(body.text_or("password", ""));
  if (!password.empty()) user->password_hash = TRY(hash_password(password));
  TRY(services.database.update_user(*user));
  if (!password.empty()) TRY(services.database.delete_sessions_of(user->id, request.caller.credential));
  return json_response(user_json(*user));
}

Result<Response> delete_user(Services& services, const Request& request) {
  const auto user = TRY(services.database.user(request.parameter("id")));
  if (!user) return fail(ErrorKind::not_found, "no user {}", request.parameter("id"));
  TRY(keep_an_admin(services, *user, true));
  TRY(services.database.delete_user(user->id));
  return empty_response();
}

void write_token(JsonWriter& json, const store::TokenRow& token) {
  json.field("id", token.id).field("user_id", token.user_id).field("name", token.name).field("scope", token.scope);
  write_roles(json, token.roles);
  json.field("created_at", utc_text(token.created_at)).field("expires_at", utc_text(token.expires_at)).field("used_at", utc_text(token.used_at));
}

Result<Response> add_token(Services& services, const Request& request) {
  const JsonBody body = TRY(JsonBody::parse(request));
  TRY(body.only({"name", "scope", "days", "roles"}));
  Accounts::NewToken token;
  token.name = TRY(body.text("name"));
  token.scope = TRY(body.text_or("scope", "read"));
  token.days = TRY(body.integer_or("days", 90, 1, 730));
  token.roles = TRY(roles_of(body));
  const Accounts::MadeToken made = TRY(services.accounts.add_token(request.caller, token));
  JsonWriter json;
  json.begin_object();
  write_token(json, made.row);
  return json_response(json.field("token", made.secret).end_object().text(), 201);
}

// One's own; of everybody for an admin.
Result<std::vector<store::TokenRow>> visible_tokens(Services& services, const Caller& caller) {
  std::vector<store::TokenRow> tokens = TRY(services.database.tokens());
  if (!caller.roles.has(Role::admin)) std::erase_if(tokens, [&](const store::TokenRow& token) { return token.user_id != caller.user_id; });
  return tokens;
}

}  // namespace

void add_user_routes(Router& router, Services& services) {
  router.get("/api/v1/users", kAdmins, [&services](const Request& request) -> Result<Response> {
    const std::vector<store::UserRow> users = TRY(services.database.users());
    return json_response(write_page(TRY(read_page(request)), static_cast<std::int64_t>(users.size()), [&](JsonWriter& json, std::int64_t i) { write_user(json, users[static_cast<std::size_t>(i)]); }));
  });
  router.post("/api/v1/users", kAdmins, [&services](const Request& request) { return add_user(services, request); }, {.idempotent = true});
  router.patch("/api/v1/users/{id}", kAdmins, [&services](const Request& request) { return change_user(services, request); });
  router.remove("/api/v1/users/{id}", kAdmins, [&services](const Request& request) { return delete_user(services, request); });

  router.get("/api/v1/tokens", kReaders, [&services](const Request& request) -> Result<Response> {
    const std::vector<store::TokenRow> tokens = TRY(visible_tokens(services, request.caller));
    return json_response(write_page(TRY(read_page(request)), static_cast<std::int64_t>(tokens.size()), [&](JsonWriter& json, std::int64_t i) {
      json.begin_object();
      write_token(json, tokens[static_cast<std::size_t>(i)]);
      json.end_object();
    }));
  });
  router.post("/api/v1/tokens", kReaders, [&services](const Request& request) { return add_token(services, request); });
  router.remove("/api/v1/tokens/{id}", kReaders, [&services](const Request& request) -> Result<Response> {
    for (const store::TokenRow& token : TRY(visible_tokens(services, request.caller))) {
      if (token.id != request.parameter("id")) continue;
      TRY(services.database.delete_token(token.id));
      return empty_response();
    }
    return fail(ErrorKind::not_found, "no token {}", request.parameter("id"));
  });
}

}  // namespace jianwei::server
