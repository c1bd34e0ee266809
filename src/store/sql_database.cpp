#include "store/sql_database.h"

namespace jianwei::store {

Result<SqlDatabase> SqlDatabase::open(const std::string& location) {
  if (is_server(location)) return SqlDatabase(TRY(Postgres::open(location)));
  return SqlDatabase(TRY(Sqlite::open(location, true)));
}

Result<> SqlDatabase::script(const std::string& sql) {
  return std::visit([&](auto& database) { return database.script(sql); }, database_);
}

Result<SqlRows> SqlDatabase::query(std::string_view sql, std::initializer_list<SqlValue> values) {
  return std::visit([&](auto& database) -> Result<SqlRows> { return SqlRows(TRY(database.query(sql, values))); }, database_);
}

Result<> SqlDatabase::execute(std::string_view sql, std::initializer_list<SqlValue> values) {
  SqlRows rows = TRY(query(sql, values));
  while (TRY(rows.next())) {
  }
  return {};
}

Result<std::int64_t> SqlDatabase::query_integer(std::string_view sql, std::initializer_list<SqlValue> values) {
  SqlRows rows = TRY(query(sql, values));
  if (!TRY(rows.next())) return 0;
  return rows.integer(0);
}

Result<> SqlDatabase::begin() {
  if (auto* sqlite = std::get_if<Sqlite>(&database_)) return sqlite->script("BEGIN IMMEDIATE");
  return std::get<Postgres>(database_).begin();
}

Result<> SqlDatabase::commit() {
  if (auto* sqlite = std::get_if<Sqlite>(&database_)) {
    Result<> done = sqlite->script("COMMIT");
    if (!done) (void)sqlite->script("ROLLBACK");
    return done;
  }
  return std::get<Postgres>(database_).commit();
}

void SqlDatabase::rollback() {
  if (auto* sqlite = std::get_if<Sqlite>(&database_)) {
    (void)sqlite->script("ROLLBACK");
  } else {
    std::get<Postgres>(database_).rollback();
  }
}

}  // namespace jianwei::store
