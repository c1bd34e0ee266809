// Cleaning and splitting of the values of cells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "sources/tagged/record_fields.h"  // language_code()

namespace jianwei::sources {

// clean_text() with double encoding repaired; plain ASCII without markup takes a fast path.
std::string clean_value(std::string_view text);

// Many paragraphs kept: each line cleaned, blank lines dropped; for full texts.
std::string clean_long_text(std::string_view text);

// What exports write for "nothing": "", NA, N/A, null, None, nan, \N.
bool is_missing(std::string_view value);

// Splits at a separator, trims, drops empty parts. Separators with a meaning of their own:
//   "glued"  names run together ("Ren LiHaibo Hu", "Adeli K.Lewis G. F."): cut where a capital follows a small letter or a full stop
//   "lines"  line ends
//   ";"      also "；" and ";;"
std::vector<std::string> split_values(std::string_view text, std::string_view separator);

// Splits at ";" outside brackets.
std::vector<std::string> split_outside_brackets(std::string_view text, char separator);

enum class DateStyle { recognised, day_first, month_first, day_number };

// A date as tables write it: what parse_date() reads, 5/3/98 in the order of `style`, the day numbers of spreadsheets (1 = 1900-01-01 with
// the leap-year error of 1900), "2014.0". Two-digit years lie in the hundred years up to `latest_year`.
Date parse_table_date(std::string_view text, DateStyle style, int latest_year);

// The type of a work in the vocabulary of Record::type, from the words of many databases; "" when unknown.
std::string work_type(std::string_view text);

}  // namespace jianwei::sources
