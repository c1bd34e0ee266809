// Tables inside SQL: a table as a feed, a query's result as a table.
#pragma once

#include <string>
#include <vector>

#include "store/duckdb.h"
#include "store/table.h"

namespace jianwei::store {

class TableFeed : public RowFeed {
 public:
  explicit TableFeed(const Table& table);  // the table must outlive the feed
  const std::vector<Column>& columns() const override { return columns_; }
  Result<std::int64_t> fill(ChunkWriter& chunk, std::int64_t capacity) override;

 private:
  const Table& table_;
  std::vector<Column> columns_;
  std::int64_t next_row_ = 0;
};

Result<Table> read_table(Connection& connection, const std::string& select, const std::vector<Parameter>& parameters = {});

}  // namespace jianwei::store
