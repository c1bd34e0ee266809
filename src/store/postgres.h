// PostgreSQL behind the same small interface as SQLite (store/sqlite.h): statements with bound values, transactions, errors as Result.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/sqlite.h"

struct pg_conn;
struct pg_result;

namespace jianwei::store {

class PostgresRows {
 public:
  Result<bool> next();
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;

 private:
  friend class Postgres;
  explicit PostgresRows(std::shared_ptr<pg_result> result) : result_(std::move(result)) {}
  std::shared_ptr<pg_result> result_;
  int row_ = -1;
};

class Postgres {
 public:
  // postgresql://user@host:port/name; the password comes from the URL, PGPASSWORD or ~/.pgpass. A connection that was lost is made anew at the next statement
  // outside a transaction. Errors: unavailable  no server, no database, refused: as the server says it
  static Result<Postgres> open(const std::string& url);

  Result<> script(const std::string& sql);
  // Values are bound as $1, $2, ... Errors: conflict  a constraint; invalid_input  a NUL inside a text; unavailable; internal
  Result<PostgresRows> query(std::string_view sql, std::initializer_list<SqliteValue> values = {});

  // Holds a lock of the whole database from begin to commit or rollback: like SQLite's BEGIN IMMEDIATE one writer at a time, also between two servers.
  Result<> begin();
  Result<> commit();
  void rollback();

 private:
  explicit Postgres(std::shared_ptr<pg_conn> connection) : connection_(std::move(connection)) {}
  Result<> revive();
  std::shared_ptr<pg_conn> connection_;
  bool in_transaction_ = false;
};

}  // namespace jianwei::store
