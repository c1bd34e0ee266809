// Columns in place (views and writers) and the table function through which SQL reads a RowFeed.

#include <duckdb.h>
#include <fmt/format.h>

#include "store/duckdb.h"
#include "store/duckdb_state.h"

namespace jianwei::store {
namespace {

duckdb_vector as_vector(void* vector) { return static_cast<duckdb_vector>(vector); }

class LogicalType {
 public:
  explicit LogicalType(duckdb_logical_type type) : type_(type) {}
  ~LogicalType() { duckdb_destroy_logical_type(&type_); }
  LogicalType(const LogicalType&) = delete;
  LogicalType& operator=(const LogicalType&) = delete;
  duckdb_logical_type get() const { return type_; }

 private:
  duckdb_logical_type type_;
};

duckdb_type plain_type(ColumnType::Base base) {
  switch (base) {
    case ColumnType::Base::boolean: return DUCKDB_TYPE_BOOLEAN;
    case ColumnType::Base::int8: return DUCKDB_TYPE_TINYINT;
    case ColumnType::Base::int16: return DUCKDB_TYPE_SMALLINT;
    case ColumnType::Base::int32: return DUCKDB_TYPE_INTEGER;
    case ColumnType::Base::int64: return DUCKDB_TYPE_BIGINT;
    case ColumnType::Base::uint64: return DUCKDB_TYPE_UBIGINT;
    case ColumnType::Base::float64: return DUCKDB_TYPE_DOUBLE;
    default: return DUCKDB_TYPE_VARCHAR;
  }
}

duckdb_logical_type make_type(const ColumnType& type) {
  if (type.base == ColumnType::Base::list) {
    const LogicalType item(make_type(type.children.front()));
    return duckdb_create_list_type(item.get());
  }
  if (type.base == ColumnType::Base::structure) {
    std::vector<duckdb_logical_type> members;
    std::vector<const char*> names;
    for (std::size_t i = 0; i < type.children.size(); ++i) {
      members.push_back(make_type(type.children[i]));
      names.push_back(type.field_names[i].c_str());
    }
    const duckdb_logical_type made = duckdb_create_struct_type(members.data(), names.data(), members.size());
    for (duckdb_logical_type& member : members) duckdb_destroy_logical_type(&member);
    return made;
  }
  return duckdb_create_logical_type(plain_type(type.base));
}

void bind_feed(duckdb_bind_info info) {
  duckdb_value value = duckdb_bind_get_parameter(info, 0);
  auto* feed = reinterpret_cast<RowFeed*>(static_cast<std::uintptr_t>(duckdb_get_uint64(value)));
  duckdb_destroy_value(&value);
  for (const Column& column : feed->columns()) {
    const LogicalType type(make_type(column.type));
    duckdb_bind_add_result_column(info, column.name.c_str(), type.get());
  }
  duckdb_bind_set_bind_data(info, feed, nullptr);
}

void init_feed(duckdb_init_info info) { duckdb_init_set_max_threads(info, 1); }

void read_feed(duckdb_function_info info, duckdb_data_chunk output) {
  auto* feed = static_cast<RowFeed*>(duckdb_function_get_bind_data(info));
  ChunkWriter chunk(output);
  const Result<std::int64_t> count = feed->fill(chunk, static_cast<std::int64_t>(duckdb_vector_size()));
  if (!count) {
    feed->error = count.error();
    feed->failed = true;
    duckdb_function_set_error(info, count.error().message.c_str());
    return;
  }
  duckdb_data_chunk_set_size(output, static_cast<idx_t>(*count));
}

}  // namespace

Result<> register_feeds(duckdb_connection connection) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, "feed");
  const LogicalType address(duckdb_create_logical_type(DUCKDB_TYPE_UBIGINT));
  duckdb_table_function_add_parameter(function, address.get());
  duckdb_table_function_set_bind(function, bind_feed);
  duckdb_table_function_set_init(function, init_feed);
  duckdb_table_function_set_function(function, read_feed);
  // Another connection of this database may have registered it already: then this fails, and that is all right.
  duckdb_register_table_function(connection, function);
  duckdb_destroy_table_function(&function);
  return {};
}

std::string RowFeed::sql() const { return fmt::format("feed({}::UBIGINT)", reinterpret_cast<std::uintptr_t>(this)); }

