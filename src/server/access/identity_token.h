// The ID token of OpenID Connect: a signed JSON document (JWS, RFC 7515) checked against the provider's keys (JWKS, RFC 7517).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jianwei::server {

struct TokenExpectation {
  std::string issuer, audience, nonce;
  std::int64_t now = 0;  // Unix seconds; a minute of difference between the clocks is let pass
};

// The token's claims as JSON when its signature (RS256 or ES256) and issuer, audience, nonce and times are right.
// Errors: forbidden  says which of them is wrong
Result<std::string> check_identity_token(std::string_view token, const std::string& jwks, const TokenExpectation& expected);

// Errors: invalid_input  not base64url
Result<std::string> base64url_decode(std::string_view text);

}  // namespace jianwei::server
