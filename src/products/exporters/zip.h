// A ZIP archive in memory, for Office files: deflated, dated 1980-01-01, so that the same parts give the same bytes.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jianwei::products {

// Parts as (path, bytes) in the order given; fewer than 65,536 of them, each and all below 4 GiB.
std::string make_zip(const std::vector<std::pair<std::string, std::string>>& parts);

}  // namespace jianwei::products
