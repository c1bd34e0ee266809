// Changes to an input that a broken export, a bad transfer or an enemy might make.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"

namespace jianwei::fuzz {

// Applies one to eight changes; `other` is what is spliced in. At most `max_bytes` long, but for the rare enormous line or deep nest.
std::string mutate(std::string text, std::string_view other, std::size_t max_bytes, Random& random);

}  // namespace jianwei::fuzz
