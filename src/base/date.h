// A calendar date whose precision is kept: a year alone, a year and month, or a full day.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jianwei {

struct Date {
  std::int16_t year = 0;  // 0: unknown
  std::int8_t month = 0;  // 1-12, 0: unknown
  std::int8_t day = 0;    // 1-31, 0: unknown

  bool known() const { return year != 0; }
  auto operator<=>(const Date&) const = default;
};

// Reads the spellings met in exports: 2019, 2019-03, 2019-03-07, 20190307, 2019/3/7, 2019.3, 7 Mar 2019, March 2019, Mar-Apr 2019,
// 03/07/2019 (month first, as US exports write), 2019年3月7日, 2019-03-07T10:00:00Z. A part that is out of range or is zero is
// dropped, the rest kept; the year must lie in 1000-2999.
//
// Errors: invalid_input  no year can be read
Result<Date> parse_date(std::string_view text);

// A month by its English name or any prefix of at least three letters ("Mar", "sept."), or by number; 0 when it is none.
int parse_month(std::string_view text);

// ISO 8601 with the precision of the date: "2019", "2019-03", "2019-03-07"; "" when unknown.
std::string to_string(Date date);

}  // namespace jianwei
