// Rows to records, for tables of any origin.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sources/reader.h"
#include "sources/tables/csv.h"
#include "sources/tables/databases.h"
#include "sources/tables/mapping.h"

namespace jianwei::sources {

// Reads a delimited text. `table` names the database, null for a generic table: then `options.mapping` or a suggestion decides.
Result<> read_delimited(ByteStream& stream, const ReadOptions& options, const DatabaseTable* table, RecordSink& sink, Progress& progress);

// Where the header is among the first rows: behind a preamble ("About the data: ..."), or nowhere.
struct HeaderPlace {
  std::size_t row = 0;
  bool found = false;
};
HeaderPlace find_header(std::span<const std::vector<std::string>> rows, const DatabaseTable* table);

// The columns of sample rows with their values.
std::vector<ColumnSample> sample_columns(std::span<const std::vector<std::string>> rows, HeaderPlace header);

// The database whose columns the sample shows, null when none; `dialect` is set to the one it was read with.
const DatabaseTable* recognise_database(std::string_view sample, bool complete, CsvDialect& dialect);

// Turns rows into records by a plan; shared by delimited texts and spreadsheets.
class RowReader {
 public:
  RowReader(std::vector<ColumnSample> columns, const DatabaseTable* table, const ReadOptions& options, std::string_view format);

  // Has the plan a column to read a text from? Else says so to the sink, once.
  Result<bool> begin(RecordSink& sink, std::string_view header_raw);
  // A row; rows that repeat the header are passed over.
  Result<> row(std::span<const std::string_view> cells, std::string_view raw, std::int64_t line, bool damaged, RecordSink& sink);
  void end(RecordSink& sink);

 private:
  std::vector<std::string> names_, keys_;
  const DatabaseTable* table_;
  std::string format_, source_;
  Plan plan_;
  std::string header_raw_;
  std::int64_t index_ = 0;
  std::int64_t long_rows_ = 0, first_long_line_ = 0, repeated_headers_ = 0, empty_rows_ = 0;
};

}  // namespace jianwei::sources
