// DuckDB behind one thin wrapper: databases, connections, statements, typed views of result chunks, and row feeds.
//
// Only this wrapper knows the C API. A RowFeed lets SQL read rows that our code makes ("SELECT * FROM " + feed.sql()); a ColumnView
// reads a result column in place: strings are views into the chunk and live until the next Rows::next().
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace jianwei::store {

// The type of a column; lists and structures nest.
struct ColumnType {
  enum class Base : std::uint8_t { boolean, int8, int16, int32, int64, uint64, float64, text, list, structure };

  Base base = Base::text;
  std::vector<std::string> field_names;  // of a structure
  std::vector<ColumnType> children;      // the fields of a structure, or the one item type of a list

  static ColumnType list_of(ColumnType item) { return {Base::list, {}, {std::move(item)}}; }
};

struct Column {
  std::string name;
  ColumnType type;
};

// A result column of one chunk. Rows are numbered inside the chunk; an integer column of any width reads as integer().
class ColumnView {
 public:
  explicit ColumnView(void* vector);

  bool valid(std::int64_t row) const {
    return validity_ == nullptr || ((validity_[row >> 6] >> (row & 63)) & 1) != 0;
  }
  std::string_view text(std::int64_t row) const {  // "" when null
    if (!valid(row)) return {};
    const char* cell = data_ + row * 16;  // length, then 12 inlined bytes or 4 bytes of prefix and a pointer
    std::uint32_t length = 0;
    std::memcpy(&length, cell, sizeof length);
    if (length <= 12) return {cell + 4, length};
    const char* bytes = nullptr;
    std::memcpy(&bytes, cell + 8, sizeof bytes);
    return {bytes, length};
  }
  std::int64_t integer(std::int64_t row) const;         // 0 when null; any integer or boolean column
  std::uint64_t unsigned_integer(std::int64_t row) const;  // UBIGINT
  double real(std::int64_t row) const;                  // DOUBLE, FLOAT or integer; 0 when null

  struct Range {
    std::int64_t begin = 0;
    std::int64_t count = 0;
  };
  Range list(std::int64_t row) const {  // rows of items(); empty when null
    if (!valid(row)) return {};
    std::uint64_t entry[2] = {};
    std::memcpy(entry, data_ + row * 16, sizeof entry);
    return {static_cast<std::int64_t>(entry[0]), static_cast<std::int64_t>(entry[1])};
  }
  ColumnView items() const;
  ColumnView field(std::int64_t index) const;

 private:
  void* vector_;
  const char* data_ = nullptr;
  const std::uint64_t* validity_ = nullptr;
  int type_ = 0;  // duckdb_type
};

// The rows of a query, one chunk (up to 2048 rows) at a time, produced as they are asked for.
class Rows {
 public:
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;
  ~Rows();

  // Moves to the next chunk; false at the end. Errors: those of the query while it runs.
  Result<bool> next();
  std::int64_t row_count() const { return row_count_; }  // of the current chunk
  ColumnView column(std::int64_t index) const;
  std::int64_t column_count() const;
  std::string column_name(std::int64_t index) const;
  ColumnType::Base column_base(std::int64_t index) const;  // narrow integers by their width; other types as text

 private:
  friend class Connection;
  struct State;
  explicit Rows(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
  std::int64_t row_count_ = 0;
};

// A value bound to a `?` of a statement.
struct Parameter {
  enum class Type : std::uint8_t { text, int64, uint64, float64 } type;
  std::string_view text;
  std::int64_t integer = 0;
  double real = 0;

  Parameter(std::string_view value) : type(Type::text), text(value) {}      // NOLINT(google-explicit-constructor)
  Parameter(const std::string& value) : type(Type::text), text(value) {}    // NOLINT(google-explicit-constructor)
  Parameter(const char* value) : type(Type::text), text(value) {}           // NOLINT(google-explicit-constructor)
  Parameter(std::int64_t value) : type(Type::int64), integer(value) {}      // NOLINT(google-explicit-constructor)
  Parameter(std::uint64_t value) : type(Type::uint64), integer(static_cast<std::int64_t>(value)) {}  // NOLINT
  Parameter(double value) : type(Type::float64), real(value) {}             // NOLINT(google-explicit-constructor)
};

class Connection {
 public:
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  // Runs one statement. Errors: unavailable  disk or memory is short; corrupt  a file is damaged; cancelled; internal otherwise
  Result<Rows> query(const std::string& sql, const std::vector<Parameter>& parameters = {});
  Result<> execute(const std::string& sql, const std::vector<Parameter>& parameters = {});
  Result<std::int64_t> query_integer(const std::string& sql, const std::vector<Parameter>& parameters = {});

 private:
  friend class Database;
  struct State;
  explicit Connection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct DatabaseOptions {
  int thread_count = 0;                                            // 0: the machine's
  std::int64_t memory_limit_bytes = std::int64_t{512} << 20;       // beyond it DuckDB spills to temp_directory
  std::filesystem::path temp_directory = {};                       // "" : none, a query that needs more memory fails
  std::int64_t max_temp_bytes = std::int64_t{64} << 30;
};

// An in-memory database: it holds nothing but the queries' state, the data are Parquet files.
class Database {
 public:
  static Result<Database> open(const DatabaseOptions& options = {});
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // One connection serves one thread at a time.
  Result<Connection> connect();

 private:
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A column of the chunk that a feed fills.
class ColumnWriter {
 public:
  explicit ColumnWriter(void* vector);

  void set_null(std::int64_t row);
  void set_text(std::int64_t row, std::string_view text);  // must be valid UTF-8
  void set_text_or_null(std::int64_t row, std::string_view text) { text.empty() ? set_null(row) : set_text(row, text); }
  // Without a copy: `text` must live until the feed is asked for the next chunk.
  void lend_text(std::int64_t row, std::string_view text) {
    char cell[16] = {};  // length, then 12 inlined bytes or 4 bytes of prefix and a pointer
    const auto length = static_cast<std::uint32_t>(text.size());
    std::memcpy(cell, &length, sizeof length);
    if (length <= 12) {
      std::memcpy(cell + 4, text.data(), length);
    } else {
      const char* bytes = text.data();
      std::memcpy(cell + 4, bytes, 4);
      std::memcpy(cell + 8, &bytes, sizeof bytes);
    }
    std::memcpy(data_ + row * 16, cell, sizeof cell);
  }
  void lend_text_or_null(std::int64_t row, std::string_view text) { text.empty() ? set_null(row) : lend_text(row, text); }
  template <class T>
  void set(std::int64_t row, T value) {  // T has the width of the column
    std::memcpy(data_ + row * static_cast<std::int64_t>(sizeof(T)), &value, sizeof value);
  }
  // Lists: announce the sum of the lengths of the chunk once, then give every row its range of items().
  void reserve_items(std::int64_t count);
  void set_list(std::int64_t row, std::int64_t begin, std::int64_t count);
  ColumnWriter items() const;  // after reserve_items()
  ColumnWriter field(std::int64_t index) const;

 private:
  void* vector_;
  char* data_ = nullptr;
  std::uint64_t* validity_ = nullptr;  // once a null was set
};

class ChunkWriter {
 public:
  explicit ChunkWriter(void* chunk) : chunk_(chunk) {}
  ColumnWriter column(std::int64_t index) const;

 private:
  void* chunk_;
};

// Rows made by our code, read by SQL. A feed is read once, by one thread at a time, while a statement that names it runs.
class RowFeed {
 public:
  RowFeed() = default;
  virtual ~RowFeed() = default;
  RowFeed(const RowFeed&) = delete;
  RowFeed& operator=(const RowFeed&) = delete;

  virtual const std::vector<Column>& columns() const = 0;
  // Fills up to `capacity` rows and returns how many; 0 ends the feed. An error ends the statement, which returns it.
  virtual Result<std::int64_t> fill(ChunkWriter& chunk, std::int64_t capacity) = 0;

  std::string sql() const;  // what stands after FROM

  Error error;  // of fill(), kept so that the statement returns it with its kind
  bool failed = false;
};

std::string quote_sql(std::string_view text);  // 'it''s'
// read_parquet(['a', 'b']) over files.
std::string parquet_sql(const std::vector<std::filesystem::path>& files);

}  // namespace jianwei::store
