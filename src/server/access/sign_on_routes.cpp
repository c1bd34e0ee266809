// /sign-on and /oidc: which ways of signing in there are, and the way through a provider.
#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "server/access/access_routes.h"
#include "server/access/audit.h"
#include "server/access/http_call.h"
#include "server/access/secrets.h"

namespace jianwei::server {
namespace {

constexpr std::string_view kCookie = "jianwei_oidc";

Response go_to(std::string_view location) {
  Response response = empty_response();
  response.status = 303;
  response.headers.emplace_back("Location", location);
  return response;
}

std::string oidc_cookie(const Services& services, std::string_view value, int max_age) {
  return fmt::format("{}={}; Path=/api/v1/oidc; HttpOnly; SameSite=Lax; Max-Age={}{}", kCookie, value, max_age, services.secure() ? "; Secure" : "");
}

// People come here by links: what goes wrong is said on the sign-in page.
Response back_to_sign_in(const Request& request, const Error& error) { return go_to("/sign-in?" + form_encode({{"error", say(request.language, error.message)}})); }

Result<Response> start(Services& services, const Request& request) {
  if (services.oidc == nullptr) return fail(ErrorKind::not_found, "sign-in through a provider is not set up: see [oidc] in server.toml");
  const Result<Oidc::Begun> begun = services.oidc->begin();
  if (!begun) return back_to_sign_in(request, begun.error());
  Response response = go_to(begun->location);
  response.headers.emplace_back("Set-Cookie", oidc_cookie(services, begun->browser, 600));
  return response;
}

Result<Response> come_back(Services& services, const Request& request) {
  if (services.oidc == nullptr) return fail(ErrorKind::not_found, "sign-in through a provider is not set up: see [oidc] in server.toml");
  const auto sign_in = [&]() -> Result<store::UserRow> {
    if (const auto refused = request.find_query("error")) return fail(ErrorKind::forbidden, "the provider refused: {}", request.query_or("error_description", *refused));
    const Visitor visitor = TRY(services.oidc->finish(request.query_or("state", ""), request.query_or("code", ""), request.cookie(kCookie)));
    return services.accounts.admit(visitor, services.oidc->settings().roles);
  };
  const Result<store::UserRow> user = sign_in();
  TRY(note_sign_in(services, request, user ? "sign_in" : "sign_in_failed", user ? user->id : "", user ? user->name : "oidc", user ? 303 : 403));
  if (!user) return back_to_sign_in(request, user.error());
  Response response = TRY(signed_in_response(services, request, *user, 303));
  response.body.clear();
  response.headers.emplace_back("Location", "/");
  response.headers.emplace_back("Set-Cookie", oidc_cookie(services, "", 0));
  return response;
}

}  // namespace

std::optional<Visitor> proxy_visitor(const Services& services, const Request& request) {
  if (!services.sign_on.proxy) return std::nullopt;
  const ProxySignOn& proxy = *services.sign_on.proxy;
  const std::string_view name = trim(request.header(proxy.user_header));
  if (name.empty() || !equal_secrets(request.header(proxy.secret_header), proxy.secret)) return std::nullopt;
  Visitor visitor{"proxy", std::string(name), std::string(name), std::string(name), {}};
  if (!proxy.groups_header.empty()) visitor.groups = split_trimmed(replace_all(std::string(request.header(proxy.groups_header)), ";", ","), ",");
  return visitor;
}

void add_sign_on_routes(Router& router, Services& services) {
  router.get("/api/v1/sign-on", kEveryone, [&services](const Request&) -> Result<Response> {
    JsonWriter json;
    json.begin_object().field("password", true).field("ldap", services.sign_on.ldap.has_value()).field("proxy", services.sign_on.proxy.has_value()).key("oidc");
    if (services.oidc == nullptr) {
      json.null();
    } else {
      json.begin_object().field("label", services.oidc->settings().label).field("start", "/api/v1/oidc/start").end_object();
    }
    return json_response(json.end_object().text());
  });
  router.get("/api/v1/oidc/start", kEveryone, [&services](const Request& request) { return start(services, request); });
  router.get("/api/v1/oidc/callback", kEveryone, [&services](const Request& request) { return come_back(services, request); });
}

}  // namespace jianwei::server
