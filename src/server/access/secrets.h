// Hashes of secrets and passwords, and comparisons that take the same time whatever they compare (libsodium).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/entropy.h"
#include "base/result.h"

namespace jianwei::server {

std::string secret_hash(std::string_view secret);   // SHA-256, hexadecimal: what is stored of a token
bool equal_secrets(std::string_view a, std::string_view b);

// Argon2id with libsodium's "interactive" cost (2 passes over 64 MiB), in the PHC string format. At most two run at a time.
// Errors: invalid_input  shorter than 10 or longer than 200 bytes; unavailable  no memory for the hash
Result<std::string> hash_password(std::string_view password);
// False for an empty hash, after the same time as for another.
bool verify_password(std::string_view password, const std::string& hash);

std::string utc_text(std::int64_t unix_seconds);    // as in base/clock.h; "" for 0: never

}  // namespace jianwei::server
