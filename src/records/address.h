// Postal addresses of authors, as bibliographic databases write them.
#pragma once

#include <string>
#include <string_view>

namespace jianwei {

// The institution within an address: of the parts between commas the one that names the most encompassing body (a university before an
// institute before a college or department), the first part when none does. Numbering before it ("1.", "(2)") is removed.
//   "Dept Phys, Fudan University, Shanghai 200433, China" -> "Fudan University"
std::string organisation_of_address(std::string_view address);

}  // namespace jianwei
