// The first rows are read twice: once to learn dialect, header and meaning of the columns, then as data.
#include "sources/tables/table_reader.h"

#include <algorithm>
#include <cstring>

#include "base/strings.h"
#include "sources/tables/fields.h"
#include "sources/tables/separators.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kSampleBytes = std::size_t{1} << 18;
constexpr std::size_t kSampleRows = 400;
constexpr std::size_t kPreambleRows = 10;

// A stream whose first bytes were read ahead.
class PrefixedStream : public ByteStream {
 public:
  PrefixedStream(std::string_view prefix, ByteStream& rest) : prefix_(prefix), rest_(rest) {}
  Result<std::size_t> read(char* buffer, std::size_t capacity) override {
    if (prefix_.empty()) return rest_.read(buffer, capacity);
    const std::size_t count = std::min(capacity, prefix_.size());
    std::memcpy(buffer, prefix_.data(), count);
    prefix_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view prefix_;
  ByteStream& rest_;
};

bool is_numeric(std::string_view cell) {
  return !cell.empty() && std::all_of(cell.begin(), cell.end(), [](char c) { return is_digit(c) || c == '.' || c == '-' || c == '/' || c == ':' || c == ' '; });
}

std::vector<std::string> keys_of(std::span<const std::string> names) {
  std::vector<std::string> keys;
  for (const std::string& name : names) keys.push_back(column_key(name));
  return keys;
}

// The mapping a database's rules amount to.
Plan database_plan(const DatabaseTable& table, std::span<const ColumnSample> columns) {
  Mapping mapping;
  for (const ColumnSample& column : columns) {
    const std::string key = column_key(column.name);
    for (const ColumnRule& rule : table.columns) {
      if (rule.key != key) continue;
      Mapping::Column& target = mapping.columns[column.name];
      target = {std::string(to_string(rule.field)), std::string(rule.separator == "auto" ? "" : rule.separator), std::string(rule.role)};
      break;
    }
  }
  Plan plan = compile_plan(mapping, columns, "");
  plan.kind = table.kind;
  plan.type = table.type;
  plan.source = table.source;
  // A rule without a separator means one value; only "auto" asks the statistics.
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string key = column_key(columns[i].name);
    for (const ColumnRule& rule : table.columns) {
      if (rule.key == key && rule.separator.empty()) plan.columns[i].separator.clear();
    }
  }
  plan.has_text = true;
  plan.unmapped.clear();  // what the format page leaves out is known, not lost
  return plan;
}

}  // namespace

