// A list of short technology items from a file: one a line of a text, or a column of a table (CSV and kin, XLSX, JSON Lines), compressed or not.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace jianwei::workflow {

struct ItemList {
  std::string file;
  std::string text_column, field_column;    // names of the columns read, "" when the file has none
  std::vector<std::string> texts;           // [items] not empty
  std::vector<std::string> english;         // [items] of tables with a column in another language and an English one, whose texts are the other ones; "" = none; empty when no item has one
  std::vector<std::int64_t> lines;          // [items] 1-based line, or row of the worksheet
  std::vector<std::int32_t> field;          // [items] index into field_names, -1 = none; empty without a field column
  std::vector<std::string> field_names;
};

// `text_column` and `field_column` name columns in any case; "" = recognised by their names (title, item, technology, 技术, ... and field, domain, 领域, ...);
// a table without such a heading gives its column with the longest texts. Repeated items are kept once.
// Errors: not_found; invalid_input  a named column is not there (lists those that are), or no item
Result<ItemList> read_items(const std::filesystem::path& path, const std::string& text_column, const std::string& field_column);

}  // namespace jianwei::workflow
