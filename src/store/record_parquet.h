// Records <-> Parquet files, in bounded memory.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "store/duckdb.h"
#include "store/record_columns.h"

namespace jianwei::store {

// Rows for SQL, made from spans of records that `next` hands over one after the other; an empty span ends them. The rows of a span
// must live until `next` is called again.
class RecordFeed : public RowFeed {
 public:
  using Next = std::function<Result<std::span<const RecordRow>>()>;
  RecordFeed(const std::vector<Field<RecordRow>>& fields, Next next);

  const std::vector<Column>& columns() const override { return columns_; }
  Result<std::int64_t> fill(ChunkWriter& chunk, std::int64_t capacity) override;

 private:
  const std::vector<Field<RecordRow>>& fields_;
  std::vector<Column> columns_;
  Next next_;
  std::span<const RecordRow> rows_;
};

// Writes `select` (SQL, which may read feeds) to a Parquet file: beside the target first, synced, then renamed; an error leaves
// nothing. The folder itself is synced by whoever commits. Returns the number of rows.
// Errors: unavailable (disk full, no permission); those of `feed`, when one is read.
Result<std::int64_t> write_parquet(Connection& connection, const std::string& select, const std::filesystem::path& path,
                                   const RowFeed* feed = nullptr);

// The rows of a query as records, a chunk at a time.
class RecordReader {
 public:
  static Result<RecordReader> open(Connection& connection, const std::string& select, const std::vector<Parameter>& parameters = {});
  // The next rows; none at the end.
  Result<std::vector<RecordRow>> next();

 private:
  explicit RecordReader(Rows rows);
  Rows rows_;
  std::vector<const Field<RecordRow>*> fields_;  // [columns] nullptr: not a field
};

// Reads the rows of `select`; result columns are matched to fields by name, others are left alone, missing ones stay empty.
// Errors: those of the query and of `visit`.
Result<> read_records(Connection& connection, const std::string& select, const std::vector<Parameter>& parameters,
                      const std::function<Result<>(std::vector<RecordRow>&&)>& visit);

// Roughly the bytes that a record holds in memory.
std::int64_t memory_bytes(const Record& record);

}  // namespace jianwei::store
