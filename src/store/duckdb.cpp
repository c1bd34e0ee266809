// Databases, connections and streamed results over the DuckDB C API.

#include "store/duckdb.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/parallel.h"
#include "store/duckdb_state.h"

namespace jianwei::store {

static_assert(sizeof(duckdb_string_t) == 16 && sizeof(duckdb_list_entry) == 16, "ColumnView reads these layouts");

struct Database::State {
  duckdb_database database = nullptr;
  ~State() { duckdb_close(&database); }
};

struct Connection::State {
  duckdb_connection connection = nullptr;
  ~State() { duckdb_disconnect(&connection); }
};

struct Rows::State {
  duckdb_result result{};
  duckdb_data_chunk chunk = nullptr;
  ~State() {
    if (chunk != nullptr) duckdb_destroy_data_chunk(&chunk);
    duckdb_destroy_result(&result);
  }
};

ErrorKind kind_of(duckdb_error_type type) {
  switch (type) {
    case DUCKDB_ERROR_IO:
    case DUCKDB_ERROR_OUT_OF_MEMORY:
    case DUCKDB_ERROR_PERMISSION:
      return ErrorKind::unavailable;
    case DUCKDB_ERROR_SERIALIZATION:
      return ErrorKind::corrupt;
    case DUCKDB_ERROR_INTERRUPT:
      return ErrorKind::cancelled;
    default:
      return ErrorKind::internal;
  }
}

namespace {

// The first line without the name of DuckDB's error class.
std::string message_of(const char* text) {
  std::string_view message = text == nullptr ? "unknown error" : text;
  message = message.substr(0, message.find('\n'));
  const std::size_t colon = message.find("Error: ");
  if (colon != std::string_view::npos && colon < 40) message.remove_prefix(colon + 7);
  return std::string(message);
}

class Prepared {
 public:
  Prepared() = default;
  ~Prepared() { duckdb_destroy_prepare(&statement); }
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;
  duckdb_prepared_statement statement = nullptr;
};

bool bind(duckdb_prepared_statement statement, idx_t index, const Parameter& parameter) {
  switch (parameter.type) {
    case Parameter::Type::text:
      return duckdb_bind_varchar_length(statement, index, parameter.text.data(), parameter.text.size()) == DuckDBSuccess;
    case Parameter::Type::int64:
      return duckdb_bind_int64(statement, index, parameter.integer) == DuckDBSuccess;
    case Parameter::Type::uint64:
      return duckdb_bind_uint64(statement, index, static_cast<std::uint64_t>(parameter.integer)) == DuckDBSuccess;
    case Parameter::Type::float64:
      return duckdb_bind_double(statement, index, parameter.real) == DuckDBSuccess;
  }
  return false;
}

}  // namespace

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const DatabaseOptions& options) {
  auto state = std::make_unique<State>();
  duckdb_config config = nullptr;
  if (duckdb_create_config(&config) == DuckDBError) return fail(ErrorKind::internal, "DuckDB has no configuration");
  const int threads = options.thread_count > 0 ? options.thread_count : default_thread_count();
  const auto set = [&](const char* name, const std::string& value) { duckdb_set_config(config, name, value.c_str()); };
  set("threads", std::to_string(threads));
  set("memory_limit", fmt::format("{}MiB", std::max<std::int64_t>(64, options.memory_limit_bytes >> 20)));
  set("temp_directory", options.temp_directory.string());
  set("max_temp_directory_size", fmt::format("{}MiB", options.max_temp_bytes >> 20));
  set("preserve_insertion_order", "true");  // the bytes of a file must not depend on the thread count
  set("autoinstall_known_extensions", "false");
  set("autoload_known_extensions", "false");
  char* error = nullptr;
  const duckdb_state opened = duckdb_open_ext(nullptr, &state->database, config, &error);
  duckdb_destroy_config(&config);
  if (opened == DuckDBError) {
    const std::string message = message_of(error);
    duckdb_free(error);
    return fail(ErrorKind::internal, "DuckDB cannot be started: {}", message);
  }
  return Database(std::move(state));
}

