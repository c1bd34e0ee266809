#include "server/access/oidc.h"

#include <simdjson.h>

#include "base/encoding.h"
#include "base/hash.h"
#include "base/strings.h"
#include "server/access/http_call.h"
#include "server/access/identity_token.h"
#include "server/access/secrets.h"

namespace jianwei::server {
namespace {

constexpr std::int64_t kPendingSeconds = 600;
constexpr std::size_t kMaxPending = 10'000;

Result<std::string> text_field(const simdjson::dom::object& object, const std::string& name, const std::string& what) {
  std::string_view value;
  if (object.at_key(name).get(value) || value.empty()) return fail(ErrorKind::unavailable, "{} comes without {}", what, name);
  return std::string(value);
}

std::string text_or(const simdjson::dom::object& object, const std::string& name, std::string otherwise) {
  std::string_view value;
  return object.at_key(name).get(value) || value.empty() ? std::move(otherwise) : std::string(value);
}

// PKCE's S256: base64url of the SHA-256 bytes.
std::string challenge_of(std::string_view verifier) {
  const std::string hex = sha256_hex(verifier);
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return base64url(bytes);
}

Result<Visitor> visitor_of(const std::string& claims_text, const OidcSettings& settings) {
  simdjson::dom::parser parser;
  simdjson::dom::object claims;
  if (parser.parse(claims_text).get(claims)) return fail(ErrorKind::forbidden, "the ID token cannot be read");
  Visitor visitor;
  visitor.origin = "oidc";
  visitor.subject = settings.issuer + "|" + TRY(text_field(claims, "sub", "the ID token"));
  visitor.name = text_or(claims, settings.name_claim, text_or(claims, "email", TRY(text_field(claims, "sub", "the ID token"))));
  visitor.display_name = text_or(claims, "name", visitor.name);
  simdjson::dom::array groups;
  if (!claims.at_key(settings.groups_claim).get(groups)) {
    for (const simdjson::dom::element group : groups) {
      std::string_view name;
      if (!group.get(name)) visitor.groups.emplace_back(name);
    }
  }
  return visitor;
}

}  // namespace

Result<std::string> Oidc::fetch(const std::string& url) const { return call_http({.url = url, .allow_http = settings_.allow_http}); }

Result<Oidc::Provider> Oidc::find_provider() {
  {
    const std::lock_guard lock(mutex_);
    if (provider_) return *provider_;
  }
  std::string issuer = settings_.issuer;
  while (issuer.ends_with('/')) issuer.pop_back();
  const std::string text = TRY(fetch(issuer + "/.well-known/openid-configuration"));
  simdjson::dom::parser parser;
  simdjson::dom::object root;
  if (parser.parse(text).get(root)) return fail(ErrorKind::unavailable, "the provider's description cannot be read");
  if (text_or(root, "issuer", "") != settings_.issuer) return fail(ErrorKind::unavailable, "the provider calls itself \"{}\", oidc.issuer is \"{}\"", text_or(root, "issuer", ""), settings_.issuer);
  Provider provider{TRY(text_field(root, "authorization_endpoint", "the provider's description")), TRY(text_field(root, "token_endpoint", "the provider's description")), TRY(text_field(root, "jwks_uri", "the provider's description"))};
  const std::lock_guard lock(mutex_);
  provider_ = provider;
  return provider;
}

Result<std::string> Oidc::keys(const Provider& provider, bool again) {
  {
    const std::lock_guard lock(mutex_);
    if (!keys_.empty() && !again) return keys_;
  }
  std::string text = TRY(fetch(provider.jwks_uri));
  const std::lock_guard lock(mutex_);
  keys_ = text;
  return text;
}

Result<Oidc::Begun> Oidc::begin() {
  const Provider provider = TRY(find_provider());
  const std::string state = random_token();
  Pending pending{random_token(), random_token(), random_token(), unix_now()};
  Begun begun;
  begun.browser = pending.browser;
  begun.location = provider.authorization_endpoint + (provider.authorization_endpoint.find('?') == std::string::npos ? "?" : "&") +
                   form_encode({{"response_type", "code"},
                                {"client_id", settings_.client_id},
                                {"redirect_uri", redirect_url_},
                                {"scope", settings_.scope},
                                {"state", state},
                                {"nonce", pending.nonce},
                                {"code_challenge", challenge_of(pending.verifier)},
                                {"code_challenge_method", "S256"}});
  const std::lock_guard lock(mutex_);
  std::erase_if(pending_, [](const auto& item) { return item.second.since + kPendingSeconds < unix_now(); });
  if (pending_.size() >= kMaxPending) return fail(ErrorKind::unavailable, "too many sign-ins are under way");
  pending_.emplace(state, std::move(pending));
  return begun;
}

Result<Visitor> Oidc::finish(std::string_view state, std::string_view code, std::string_view browser) {
  Pending pending;
  {
    const std::lock_guard lock(mutex_);
    const auto found = pending_.find(state);
    if (found == pending_.end() || found->second.since + kPendingSeconds < unix_now()) return fail(ErrorKind::forbidden, "this sign-in is not known or too old: begin again");
    pending = found->second;
    pending_.erase(found);  // each is used once
  }
  if (!equal_secrets(pending.browser, browser)) return fail(ErrorKind::forbidden, "this sign-in was begun in another browser");
  if (code.empty()) return fail(ErrorKind::forbidden, "the provider gave no code");
  const Provider provider = TRY(find_provider());
  HttpCall call{.url = provider.token_endpoint,
                .form = {{"grant_type", "authorization_code"}, {"code", std::string(code)}, {"redirect_uri", redirect_url_}, {"code_verifier", pending.verifier}, {"client_id", settings_.client_id}},
                .allow_http = settings_.allow_http};
  if (!settings_.client_secret.empty()) {
    call.user = settings_.client_id;
    call.password = settings_.client_secret;
  }
  const std::string answer = TRY(call_http(call));
  simdjson::dom::parser parser;
  simdjson::dom::object root;
  if (parser.parse(answer).get(root)) return fail(ErrorKind::unavailable, "the provider's answer cannot be read");
  const std::string token = TRY(text_field(root, "id_token", "the provider's answer"));
  const TokenExpectation expected{settings_.issuer, settings_.client_id, pending.nonce, unix_now()};
  Result<std::string> claims = check_identity_token(token, TRY(keys(provider, false)), expected);
  if (!claims) claims = check_identity_token(token, TRY(keys(provider, true)), expected);  // the provider may have changed its keys
  return visitor_of(TRY(std::move(claims)), settings_);
}

}  // namespace jianwei::server
