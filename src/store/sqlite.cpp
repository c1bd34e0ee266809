// The SQLite C API turned into Results.

#include "store/sqlite.h"

#include <sqlite3.h>
#include <unistd.h>

#include <utility>

namespace jianwei::store {
namespace {

tl::unexpected<Error> failure(sqlite3* database, std::string_view what) {
  const int code = sqlite3_errcode(database) & 0xff;
  ErrorKind kind = ErrorKind::internal;
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) kind = ErrorKind::corrupt;
  if (code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_PERM) {
    kind = ErrorKind::unavailable;
  }
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_CONSTRAINT) kind = ErrorKind::conflict;
  const char* const file = sqlite3_db_filename(database, "main");
  return fail(kind, "{}: {} [{}]", file == nullptr || *file == '\0' ? "SQLite" : file, sqlite3_errmsg(database), what.substr(0, 120));
}

std::filesystem::path folder_of(const std::filesystem::path& path) { return path.has_parent_path() ? path.parent_path() : std::filesystem::path("."); }

}  // namespace

SqliteRows::SqliteRows(SqliteRows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
SqliteRows::~SqliteRows() { sqlite3_finalize(statement_); }

Result<bool> SqliteRows::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failure(sqlite3_db_handle(statement_), sqlite3_sql(statement_));
}

std::int64_t SqliteRows::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double SqliteRows::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string SqliteRows::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

Result<Sqlite> Sqlite::open(const std::filesystem::path& path, bool create) {
  std::error_code ignored;
  if (!create && !std::filesystem::exists(path, ignored)) return fail(ErrorKind::not_found, "{}: no such file", path.string());
  // WAL needs files of its own in the folder, for readers too.
  if (!create && (::access(path.c_str(), W_OK) != 0 || ::access(folder_of(path).c_str(), W_OK) != 0)) return open_read_only(path);
  Sqlite database = TRY(open_with(path.string(), SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0)));
  TRY(database.script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"));
  return database;
}

Result<Sqlite> Sqlite::open_read_only(const std::filesystem::path& path) {
  // Immutable lets SQLite do without the files of WAL; with a log beside it, the log must be read, which needs the file -shm.
  std::error_code ignored;
  const auto log_bytes = std::filesystem::file_size(path.string() + "-wal", ignored);
  const bool logged = !ignored && log_bytes > 0;
  std::string name = "file:";
  for (const char c : std::filesystem::absolute(path, ignored).string()) {
    if (c == '%' || c == '?' || c == '#') {
      name += fmt::format("%{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      name += c;
    }
  }
  Sqlite database = TRY(open_with(name + (logged ? "?mode=ro" : "?mode=ro&immutable=1"), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI));
  if (const Result<std::int64_t> version = database.query_integer("PRAGMA schema_version"); !version) {
    return fail(version.error().kind, "{}: cannot be read: {}{}", path.string(), version.error().message,
                logged ? "; its folder may not be written and app.db-wal holds what is not yet in it: run jianwei status once where it may be written" : "");
  }
  return database;
}

Result<Sqlite> Sqlite::open_with(const std::string& name, int flags) {
  sqlite3* handle = nullptr;
  if (sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
    const std::string message = handle == nullptr ? "out of memory" : sqlite3_errmsg(handle);
    sqlite3_close(handle);
    return fail(ErrorKind::unavailable, "{}: cannot be opened: {}", name, message);
  }
  Sqlite database(handle);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 10'000);
  return database;
}

Sqlite::Sqlite(Sqlite&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
Sqlite& Sqlite::operator=(Sqlite&& other) noexcept {
  std::swap(database_, other.database_);
  return *this;
}
Sqlite::~Sqlite() { sqlite3_close(database_); }

Result<> Sqlite::script(const std::string& sql) {
  if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return failure(database_, sql);
  return {};
}

Result<SqliteRows> Sqlite::query(std::string_view sql, std::initializer_list<SqliteValue> values) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) {
    return failure(database_, sql);
  }
  SqliteRows rows(statement);
  int index = 0;
  for (const SqliteValue& value : values) {
    ++index;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      sqlite3_bind_int64(statement, index, *number);
    } else if (const auto* real = std::get_if<double>(&value)) {
      sqlite3_bind_double(statement, index, *real);
    } else {
      const std::string_view text = std::get<std::string_view>(value);
      sqlite3_bind_text64(statement, index, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    }
  }
  return rows;
}

Result<> Sqlite::execute(std::string_view sql, std::initializer_list<SqliteValue> values) {
  SqliteRows rows = TRY(query(sql, values));
  while (TRY(rows.next())) {
  }
  return {};
}

Result<std::int64_t> Sqlite::query_integer(std::string_view sql, std::initializer_list<SqliteValue> values) {
  SqliteRows rows = TRY(query(sql, values));
  if (!TRY(rows.next())) return 0;
  return rows.integer(0);
}

}  // namespace jianwei::store
