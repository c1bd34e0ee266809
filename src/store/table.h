// Small typed tables in Parquet files: the results of a run, links, lists of keys.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace jianwei::store {

struct Table {
  using Values = std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>, std::vector<std::uint64_t>>;
  struct NamedColumn {
    std::string name;
    Values values;
  };
  std::deque<NamedColumn> columns;  // of one length; a deque, so that add() leaves earlier references valid

  std::int64_t row_count() const;
  // Adds a column and gives its values to be filled.
  template <class T>
  std::vector<T>& add(std::string name) {
    columns.push_back({std::move(name), std::vector<T>{}});
    return std::get<std::vector<T>>(columns.back().values);
  }
  // The values of a column, nullptr when there is none of that name and type.
  template <class T>
  const std::vector<T>* find(std::string_view name) const {
    for (const NamedColumn& column : columns) {
      if (column.name == name) return std::get_if<std::vector<T>>(&column.values);
    }
    return nullptr;
  }
  // The same, as an error that names the column. Errors: corrupt
  template <class T>
  Result<const std::vector<T>*> require(std::string_view name) const {
    const std::vector<T>* values = find<T>(name);
    if (values == nullptr) return fail(ErrorKind::corrupt, "a stored table has no column '{}' of the expected type", name);
    return values;
  }
};

// Atomic: the file is the old one or the new one. Text must be valid UTF-8. Errors: unavailable; invalid_input when the columns differ in length.
Result<> write_table(const Table& table, const std::filesystem::path& path);

// Integer columns read as int64 (UBIGINT as uint64), floating ones as double, the rest as text; NULL reads as 0, 0.0, "".
// Errors: not_found; corrupt when it is no Parquet file.
Result<Table> read_table(const std::filesystem::path& path);

}  // namespace jianwei::store
