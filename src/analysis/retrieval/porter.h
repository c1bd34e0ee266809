// The stem of an English word: "relational", "relations" -> "relat". For matching only; never shown.
//
// Source: Porter (1980), An algorithm for suffix stripping, Program 14(3):130-137, doi:10.1108/eb046814, rules as printed
#pragma once

#include <string>
#include <string_view>

namespace jianwei::analysis {

// `word` in lower case; one with other characters than a to z, or shorter than three, is its own stem. Time O(length).
std::string porter_stem(std::string_view word);

}  // namespace jianwei::analysis
