#include "server/access/secrets.h"

#include <sodium.h>

#include <array>
#include <semaphore>

#include "base/hash.h"

namespace jianwei::server {
namespace {

void need_sodium() {
  static const int ready = sodium_init();
  (void)ready;
}

// 64 MiB each: a burst of sign-ins must not fill the memory.
std::counting_semaphore<2> hashing{2};

struct Turn {
  Turn() { hashing.acquire(); }
  ~Turn() { hashing.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

Result<std::string> argon2id(std::string_view password) {
  need_sodium();
  const Turn turn;
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return fail(ErrorKind::unavailable, "no memory (64 MiB) to hash a password");
  }
  return std::string(hash.data());
}

}  // namespace

std::string secret_hash(std::string_view secret) { return sha256_hex(secret); }

bool equal_secrets(std::string_view a, std::string_view b) {
  need_sodium();
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

Result<std::string> hash_password(std::string_view password) {
  if (password.size() < 10 || password.size() > 200) return fail(ErrorKind::invalid_input, "password: {} bytes; it must have 10 to 200", password.size());
  return argon2id(password);
}

bool verify_password(std::string_view password, const std::string& hash) {
  need_sodium();
  static const std::string nobody = argon2id("a password that nobody has").value_or("");
  const Turn turn;
  const std::string& checked = hash.empty() ? nobody : hash;
  const bool right = crypto_pwhash_str_verify(checked.c_str(), password.data(), password.size()) == 0;
  return right && !hash.empty();
}

std::string utc_text(std::int64_t unix_seconds) { return unix_seconds == 0 ? std::string() : jianwei::utc_text(unix_seconds); }

}  // namespace jianwei::server
