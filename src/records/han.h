// Whether a text holds Chinese.
#pragma once

#include <string_view>

namespace jianwei {

// True when one of the code points is Han (is_han of unicode.h). Any bytes are allowed. Time O(text).
bool has_han(std::string_view text);

}  // namespace jianwei
