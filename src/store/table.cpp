// A table is a feed of its columns; COPY makes the file.

#include "store/table.h"

#include "base/file.h"
#include "store/record_parquet.h"
#include "store/table_feed.h"

namespace jianwei::store {

std::int64_t Table::row_count() const {
  if (columns.empty()) return 0;
  return std::visit([](const auto& values) { return static_cast<std::int64_t>(values.size()); }, columns.front().values);
}

TableFeed::TableFeed(const Table& table) : table_(table) {
  constexpr ColumnType::Base kBases[] = {ColumnType::Base::int64, ColumnType::Base::float64, ColumnType::Base::text,
                                         ColumnType::Base::uint64};
  for (const Table::NamedColumn& column : table.columns) {
    columns_.push_back({column.name, ColumnType{kBases[column.values.index()], {}, {}}});
  }
}

Result<std::int64_t> TableFeed::fill(ChunkWriter& chunk, std::int64_t capacity) {
  const std::int64_t count = std::min(capacity, table_.row_count() - next_row_);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    ColumnWriter column = chunk.column(static_cast<std::int64_t>(c));
    std::visit(
        [&](const auto& values) {
          for (std::int64_t row = 0; row < count; ++row) {
            const auto& value = values[static_cast<std::size_t>(next_row_ + row)];
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>) {
              column.set_text(row, value);
            } else {
              column.set(row, value);
            }
          }
        },
        table_.columns[c].values);
  }
  next_row_ += count;
  return count;
}

Result<> write_table(const Table& table, const std::filesystem::path& path) {
  for (const Table::NamedColumn& column : table.columns) {
    const auto size = std::visit([](const auto& values) { return static_cast<std::int64_t>(values.size()); }, column.values);
    if (size != table.row_count()) {
      return fail(ErrorKind::invalid_input, "column '{}' has {} rows, the table {}", column.name, size, table.row_count());
    }
  }
  Database database = TRY(Database::open({.thread_count = 1}));
  Connection connection = TRY(database.connect());
  TableFeed feed(table);
  TRY(write_parquet(connection, "SELECT * FROM " + feed.sql(), path, &feed));
  return sync_path(path.has_parent_path() ? path.parent_path() : ".");
}

namespace {

Table::Values empty_values(ColumnType::Base base) {
  switch (base) {
    case ColumnType::Base::uint64: return std::vector<std::uint64_t>{};
    case ColumnType::Base::float64: return std::vector<double>{};
    case ColumnType::Base::boolean:
    case ColumnType::Base::int8:
    case ColumnType::Base::int16:
    case ColumnType::Base::int32:
    case ColumnType::Base::int64: return std::vector<std::int64_t>{};
    default: return std::vector<std::string>{};
  }
}

}  // namespace

Result<Table> read_table(Connection& connection, const std::string& select, const std::vector<Parameter>& parameters) {
  Rows rows = TRY(connection.query(select, parameters));
  Table table;
  for (std::int64_t c = 0; c < rows.column_count(); ++c) {
    table.columns.push_back({rows.column_name(c), empty_values(rows.column_base(c))});
  }
  while (TRY(rows.next())) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const ColumnView view = rows.column(static_cast<std::int64_t>(c));
      std::visit(
          [&](auto& values) {
            using T = typename std::decay_t<decltype(values)>::value_type;
            for (std::int64_t row = 0; row < rows.row_count(); ++row) {
              if constexpr (std::is_same_v<T, std::string>) {
                values.emplace_back(view.text(row));
              } else if constexpr (std::is_same_v<T, double>) {
                values.push_back(view.real(row));
              } else {
                values.push_back(static_cast<T>(view.integer(row)));
              }
            }
          },
          table.columns[c].values);
    }
  }
  return table;
}

Result<Table> read_table(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return fail(ErrorKind::not_found, "{}: no such file", path.string());
  Database database = TRY(Database::open({.thread_count = 1}));
  Connection connection = TRY(database.connect());
  Result<Table> table = read_table(connection, "SELECT * FROM " + parquet_sql({path}));
  if (!table) return fail(ErrorKind::corrupt, "{}: {}", path.string(), table.error().message);
  return table;
}

}  // namespace jianwei::store
