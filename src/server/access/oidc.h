// Sign-in through an OpenID Connect provider: authorization code with PKCE (RFC 7636), state and nonce.
//
// begin() sends the browser to the provider; what must come back with it is kept for ten minutes and tied to the browser by a cookie. finish()
// exchanges the code, checks the ID token and says who it is. The provider's addresses and keys are read when first needed, the keys again
// when a token names one that is not known yet.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "server/access/sign_on.h"

namespace jianwei::server {

class Oidc {
 public:
  Oidc(OidcSettings settings, std::string redirect_url) : settings_(std::move(settings)), redirect_url_(std::move(redirect_url)) {}

  struct Begun {
    std::string location;   // where the browser goes
    std::string browser;    // secret for its cookie
  };
  // Errors: unavailable  the provider does not answer
  Result<Begun> begin();
  // Errors: forbidden  what came back does not fit, or the token does not hold; unavailable
  Result<Visitor> finish(std::string_view state, std::string_view code, std::string_view browser);
  const OidcSettings& settings() const { return settings_; }

 private:
  struct Provider {
    std::string authorization_endpoint, token_endpoint, jwks_uri;
  };
  struct Pending {
    std::string browser, nonce, verifier;
    std::int64_t since = 0;
  };
  Result<Provider> find_provider();
  Result<std::string> keys(const Provider& provider, bool again);
  Result<std::string> fetch(const std::string& url) const;

  const OidcSettings settings_;
  const std::string redirect_url_;
  std::mutex mutex_;  // protects the rest
  std::map<std::string, Pending, std::less<>> pending_;  // by state
  std::optional<Provider> provider_;
  std::string keys_;
};

}  // namespace jianwei::server
