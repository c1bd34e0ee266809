// Excel workbooks (.xlsx): the sheet with the most filled cells is read as a table.
//
// Shared and inline strings, numbers, booleans, and dates (day numbers under a date style become ISO dates). Limits: 256 MiB stored, 256 MiB
// inflated, ten million cells, so that a small file that means a large one ends in an error.
#pragma once

#include <string>
#include <vector>

#include "sources/reader.h"

namespace jianwei::sources {

struct Worksheet {
  std::string name;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::int64_t> row_numbers;  // [row_count], 1-based as Excel shows them
};

// Errors: corrupt  not a zip archive, or a part is not XML; invalid_input  a limit is exceeded, or there is no sheet
Result<Worksheet> load_worksheet(ByteStream& stream);

// The bytes of a workbook that shall be looked at twice. Errors: invalid_input  it is larger than the limit
Result<std::string> workbook_bytes(ByteStream& stream);

Result<> read_xlsx(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

}  // namespace jianwei::sources
