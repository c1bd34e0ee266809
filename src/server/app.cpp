#include "server/app.h"

#include <simdjson.h>

#include <chrono>
#include <cmath>

#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "server/access/access_routes.h"
#include "server/access/audit.h"
#include "server/access/secrets.h"
#include "server/delphi/delphi_routes.h"
#include "server/experts/expert_routes.h"
#include "server/jobs/job_routes.h"
#include "server/jobs/uploads.h"
#include "server/hidden_folders.h"
#include "server/log.h"
#include "server/map_base/map_base_routes.h"
#include "server/resources/resources.h"
#include "server/system_routes.h"

namespace jianwei::server {
namespace {

// Ant Design writes style elements, hence 'unsafe-inline' for styles only; nothing comes from elsewhere.
constexpr std::string_view kContentPolicy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'";

void add_security_headers(Response& response, bool secure) {
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Content-Security-Policy", kContentPolicy);
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  if (secure) response.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
}

Language language_of(const Request& request) {
  for (const std::string_view item : split(request.header("accept-language"), ",")) {  // the preferred one stands first
    const std::string tag = to_lower_ascii(trim(item.substr(0, item.find(';'))));
    if (tag == "zh" || tag == "en" || tag.starts_with("zh-") || tag.starts_with("en-")) return parse_language(tag);
  }
  return parse_language(request.caller.signed_in() ? request.caller.language : "en");
}

// A problem leaves in the reader's language; its codes stay.
void say_problem(Response& response, Language language) {
  if (language == Language::en || response.content_type != "application/problem+json") return;
  simdjson::dom::parser parser;
  simdjson::dom::object problem;
  if (parser.parse(simdjson::padded_string(response.body)).get(problem)) return;
  JsonWriter json;
  json.begin_object();
  for (const auto [name, value] : problem) {
    std::string_view words;
    if (name == "detail" && !value.get(words)) json.field(name, say(language, words));
    else json.key(name).raw(simdjson::minify(value));
  }
  response.body = std::move(json.end_object()).text();
}

// "https://host:port" of an Origin header against the host we were asked as, or the public URL.
bool same_origin(const Request& request, const std::string& public_url) {
  const std::string_view origin = request.header("origin");
  if (origin.empty()) return true;
  if (!public_url.empty() && origin == public_url) return true;
  const std::size_t slashes = origin.find("://");
  return slashes != std::string_view::npos && origin.substr(slashes + 3) == request.header("host");
}

}  // namespace

void add_all_routes(Router& router, Services& services) {
  add_system_routes(router, services);
  add_access_routes(router, services);
  add_job_routes(router, services);
  add_upload_routes(router, services);
  add_resource_routes(router, services);
  add_map_base_routes(router, services);
  add_delphi_routes(router, services);
  add_expert_routes(router, services);
}

App::App(Services& services, StaticFiles pages) : services_(services), pages_(std::move(pages)), idempotency_(services.database), users_(services.requests_per_second, 4 * services.requests_per_second), addresses_(services.requests_per_second / 2, 2 * services.requests_per_second) { add_all_routes(router_, services_); }

Response App::answer(Request&& request) {
  const auto start = std::chrono::steady_clock::now();
  request.id = random_hex(16);
  request.language = language_of(request);  // of the caller, once it is known
  const bool api = request.path.starts_with("/api/") || request.path == "/healthz" || request.path == "/readyz" || request.path == "/metrics";
  Response response = api ? answer_api(request) : answer_page(request);
  say_problem(response, request.language);
  add_security_headers(response, services_.secure());
  response.headers.emplace_back("X-Request-Id", request.id);
  if (api && response.status != 304) {
    bool cached = false;
    for (const auto& [name, value] : response.headers) cached = cached || name == "Cache-Control";
    if (!cached) response.headers.emplace_back("Cache-Control", "no-store");
  }
  // A panellist is not logged: address, time and item together would say who answered what.
  if (!request.header("x-seat").empty() && request.path.find("/panel") != std::string::npos && response.status < 500) return response;
  const double milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  services_.metrics.count(request.method, response.status, milliseconds / 1000);
  JsonWriter fields = log_fields();
  fields.field("id", request.id).field("method", to_string(request.method)).field("path", request.path).field("status", response.status).field("ms", std::round(milliseconds * 100) / 100);
  fields.field("bytes", response.shared_body ? response.shared_body->size() : response.body.size()).field("address", request.address).field("user", request.caller.name);
  log_event(response.status >= 500 ? "error" : "info", "request", std::move(fields));
  return response;
}

Response App::answer_page(const Request& request) const {
  if (request.method != Method::get) return problem(405, "method_not_allowed", "pages are read with GET");
  return pages_.answer(request);
}

Response App::answer_api(Request& request) {
  Router::Match match = router_.find(request.method, request.path);
  if (match.route == nullptr) {
    return match.path_known ? problem(405, "method_not_allowed", fmt::format("{} is not a method of {}", to_string(request.method), request.path))
                            : problem(404, "not_found", fmt::format("there is no {}; /api/v1/openapi.yaml lists what there is", request.path));
  }
  const Route& route = *match.route;
  request.parameters = std::move(match.parameters);
  Result<Caller> caller = find_caller(request, route);
  if (!caller) return problem(caller.error());
  request.caller = std::move(*caller);
  request.language = language_of(request);

  if (auto too_fast = slow_down(request)) return std::move(*too_fast);
  Response response;
  if (auto refusal = refuse(request, route)) {
    response = std::move(*refusal);
  } else {
    const bool keyed = route.options.idempotent && !request.header("idempotency-key").empty();
    Result<Response> result = keyed ? idempotency_.answer(request, route.handler) : route.handler(request);
    response = result ? std::move(*result) : problem({result.error().kind, hide_folders(services_, result.error().message)});
  }
  if (!is_safe(request.method) && route.options.audited) {
    // What cannot be entered in the log has still happened; the caller is told that the log is in trouble.
    if (const Result<> entered = enter_audit(request, response); !entered) {
      log_event("error", "audit_failed", std::move(log_fields().field("message", entered.error().message)));
    }
  }
  return response;
}

Result<Caller> App::find_caller(const Request& request, const Route& route) {
  // A secret in an address ends in histories and logs of others: only one that can do nothing but read a feed is taken from there.
  if (const auto token = request.find_query("token"); route.options.feed && token) {
    Caller caller = TRY(services_.accounts.token_caller(*token));
    return caller.feeds_only ? caller : Caller{};
  }
  const std::string_view authorization = request.header("authorization");
  if (authorization.starts_with("Bearer ")) return services_.accounts.token_caller(trim(authorization.substr(7)));
  const std::string_view cookie = request.cookie("jianwei_session");
  if (cookie.empty()) return Caller{};
  Caller caller = TRY(services_.accounts.session_caller(cookie));
  if (caller.origin != "proxy") return caller;
  // Whoever the proxy vouched for is gone when it does so no more.
  const auto visitor = proxy_visitor(services_, request);
  return visitor && visitor->subject == caller.subject ? caller : Caller{};
}

std::optional<Response> App::slow_down(const Request& request) {
  const auto wait = request.caller.signed_in() ? users_.take(request.caller.user_id) : addresses_.take(request.address);
  if (!wait) return std::nullopt;
  Response response = problem(429, "too_many_requests", fmt::format("too many requests; wait {} s", *wait));
  response.headers.emplace_back("Retry-After", std::to_string(*wait));
  return response;
}

std::optional<Response> App::refuse(const Request& request, const Route& route) const {
  const Caller& caller = request.caller;
  if (!route.roles.empty()) {
    if (!caller.signed_in()) {
      Response response = problem(401, "not_signed_in", "sign in first: POST /api/v1/session, or send Authorization: Bearer <token>");
      response.headers.emplace_back("WWW-Authenticate", "Bearer");
      return response;
    }
    if (route.roles.common(caller.roles).empty()) {
      return problem(403, "forbidden", fmt::format("this needs one of the roles {}; you have {}", to_string(route.roles), to_string(caller.roles)));
    }
  }
  if (caller.feeds_only && !route.roles.empty() && !route.options.feed) return problem(403, "forbidden", "this token may only read feeds");
  if (is_safe(request.method)) return std::nullopt;
  if (caller.read_only) return problem(403, "forbidden", "this token may only read");
  if (!same_origin(request, services_.public_url)) return problem(403, "forbidden", "the request comes from another site (Origin does not fit)");
  if (caller.signed_by == SignedBy::session && !equal_secrets(request.header("x-csrf-token"), caller.csrf)) {
    return problem(403, "csrf", "the header X-CSRF-Token is missing or old: take it from GET /api/v1/session");
  }
  if (request.body.size() > route.options.max_body_bytes) {
    return problem(413, "too_large", fmt::format("the body has {} bytes; this takes up to {}", request.body.size(), route.options.max_body_bytes));
  }
  if (route.options.json_body && !request.body.empty() && !request.header("content-type").starts_with("application/json")) {
    return problem(415, "unsupported_media_type", "send the body as application/json");
  }
  return std::nullopt;
}

Result<> App::enter_audit(const Request& request, const Response& response) {
  store::AuditRow row;
  row.user_id = request.caller.user_id;
  row.user_name = request.caller.name;
  row.roles = to_string(request.caller.roles);
  row.address = request.address;
  row.action = to_string(request.method);
  row.target = request.path.substr(0, 500);
  row.status = response.status;
  row.detail = fmt::format("request {}", request.id);
  return append_audit(services_.database, std::move(row));
}

}  // namespace jianwei::server
