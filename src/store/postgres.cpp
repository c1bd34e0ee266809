// libpq turned into Results. All values travel as text: PostgreSQL infers the type of each parameter from where it stands.
#include "store/postgres.h"

#include <libpq-fe.h>

#include <cstdlib>
#include <vector>

namespace jianwei::store {
namespace {

// One lock for all of ours in a database; any fixed number.
constexpr std::string_view kLock = "SELECT pg_advisory_xact_lock(7301963)";

// SQLSTATE classes: 23 integrity, 40 rollback by the server, 08 connection, 53 resources, 57 operator.
ErrorKind kind_of(const pg_result* result) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (state == nullptr) return ErrorKind::unavailable;
  const std::string_view code(state, 2);
  if (code == "23" || code == "40") return ErrorKind::conflict;
  if (code == "22") return ErrorKind::invalid_input;
  if (code == "08" || code == "53" || code == "57" || code == "28" || code == "3D") return ErrorKind::unavailable;
  return ErrorKind::internal;
}

std::string trimmed(const char* message) {
  std::string text = message == nullptr ? "" : message;
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

std::shared_ptr<pg_result> own(PGresult* result) { return {result, PQclear}; }

Result<> check(pg_conn* connection, const pg_result* result, std::string_view sql) {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return {};
  return fail(kind_of(result), "PostgreSQL: {} [{}]", trimmed(result == nullptr ? PQerrorMessage(connection) : PQresultErrorMessage(result)), sql.substr(0, 120));
}

}  // namespace

Result<bool> PostgresRows::next() { return ++row_ < PQntuples(result_.get()); }
std::int64_t PostgresRows::integer(int column) const { return std::strtoll(PQgetvalue(result_.get(), row_, column), nullptr, 10); }
double PostgresRows::real(int column) const { return std::strtod(PQgetvalue(result_.get(), row_, column), nullptr); }
std::string PostgresRows::text(int column) const {
  return {PQgetvalue(result_.get(), row_, column), static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}

Result<Postgres> Postgres::open(const std::string& url) {
  std::shared_ptr<pg_conn> connection(PQconnectdb(url.c_str()), PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) return fail(ErrorKind::unavailable, "PostgreSQL: {}", trimmed(PQerrorMessage(connection.get())));
  PQsetClientEncoding(connection.get(), "UTF8");
  Postgres database(std::move(connection));
  TRY(database.script("SET client_min_messages = warning; SET synchronous_commit = on"));
  return database;
}

Result<> Postgres::revive() {
  if (PQstatus(connection_.get()) == CONNECTION_OK || in_transaction_) return {};
  PQreset(connection_.get());
  if (PQstatus(connection_.get()) != CONNECTION_OK) return fail(ErrorKind::unavailable, "PostgreSQL: {}", trimmed(PQerrorMessage(connection_.get())));
  return {};
}

Result<> Postgres::script(const std::string& sql) {
  TRY(revive());
  const auto result = own(PQexec(connection_.get(), sql.c_str()));
  return check(connection_.get(), result.get(), sql);
}

Result<PostgresRows> Postgres::query(std::string_view sql, std::initializer_list<SqliteValue> values) {
  TRY(revive());
  std::vector<std::string> texts;
  for (const SqliteValue& value : values) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      texts.push_back(std::to_string(*number));
    } else if (const auto* real = std::get_if<double>(&value)) {
      texts.push_back(fmt::format("{}", *real));
    } else {
      texts.emplace_back(std::get<std::string_view>(value));
      if (texts.back().find('\0') != std::string::npos) return fail(ErrorKind::invalid_input, "a text with a NUL character cannot be stored");
    }
  }
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  const auto result = own(PQexecParams(connection_.get(), std::string(sql).c_str(), static_cast<int>(pointers.size()), nullptr, pointers.data(), nullptr, nullptr, 0));
  TRY(check(connection_.get(), result.get(), sql));
  return PostgresRows(result);
}

Result<> Postgres::begin() {
  TRY(script("BEGIN"));
  in_transaction_ = true;
  Result<> locked = script(std::string(kLock));
  if (!locked) rollback();
  return locked;
}

Result<> Postgres::commit() {
  in_transaction_ = false;
  const auto result = own(PQexec(connection_.get(), "COMMIT"));
  TRY(check(connection_.get(), result.get(), "COMMIT"));
  // A transaction that failed before answers COMMIT with a rollback.
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") return fail(ErrorKind::conflict, "PostgreSQL took the transaction back");
  return {};
}

void Postgres::rollback() {
  in_transaction_ = false;
  own(PQexec(connection_.get(), "ROLLBACK"));
}

}  // namespace jianwei::store
