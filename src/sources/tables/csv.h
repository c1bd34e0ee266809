// Delimited text (RFC 4180 and what exports make of it), row by row from a stream of any length.
//
// Accepted beyond the RFC: delimiters , ; tab | and %; "\n", "\r\n" and a lone "\r" as row ends; ragged rows; a quote inside a quoted
// field that is not doubled (kept as text when neither a delimiter nor a row end follows it); blanks before an opening quote.
// A quoted field that does not close within `kMaxQuotedBytes` or that grows past `kMaxQuotedLines` lines cannot swallow the file: its
// quote is taken as text, the row ends at its first line end, and the damage is counted.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/byte_stream.h"

namespace jianwei::sources {

struct CsvDialect {
  char delimiter = ',';
  char quote = '"';  // '\0': quotes are text
};

struct CsvRow {
  std::vector<std::string_view> cells;  // unescaped; valid until the next call
  std::string_view raw;                 // the row as it stood, without its line end
  std::int64_t line = 0;                // 1-based line at which it starts
  bool damaged = false;                 // a quote never closed; the row was cut at its first line end
};

class CsvReader {
 public:
  CsvReader(ByteStream& stream, CsvDialect dialect);

  // The next row that is not blank; false at the end. Time O(bytes of the row).
  // Errors: those of ByteStream::read; invalid_input  a line without quotes is longer than kMaxRowBytes
  Result<bool> next(CsvRow& row);

  std::int64_t byte_count() const { return byte_count_; }  // consumed so far

  static constexpr std::size_t kMaxQuotedBytes = std::size_t{1} << 20;  // longest real field met: 130 KB of cited references
  static constexpr std::int64_t kMaxQuotedLines = 2000;
  static constexpr std::size_t kMaxRowBytes = std::size_t{64} << 20;

 private:
  enum class Scan { row, needs_more, too_long };
  Scan scan(CsvRow& row, bool lenient);
  Result<> fill();

  ByteStream& stream_;
  CsvDialect dialect_;
  std::string buffer_;
  std::size_t begin_ = 0;
  bool ended_ = false;
  std::int64_t line_ = 1;
  std::int64_t byte_count_ = 0;

  // of the row being scanned
  struct Cell {
    std::size_t begin, end;  // in buffer_, or in unescaped_
    bool copied;
  };
  std::vector<Cell> found_;
  std::string unescaped_;
  std::size_t row_end_ = 0;
  std::size_t next_begin_ = 0;
  std::int64_t lines_in_row_ = 0;
};

// Reads a text that is in memory.
class TextStream : public ByteStream {
 public:
  explicit TextStream(std::string_view text) : rest_(text) {}
  Result<std::size_t> read(char* buffer, std::size_t capacity) override;

 private:
  std::string_view rest_;
};

// The dialect under which the rows of the sample agree best on their number of cells (at least two); delimiter '\0' when none does.
CsvDialect sniff_dialect(std::string_view sample);

// The rows of a sample, the last one left out when the sample may be cut inside it. At most `max_rows`.
std::vector<std::vector<std::string>> sample_rows(std::string_view sample, CsvDialect dialect, bool complete, std::size_t max_rows);

// Cells as one line of CSV, without its end.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace jianwei::sources