ColumnView::ColumnView(void* vector) : vector_(vector) {
  data_ = static_cast<const char*>(duckdb_vector_get_data(as_vector(vector)));
  validity_ = duckdb_vector_get_validity(as_vector(vector));
  const LogicalType type(duckdb_vector_get_column_type(as_vector(vector)));
  type_ = duckdb_get_type_id(type.get());
}

std::int64_t ColumnView::integer(std::int64_t row) const {
  if (!valid(row)) return 0;
  switch (type_) {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_UTINYINT: return reinterpret_cast<const std::uint8_t*>(data_)[row];
    case DUCKDB_TYPE_TINYINT: return reinterpret_cast<const std::int8_t*>(data_)[row];
    case DUCKDB_TYPE_SMALLINT: return reinterpret_cast<const std::int16_t*>(data_)[row];
    case DUCKDB_TYPE_USMALLINT: return reinterpret_cast<const std::uint16_t*>(data_)[row];
    case DUCKDB_TYPE_INTEGER: return reinterpret_cast<const std::int32_t*>(data_)[row];
    case DUCKDB_TYPE_UINTEGER: return reinterpret_cast<const std::uint32_t*>(data_)[row];
    case DUCKDB_TYPE_HUGEINT: return static_cast<std::int64_t>(reinterpret_cast<const duckdb_hugeint*>(data_)[row].lower);
    default: return reinterpret_cast<const std::int64_t*>(data_)[row];
  }
}

std::uint64_t ColumnView::unsigned_integer(std::int64_t row) const { return static_cast<std::uint64_t>(integer(row)); }

double ColumnView::real(std::int64_t row) const {
  if (!valid(row)) return 0;
  if (type_ == DUCKDB_TYPE_DOUBLE) return reinterpret_cast<const double*>(data_)[row];
  if (type_ == DUCKDB_TYPE_FLOAT) return static_cast<double>(reinterpret_cast<const float*>(data_)[row]);
  return static_cast<double>(integer(row));
}

ColumnView ColumnView::items() const { return ColumnView(duckdb_list_vector_get_child(as_vector(vector_))); }
ColumnView ColumnView::field(std::int64_t index) const {
  return ColumnView(duckdb_struct_vector_get_child(as_vector(vector_), static_cast<idx_t>(index)));
}

ColumnWriter::ColumnWriter(void* vector) : vector_(vector) {
  data_ = static_cast<char*>(duckdb_vector_get_data(as_vector(vector)));
}

void ColumnWriter::set_null(std::int64_t row) {
  if (validity_ == nullptr) {
    duckdb_vector_ensure_validity_writable(as_vector(vector_));
    validity_ = duckdb_vector_get_validity(as_vector(vector_));
  }
  validity_[row >> 6] &= ~(std::uint64_t{1} << (row & 63));
}

void ColumnWriter::set_text(std::int64_t row, std::string_view text) {
  duckdb_vector_assign_string_element_len(as_vector(vector_), static_cast<idx_t>(row), text.data(), text.size());
}

void ColumnWriter::reserve_items(std::int64_t count) {
  duckdb_list_vector_reserve(as_vector(vector_), static_cast<idx_t>(count));
  duckdb_list_vector_set_size(as_vector(vector_), static_cast<idx_t>(count));
}

void ColumnWriter::set_list(std::int64_t row, std::int64_t begin, std::int64_t count) {
  const std::uint64_t entry[2] = {static_cast<std::uint64_t>(begin), static_cast<std::uint64_t>(count)};
  std::memcpy(data_ + row * 16, entry, sizeof entry);
  if (count == 0) set_null(row);
}

ColumnWriter ColumnWriter::items() const { return ColumnWriter(duckdb_list_vector_get_child(as_vector(vector_))); }
ColumnWriter ColumnWriter::field(std::int64_t index) const {
  return ColumnWriter(duckdb_struct_vector_get_child(as_vector(vector_), static_cast<idx_t>(index)));
}

ColumnWriter ChunkWriter::column(std::int64_t index) const {
  return ColumnWriter(duckdb_data_chunk_get_vector(static_cast<duckdb_data_chunk>(chunk_), static_cast<idx_t>(index)));
}

}  // namespace jianwei::store