HeaderPlace find_header(std::span<const std::vector<std::string>> rows, const DatabaseTable* table) {
  const std::size_t last = std::min(rows.size(), kPreambleRows);
  if (table != nullptr) {
    for (std::size_t i = 0; i < last; ++i) {
      if (has_columns(*table, keys_of(rows[i]))) return {i, true};
    }
    return {0, !rows.empty()};
  }
  HeaderPlace best;
  std::size_t best_count = 0;
  for (std::size_t i = 0; i < last; ++i) {
    std::size_t known = 0;
    std::size_t numeric = 0;
    std::size_t longest = 0;
    for (const std::string& cell : rows[i]) {
      known += recognise_column(cell).has_value() ? 1 : 0;
      numeric += is_numeric(trim(cell)) ? 1 : 0;
      longest = std::max(longest, cell.size());
    }
    if (numeric * 3 > rows[i].size() + 2 || longest > 150) continue;
    if (known > best_count) {
      best_count = known;
      best = {i, true};
    }
  }
  if (best.found || rows.empty()) return best;
  // Unknown names still look like names: short, without blanks, not numbers.
  const auto looks_like_name = [](const std::string& cell) {
    return cell.size() <= 40 && cell.find(' ') == std::string::npos && !is_numeric(cell) && std::all_of(cell.begin(), cell.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  };
  if (std::all_of(rows[0].begin(), rows[0].end(), looks_like_name) && rows[0].size() >= 2) return {0, true};
  // A word above a column of numbers names it.
  for (std::size_t c = 0; c < rows[0].size() && rows.size() >= 4; ++c) {
    std::size_t numbers = 0;
    for (std::size_t r = 1; r < rows.size(); ++r) numbers += c < rows[r].size() && is_numeric(rows[r][c]) ? 1 : 0;
    if (!is_numeric(rows[0][c]) && rows[0][c].size() < 60 && numbers + 1 == rows.size()) return {0, true};
  }
  return {};
}

std::vector<ColumnSample> sample_columns(std::span<const std::vector<std::string>> rows, HeaderPlace header) {
  std::vector<ColumnSample> columns;
  if (rows.empty()) return columns;
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.size());
  if (header.found) width = rows[header.row].size();
  for (std::size_t c = 0; c < width; ++c) {
    ColumnSample column;
    column.name = header.found ? std::string(trim(rows[header.row][c])) : fmt::format("column{}", c + 1);
    for (std::size_t r = header.found ? header.row + 1 : 0; r < rows.size(); ++r) {
      ++column.row_count;
      if (c < rows[r].size() && !is_missing(rows[r][c])) column.values.push_back(rows[r][c]);
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

const DatabaseTable* recognise_database(std::string_view sample, bool complete, CsvDialect& dialect) {
  const std::string_view start = sample.substr(0, std::size_t{1} << 16);
  const bool whole = complete && start.size() == sample.size();
  const CsvDialect sniffed = sniff_dialect(start.substr(0, std::size_t{1} << 15));
  const auto rows = sample_rows(start, sniffed, whole, kPreambleRows);
  for (const DatabaseTable& table : database_tables()) {
    const bool own_dialect = table.delimiter != '\0';
    const CsvDialect tried{own_dialect ? table.delimiter : sniffed.delimiter, table.quotes ? '"' : '\0'};
    if (tried.delimiter == '\0') continue;
    const auto own_rows = own_dialect ? sample_rows(start, tried, whole, kPreambleRows) : rows;
    for (const auto& row : own_rows) {
      if (row.size() >= 4 && has_columns(table, keys_of(row))) {
        dialect = own_dialect ? tried : sniffed;
        return &table;
      }
    }
  }
  return nullptr;
}

RowReader::RowReader(std::vector<ColumnSample> columns, const DatabaseTable* table, const ReadOptions& options, std::string_view format)
    : table_(table), format_(format) {
  for (const ColumnSample& column : columns) names_.push_back(column.name);
  keys_ = keys_of(names_);
  if (options.mapping != nullptr) {
    plan_ = compile_plan(*options.mapping, columns, options.file_name);
    if (options.mapping->kind.empty()) plan_.kind = parse_record_kind(suggest_mapping(columns).mapping.kind).value_or(RecordKind::work);
    table_ = nullptr;
  } else if (table != nullptr) {
    plan_ = database_plan(*table, columns);
  } else {
    plan_ = compile_plan(suggest_mapping(columns).mapping, columns, options.file_name);
  }
}

Result<bool> RowReader::begin(RecordSink& sink, std::string_view header_raw) {
  header_raw_ = header_raw;
  if (plan_.has_text) {
    if (!plan_.unmapped.empty()) {
      sink.warn({"unmapped_columns", fmt::format("columns without a field, kept in the raw record only: {}", fmt::join(plan_.unmapped, ", ")), 1});
    }
    return true;
  }
  TRY(sink.reject({0, 1, fmt::format("none of the columns ({}) looks like a title, an abstract or a text: name one in a mapping file", fmt::join(names_, ", ")), header_raw_}));
  return false;
}

Result<> RowReader::row(std::span<const std::string_view> cells, std::string_view raw, std::int64_t line, bool damaged, RecordSink& sink) {
  const auto is_name = [&](std::size_t i) { return trim(cells[i]) == names_[i]; };
  bool repeated = !cells.empty() && cells.size() == names_.size();
  for (std::size_t i = 0; i < cells.size() && repeated; ++i) repeated = is_name(i);
  if (repeated) {
    ++repeated_headers_;
    return {};
  }
  const bool blank = std::all_of(cells.begin(), cells.end(), [](std::string_view cell) { return trim(cell).empty(); });
  if (blank) {
    ++empty_rows_;
    return {};
  }
  std::vector<std::string_view> realigned;
  if (table_ != nullptr && table_->realign != nullptr && cells.size() > names_.size()) {
    realigned.assign(cells.begin(), cells.end());
    table_->realign(keys_, realigned);
    cells = realigned;
  }
  const std::int64_t index = index_++;
  const std::string whole = header_raw_.empty() ? std::string(raw) : fmt::format("{}\n{}", header_raw_, raw);
  if (damaged) return sink.reject({index, line, "a quote opened here is never closed: close or double it", whole});
  const bool overlong = cells.size() > names_.size() && std::any_of(cells.begin() + static_cast<std::ptrdiff_t>(names_.size()), cells.end(), [](std::string_view cell) { return !trim(cell).empty(); });
  if (overlong && long_rows_++ == 0) first_long_line_ = line;
  if (cells.size() == 1 && names_.size() > 2) return sink.reject({index, line, fmt::format("1 cell where {} are expected", names_.size()), whole});
  Draft draft;
  draft.record.kind = plan_.kind;
  draft.record.provenance.source = plan_.source;
  draft.record.provenance.format = format_;
  draft.record.provenance.line = line;
  draft.record.provenance.index = index;
  draft.record.language = plan_.language;
  for (std::size_t i = 0; i < std::min(cells.size(), plan_.columns.size()); ++i) {
    if (plan_.columns[i].field != Field::ignore) draft.add(plan_.columns[i], cells[i]);
  }
  if (table_ != nullptr && table_->refine != nullptr) table_->refine(RowView(keys_, cells), draft);
  const auto problem = draft.finish();
  if (problem) return sink.reject({index, line, *problem, whole});
  if (draft.record.type.empty()) draft.record.type = plan_.type;
  if (draft.record.kind == RecordKind::policy) settle_policy(draft.record);
  draft.record.provenance.raw = whole;
  return sink.record(std::move(draft.record));
}

void RowReader::end(RecordSink& sink) {
  if (long_rows_ > 0) {
    sink.warn({"long_rows", fmt::format("{} rows have more cells than the header has columns; the surplus is in the raw record only (first at line {})", long_rows_, first_long_line_), first_long_line_});
  }
  if (empty_rows_ > 0) sink.warn({"empty_rows", fmt::format("{} rows whose cells are all empty were passed over", empty_rows_), 0});
  if (repeated_headers_ > 0) sink.warn({"repeated_header", fmt::format("the header is repeated {} times inside the table", repeated_headers_), 0});
}

Result<> read_delimited(ByteStream& stream, const ReadOptions& options, const DatabaseTable* table, RecordSink& sink, Progress& progress) {
  std::string sample(kSampleBytes, '\0');
  std::size_t size = 0;
  bool complete = false;
  std::optional<Error> broken;  // what was read before a stream breaks is still good
  while (size < sample.size() && !complete) {
    const Result<std::size_t> count = stream.read(sample.data() + size, sample.size() - size);
    if (!count) {
      broken = count.error();
      break;
    }
    complete = *count == 0;
    size += *count;
  }
  sample.resize(size);
  CsvDialect dialect;
  if (table == nullptr) {
    dialect = sniff_dialect(sample);
    if (options.mapping != nullptr && !options.mapping->delimiter.empty()) dialect.delimiter = options.mapping->delimiter[0];
    if (dialect.delimiter == '\0') dialect.delimiter = ',';  // one column
  } else {
    const DatabaseTable* seen = recognise_database(sample, complete, dialect);
    if (seen == nullptr) dialect = {table->delimiter != '\0' ? table->delimiter : ',', table->quotes ? '"' : '\0'};
  }
  const auto rows = sample_rows(sample, dialect, complete, kSampleRows);
  if (rows.empty()) {
    if (broken) return tl::unexpected(*broken);
    return {};
  }
  const HeaderPlace header = find_header(rows, table);
  RowReader reader(sample_columns(rows, header), table, options, table == nullptr ? "csv" : table->format);
  if (!header.found) sink.warn({"no_header", "the first row does not name its columns; they are called column1, column2, ...", 1});

  PrefixedStream all(sample, stream);
  CsvReader csv(all, dialect);
  CsvRow row;
  std::int64_t reported = 0;
  bool started = false;
  for (std::size_t number = 0;; ++number) {
    const bool at_sample_end = broken && csv.byte_count() >= static_cast<std::int64_t>(sample.size());
    if (at_sample_end) return tl::unexpected(*broken);
    if (!TRY(csv.next(row))) break;
    if (!started) {
      const std::string_view header_raw = header.found && number == header.row ? row.raw : std::string_view();
      if (header.found && number < header.row) continue;
      if (!TRY(reader.begin(sink, header_raw))) return {};
      started = true;
      if (header.found) continue;
    }
    TRY(reader.row(row.cells, row.raw, row.line, row.damaged, sink));
    if (csv.byte_count() - reported > (1 << 18)) {
      progress.advance(csv.byte_count() - reported);
      reported = csv.byte_count();
      TRY(progress.check());
    }
  }
  progress.advance(csv.byte_count() - reported);
  reader.end(sink);
  return {};
}

}  // namespace jianwei::sources
