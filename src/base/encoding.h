// Bytes as text.
#pragma once

#include <string>
#include <string_view>

namespace jianwei {

std::string hex_text(std::string_view bytes);   // two lower-case digits a byte
std::string base64(std::string_view bytes);     // RFC 4648, section 4, padded
std::string base64url(std::string_view bytes);  // RFC 4648, section 5, without padding

}  // namespace jianwei
