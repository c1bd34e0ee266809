// HMAC with SHA-256 (RFC 2104): what signs a message for whoever shares the key.
#pragma once

#include <string>
#include <string_view>

namespace jianwei {

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);  // 64 lower-case hexadecimal digits

}  // namespace jianwei
