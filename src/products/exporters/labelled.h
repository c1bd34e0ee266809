// A table for statistics programs: every column has a type, a label, and names for its codes. As Stata .dta, and as CSV with the R script that reads it.
//
// Source: Stata, "dta file format" (version 118: UTF-8, Stata 14 and later)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "products/exporters/sheet.h"

namespace jianwei::products {

enum class ColumnType : std::uint8_t { whole, real, text };

struct LabelledColumn {
  std::string name;                                          // see plain_name
  std::string label;
  ColumnType type = ColumnType::text;
  bool ordered = false;                                      // of the codes
  std::vector<std::pair<std::int32_t, std::string>> codes;   // of a whole column; empty: numbers as they are
};

struct LabelledSheet {
  std::string title;
  std::vector<LabelledColumn> columns;
  std::vector<std::vector<Cell>> rows;                       // whole: int64 of 32 bits; real: double; text: string; monostate: missing
};

// A name every statistics program takes: letters, digits, underscores, at most 32, begins with a letter. Names that meet are told apart by a number: `taken` grows.
std::string plain_name(std::string_view name, std::vector<std::string>& taken);

// Errors: invalid_input  a cell that is not of its column's type, more than 32,767 columns
Result<std::string> to_dta(const LabelledSheet& sheet);

// Columns and types for R: reads `csv_name`, made by to_csv(plain_sheet(sheet)) without byte order mark, and names the codes (factors) and labels.
std::string to_r_script(const LabelledSheet& sheet, std::string_view csv_name);
Sheet plain_sheet(const LabelledSheet& sheet);

}  // namespace jianwei::products
