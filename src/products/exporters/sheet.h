// A table of results as people carry it away: CSV, JSON lines, XLSX.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"

namespace jianwei::products {

using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;  // monostate: empty

struct Sheet {
  std::string name;                     // of the worksheet, at most 31 characters are shown
  std::vector<std::string> columns;     // headings
  std::vector<std::vector<Cell>> rows;  // each as long as columns
};

struct CsvOptions {
  bool byte_order_mark = true;   // without it Excel in China reads UTF-8 as GBK
  bool guard_formulas = true;    // text that starts with = + - @ tab or return gets a ' before it, so that no spreadsheet runs it
};

// RFC 4180 with "\r\n"; cells with comma, quote or line break are quoted. Numbers are written as they read back.
std::string to_csv(const Sheet& sheet, const CsvOptions& options = {});

// One object a line with the columns as keys; empty cells are left out.
std::string to_jsonl(const Sheet& sheet);

// One worksheet for each sheet, headings frozen and filterable, in constant memory. Text over Excel's 32,767 characters is cut and ends in "…".
// Errors: invalid_input  more than 1,048,575 rows or 16,384 columns;  unavailable  cannot be written
Result<> write_xlsx(const std::filesystem::path& path, std::span<const Sheet> sheets);

}  // namespace jianwei::products
