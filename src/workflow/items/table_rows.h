// The rows of a file whatever it is: delimited text, a worksheet, JSON lines, or lines of text.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sources/open.h"

namespace jianwei::workflow {

struct TableRows {
  std::vector<std::vector<std::string>> cells;
  std::vector<std::int64_t> lines;     // 1-based line, or row of the worksheet
  bool has_header = false;             // JSON: the first row holds the keys
};

// `is_table` is asked of the first row of a text that may be delimited; tabs always delimit. Errors: invalid_input  names the file and the line; those of the readers
Result<TableRows> read_table_rows(sources::OpenedFile& file, const std::function<bool(const std::vector<std::string>&)>& is_table);

}  // namespace jianwei::workflow
