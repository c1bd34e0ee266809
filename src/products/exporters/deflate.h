// zlib's deflate of a whole text. The same text gives the same bytes.
#pragma once

#include <cstdint>
#include <string>

namespace jianwei::products {

enum class Wrapping : std::uint8_t { none, gzip };
std::string deflated(const std::string& text, Wrapping wrapping);

}  // namespace jianwei::products
