#include "server/access/identity_token.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <simdjson.h>
#include <sodium.h>

#include <memory>

#include "base/strings.h"

namespace jianwei::server {
namespace {

template <auto function>
struct Free {
  template <class T>
  void operator()(T* pointer) const {
    function(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;

const unsigned char* bytes_of(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }
Number number_of(const std::string& big_endian) { return Number(BN_bin2bn(bytes_of(big_endian), static_cast<int>(big_endian.size()), nullptr)); }

std::string text_of(const simdjson::dom::object& object, std::string_view name) {
  std::string_view value;
  return object.at_key(name).get(value) ? std::string() : std::string(value);
}

Key build_key(const char* type, OSSL_PARAM_BLD* builder) {
  const Params params(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) <= 0 || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) <= 0) return nullptr;
  return Key(key);
}

Key rsa_key(const std::string& modulus, const std::string& exponent) {
  if (modulus.size() < 256) return nullptr;  // below 2048 bits
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  const Number n = number_of(modulus), e = number_of(exponent);
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  return build_key("RSA", builder.get());
}

Key p256_key(const std::string& x, const std::string& y) {
  if (x.size() != 32 || y.size() != 32) return nullptr;
  const std::string point = "\x04" + x + y;  // uncompressed
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  return build_key("EC", builder.get());
}

// A JWS carries r and s side by side, OpenSSL wants them in DER.
std::string der_signature(const std::string& raw) {
  if (raw.size() != 64) return "";
  const std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>> signature(ECDSA_SIG_new());
  ECDSA_SIG_set0(signature.get(), number_of(raw.substr(0, 32)).release(), number_of(raw.substr(32)).release());
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(signature.get(), &der);
  std::string text(reinterpret_cast<const char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(der);
  return text;
}

bool verify(EVP_PKEY* key, const std::string& signature, std::string_view signed_text) {
  const std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size()) == 1;
}

// The key of the set that the token names (or any fitting one when it names none) must verify it.
Result<> check_signature(const simdjson::dom::object& header, const std::string& jwks, const std::string& signature, std::string_view signed_text) {
  const std::string algorithm = text_of(header, "alg"), wanted = text_of(header, "kid");
  if (algorithm != "RS256" && algorithm != "ES256") return fail(ErrorKind::forbidden, "the ID token is signed with \"{}\"; RS256 and ES256 are taken", algorithm);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  simdjson::dom::array keys;
  if (parser.parse(jwks).get(root) || root["keys"].get(keys)) return fail(ErrorKind::forbidden, "the provider's keys cannot be read");
  for (const simdjson::dom::element element : keys) {
    simdjson::dom::object entry;
    if (element.get(entry)) continue;
    if (!wanted.empty() && text_of(entry, "kid") != wanted) continue;
    const auto part = [&](std::string_view name) { return base64url_decode(text_of(entry, name)).value_or(""); };
    const std::string type = text_of(entry, "kty");
    Key key;
    if (algorithm == "RS256" && type == "RSA") key = rsa_key(part("n"), part("e"));
    if (algorithm == "ES256" && type == "EC" && text_of(entry, "crv") == "P-256") key = p256_key(part("x"), part("y"));
    if (key && verify(key.get(), algorithm == "ES256" ? der_signature(signature) : signature, signed_text)) return {};
  }
  return fail(ErrorKind::forbidden, "no key of the provider fits the signature of the ID token");
}

bool names_audience(const simdjson::dom::object& claims, const std::string& audience) {
  simdjson::dom::element element;
  if (claims.at_key("aud").get(element)) return false;
  std::string_view one;
  if (!element.get(one)) return one == audience;
  simdjson::dom::array many;
  if (element.get(many)) return false;
  bool named = false;
  for (const simdjson::dom::element item : many) named = named || (!item.get(one) && one == audience);
  return named;
}

}  // namespace

Result<std::string> base64url_decode(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), "=", &size, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
    return fail(ErrorKind::invalid_input, "not base64url");
  }
  bytes.resize(size);
  return bytes;
}

Result<std::string> check_identity_token(std::string_view token, const std::string& jwks, const TokenExpectation& expected) {
  const std::vector<std::string_view> parts = split(token, ".");
  if (parts.size() != 3) return fail(ErrorKind::forbidden, "the ID token is no signed token");
  const auto header_text = base64url_decode(parts[0]), claims_text = base64url_decode(parts[1]), signature = base64url_decode(parts[2]);
  simdjson::dom::parser header_parser, claims_parser;
  simdjson::dom::object header, claims;
  if (!header_text || !claims_text || !signature || header_parser.parse(*header_text).get(header) || claims_parser.parse(*claims_text).get(claims)) return fail(ErrorKind::forbidden, "the ID token cannot be read");
  TRY(check_signature(header, jwks, *signature, token.substr(0, parts[0].size() + 1 + parts[1].size())));
  if (text_of(claims, "iss") != expected.issuer) return fail(ErrorKind::forbidden, "the ID token is of another issuer");
  if (!names_audience(claims, expected.audience)) return fail(ErrorKind::forbidden, "the ID token is for another client");
  if (text_of(claims, "nonce") != expected.nonce || expected.nonce.empty()) return fail(ErrorKind::forbidden, "the ID token belongs to another sign-in (nonce)");
  std::int64_t expires = 0, issued = expected.now;
  if (claims.at_key("exp").get(expires) || expires + 60 < expected.now) return fail(ErrorKind::forbidden, "the ID token has expired");
  if (!claims.at_key("iat").get(issued) && issued - 60 > expected.now) return fail(ErrorKind::forbidden, "the ID token is of the future: compare the clocks");
  if (text_of(claims, "sub").empty()) return fail(ErrorKind::forbidden, "the ID token names nobody");
  return *claims_text;
}

}  // namespace jianwei::server