Result<Connection> Database::connect() {
  auto state = std::make_unique<Connection::State>();
  if (duckdb_connect(state_->database, &state->connection) == DuckDBError) {
    return fail(ErrorKind::internal, "DuckDB gives no connection");
  }
  TRY(register_feeds(state->connection));
  return Connection(std::move(state));
}

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result<Rows> Connection::query(const std::string& sql, const std::vector<Parameter>& parameters) {
  Prepared prepared;
  if (duckdb_prepare(state_->connection, sql.c_str(), &prepared.statement) == DuckDBError) {
    const std::string message = message_of(duckdb_prepare_error(prepared.statement));
    // A file that cannot be opened shows up here already.
    const bool unreadable = message.find("No files found") != std::string::npos || message.find("to be a Parquet file") != std::string::npos || message.find("No magic bytes found") != std::string::npos;
    return fail(unreadable ? ErrorKind::corrupt : ErrorKind::internal, "{} [{}]", message, sql.substr(0, 200));
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (!bind(prepared.statement, i + 1, parameters[i])) {
      return fail(ErrorKind::internal, "parameter {} cannot be bound [{}]", i + 1, sql.substr(0, 200));
    }
  }
  auto state = std::make_unique<Rows::State>();
  if (duckdb_execute_prepared_streaming(prepared.statement, &state->result) == DuckDBError) {
    return fail(kind_of(duckdb_result_error_type(&state->result)), "{}", message_of(duckdb_result_error(&state->result)));
  }
  return Rows(std::move(state));
}

Result<> Connection::execute(const std::string& sql, const std::vector<Parameter>& parameters) {
  Rows rows = TRY(query(sql, parameters));
  while (TRY(rows.next())) {
  }
  return {};
}

Result<std::int64_t> Connection::query_integer(const std::string& sql, const std::vector<Parameter>& parameters) {
  Rows rows = TRY(query(sql, parameters));
  if (!TRY(rows.next())) return fail(ErrorKind::internal, "no row [{}]", sql.substr(0, 200));
  return rows.column(0).integer(0);
}

Rows::Rows(std::unique_ptr<State> state) : state_(std::move(state)) {}
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;

Result<bool> Rows::next() {
  if (state_->chunk != nullptr) duckdb_destroy_data_chunk(&state_->chunk);
  row_count_ = 0;
  state_->chunk = duckdb_fetch_chunk(state_->result);
  if (state_->chunk == nullptr) {
    const char* error = duckdb_result_error(&state_->result);
    if (error != nullptr && *error != '\0') {
      return fail(kind_of(duckdb_result_error_type(&state_->result)), "{}", message_of(error));
    }
    return false;
  }
  row_count_ = static_cast<std::int64_t>(duckdb_data_chunk_get_size(state_->chunk));
  return row_count_ > 0;
}

ColumnView Rows::column(std::int64_t index) const {
  return ColumnView(duckdb_data_chunk_get_vector(state_->chunk, static_cast<idx_t>(index)));
}

std::int64_t Rows::column_count() const { return static_cast<std::int64_t>(duckdb_column_count(&state_->result)); }

std::string Rows::column_name(std::int64_t index) const {
  return duckdb_column_name(&state_->result, static_cast<idx_t>(index));
}

ColumnType::Base Rows::column_base(std::int64_t index) const {
  switch (duckdb_column_type(&state_->result, static_cast<idx_t>(index))) {
    case DUCKDB_TYPE_BOOLEAN: return ColumnType::Base::boolean;
    case DUCKDB_TYPE_TINYINT: return ColumnType::Base::int8;
    case DUCKDB_TYPE_SMALLINT: return ColumnType::Base::int16;
    case DUCKDB_TYPE_INTEGER: return ColumnType::Base::int32;
    case DUCKDB_TYPE_BIGINT: return ColumnType::Base::int64;
    case DUCKDB_TYPE_UBIGINT: return ColumnType::Base::uint64;
    case DUCKDB_TYPE_FLOAT:
    case DUCKDB_TYPE_DOUBLE: return ColumnType::Base::float64;
    case DUCKDB_TYPE_LIST: return ColumnType::Base::list;
    case DUCKDB_TYPE_STRUCT: return ColumnType::Base::structure;
    default: return ColumnType::Base::text;
  }
}

std::string quote_sql(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

std::string parquet_sql(const std::vector<std::filesystem::path>& files) {
  std::string sql = "read_parquet([";
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (i > 0) sql += ", ";
    sql += quote_sql(files[i].string());
  }
  return sql + "])";
}

}  // namespace jianwei::store
