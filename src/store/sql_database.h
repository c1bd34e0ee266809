// Where people, jobs and judgements are kept: a SQLite file, or a PostgreSQL database when a team wants one. One interface, one SQL: portable types, parameters
// $1, $2, ... in order of first use, no function that only one of the two has.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "store/postgres.h"
#include "store/sqlite.h"

namespace jianwei::store {

using SqlValue = SqliteValue;

class SqlRows {
 public:
  Result<bool> next() {
    return std::visit([](auto& rows) { return rows.next(); }, rows_);
  }
  std::int64_t integer(int column) const {
    return std::visit([&](const auto& rows) { return rows.integer(column); }, rows_);
  }
  double real(int column) const {
    return std::visit([&](const auto& rows) { return rows.real(column); }, rows_);
  }
  std::string text(int column) const {
    return std::visit([&](const auto& rows) { return rows.text(column); }, rows_);
  }

 private:
  friend class SqlDatabase;
  explicit SqlRows(SqliteRows rows) : rows_(std::move(rows)) {}
  explicit SqlRows(PostgresRows rows) : rows_(std::move(rows)) {}
  std::variant<SqliteRows, PostgresRows> rows_;
};

class SqlDatabase {
 public:
  // A path of a SQLite file (made when it is not there), or postgresql://... Errors: as Sqlite::open and Postgres::open
  static Result<SqlDatabase> open(const std::string& location);
  static bool is_server(std::string_view location) { return location.starts_with("postgresql://") || location.starts_with("postgres://"); }

  Result<> script(const std::string& sql);
  Result<SqlRows> query(std::string_view sql, std::initializer_list<SqlValue> values = {});
  Result<> execute(std::string_view sql, std::initializer_list<SqlValue> values = {});
  Result<std::int64_t> query_integer(std::string_view sql, std::initializer_list<SqlValue> values = {});

  // Runs `body` with one writer at a time; an error of it, or of the commit, rolls back.
  template <class Body>
  Result<> transaction(Body body) {
    TRY(begin());
    Result<> done = body();
    if (done) return commit();
    rollback();
    return done;
  }

 private:
  explicit SqlDatabase(Sqlite database) : database_(std::move(database)) {}
  explicit SqlDatabase(Postgres database) : database_(std::move(database)) {}
  Result<> begin();
  Result<> commit();
  void rollback();
  std::variant<Sqlite, Postgres> database_;
};

}  // namespace jianwei::store
