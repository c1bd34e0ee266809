// Statistics over the values of a column.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sources/tables/draft.h"

namespace jianwei::sources {

// The separator of a list column by statistics: ";;", "; "..., "|", "//", "、", ",", "glued", "lines", or "" for single values.
// `persons` keeps "Family, Given" together.
std::string recognise_separator(std::span<const std::string> values, bool persons);

// How the dates of a column are written.
DateStyle recognise_date_style(std::span<const std::string> values);

double share_of(std::span<const std::string> values, const std::function<bool(std::string_view)>& test);
std::size_t median_length(std::span<const std::string> values);

}  // namespace jianwei::sources
