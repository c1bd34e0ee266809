// SQLite behind one thin wrapper: statements with bound values, transactions, errors as Result.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace jianwei::store {

using SqliteValue = std::variant<std::int64_t, double, std::string_view>;

class SqliteRows {
 public:
  SqliteRows(SqliteRows&& other) noexcept;
  SqliteRows& operator=(SqliteRows&&) = delete;
  ~SqliteRows();

  Result<bool> next();
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;

 private:
  friend class Sqlite;
  explicit SqliteRows(sqlite3_stmt* statement) : statement_(statement) {}
  sqlite3_stmt* statement_;
};

class Sqlite {
 public:
  // WAL, synchronous FULL, foreign keys on, busy timeout of ten seconds. A file or folder that may not be written is opened for reading
  // only: no file is made beside it, and statements that write fail. Errors: not_found; unavailable; corrupt.
  static Result<Sqlite> open(const std::filesystem::path& path, bool create);
  static Result<Sqlite> open_read_only(const std::filesystem::path& path);
  Sqlite(Sqlite&& other) noexcept;
  Sqlite& operator=(Sqlite&& other) noexcept;
  ~Sqlite();

  Result<> script(const std::string& sql);  // several statements
  Result<SqliteRows> query(std::string_view sql, std::initializer_list<SqliteValue> values = {});
  Result<> execute(std::string_view sql, std::initializer_list<SqliteValue> values = {});
  Result<std::int64_t> query_integer(std::string_view sql, std::initializer_list<SqliteValue> values = {});

  // Runs `body` inside BEGIN IMMEDIATE ... COMMIT; an error of it, or of the commit, rolls back.
  template <class Body>
  Result<> transaction(Body body) {
    TRY(script("BEGIN IMMEDIATE"));
    Result<> done = body();
    if (done) done = script("COMMIT");
    if (!done) (void)script("ROLLBACK");
    return done;
  }

 private:
  explicit Sqlite(sqlite3* database) : database_(database) {}
  static Result<Sqlite> open_with(const std::string& name, int flags);
  sqlite3* database_;
};

}  // namespace jianwei::store
