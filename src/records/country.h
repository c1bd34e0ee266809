// Countries as ISO 3166-1 alpha-2 codes, from the many ways exports write them.
#pragma once

#include <string>
#include <string_view>

namespace jianwei {

// The code of a country: an English name or its usual abbreviations ("USA", "Peoples R China", "England"), a Chinese name, or an alpha-2
// or alpha-3 code in capitals. "" when it is none. "UK", "England", "Scotland", "Wales", "Northern Ireland" give GB.
std::string country_code(std::string_view name);

// The code of the country in which a postal address lies: "Univ Tokyo, Tokyo 113, Japan.", "MIT, Cambridge, MA 02139 USA",
// "清华大学, 北京 100084, 中国". The last part that names a country decides; a US state with its ZIP code and the name of a province or
// large city in a Chinese address do too. "" when nothing names one. Two-letter codes other than UK and US are not read: MA, CA and IN
// are more often states.
std::string country_of_address(std::string_view address);

}  // namespace jianwei
