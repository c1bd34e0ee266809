#include <array>

#include "base/hash.h"
#include "base/strings.h"
#include "sources/reader.h"
#include "sources/tables/html_table.h"
#include "sources/tables/table_reader.h"
#include "sources/tables/xlsx.h"

namespace jianwei::sources {
namespace {

bool starts_like_json_or_xml(std::string_view text) {
  const std::string_view start = trim(text.substr(0, 512));
  return start.empty() || start[0] == '{' || start[0] == '[' || start[0] == '<' || start.starts_with("%PDF") || start.starts_with("PK\x03\x04");
}

// All formats of this file ask the same question about the same sample: the last answer is kept.
const DatabaseTable* database_of(const Sample& sample) {
  struct Answer {
    std::uint64_t key = 0;
    const DatabaseTable* table = nullptr;
  };
  thread_local Answer last;
  const std::uint64_t key = hash64(sample.text, sample.complete ? 1 : 2);
  if (last.key != key) {
    CsvDialect dialect;
    last = {key, recognise_database(sample.text, sample.complete, dialect)};
  }
  return last.table;
}

template <std::size_t Index>
double recognise_table(const Sample& sample) {
  if (starts_like_json_or_xml(sample.text)) return 0;
  return database_of(sample) == &database_tables()[Index] ? 0.95 : 0;
}

template <std::size_t Index>
Result<> read_table(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  return read_delimited(stream, options, &database_tables()[Index], sink, progress);
}

bool named(std::string_view name, std::string_view extension) { return name.ends_with(extension); }

double recognise_generic(const Sample& sample, bool tabs) {
  if (starts_like_json_or_xml(sample.text)) return 0;
  const CsvDialect dialect = sniff_dialect(sample.text.substr(0, std::size_t{1} << 16));
  const bool by_name = tabs ? named(sample.name, ".tsv") || named(sample.name, ".tab") : named(sample.name, ".csv");
  if (dialect.delimiter == '\0') return by_name ? 0.3 : 0;
  if ((dialect.delimiter == '\t') != tabs) return by_name ? 0.2 : 0;
  if (by_name) return 0.45;
  // Without a telling name a text is a table when its rows agree and its header is known.
  const auto rows = sample_rows(sample.text, dialect, sample.complete, 50);
  if (rows.size() < 2) return 0;
  std::size_t same = 0;
  for (const auto& row : rows) same += row.size() == rows[0].size() ? 1 : 0;
  const HeaderPlace header = find_header(rows, nullptr);
  return header.found && same * 10 >= rows.size() * 9 && rows[0].size() >= 3 ? 0.3 : 0;
}
double recognise_csv(const Sample& sample) { return recognise_generic(sample, false); }
double recognise_tsv(const Sample& sample) { return recognise_generic(sample, true); }

Result<> read_generic(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  return read_delimited(stream, options, nullptr, sink, progress);
}

double recognise_xlsx(const Sample& sample) {
  if (!sample.text.starts_with("PK\x03\x04")) return 0;
  const bool inside = sample.text.find("xl/") != std::string_view::npos || sample.text.find("[Content_Types].xml") != std::string_view::npos;
  return named(sample.name, ".xlsx") || named(sample.name, ".xlsm") ? 0.9 : inside ? 0.4 : 0;
}

template <std::size_t... Index>
constexpr std::array<Format, sizeof...(Index) + 4> make_formats(std::index_sequence<Index...>, std::span<const DatabaseTable> tables) {
  return {Format{tables[Index].format, tables[Index].title, recognise_table<Index>, read_table<Index>}...,
          Format{"csv", "CSV", recognise_csv, read_generic},
          Format{"tsv", "TSV", recognise_tsv, read_generic},
          Format{"html_table", "HTML page of one table (.xls of databases)", recognise_html_table, read_html_table},
          Format{"xlsx", "Excel workbook", recognise_xlsx, read_xlsx, true}};
}

constexpr std::size_t kDatabaseCount = 19;

}  // namespace

std::span<const Format> table_formats() {
  static const auto formats = make_formats(std::make_index_sequence<kDatabaseCount>(), database_tables());
  return formats;
}

bool takes_mapping(std::string_view format) { return format == "csv" || format == "tsv" || format == "xlsx" || format == "json" || format == "jsonl"; }

Result<SuggestedMapping> suggest_mapping_of_text(const Sample& sample) {
  const std::string_view start = trim(sample.text.substr(0, 512));
  if (start.starts_with('{') || start.starts_with('[')) return suggest_mapping_of_json(sample);
  const CsvDialect dialect = sniff_dialect(sample.text);
  const auto rows = sample_rows(sample.text, dialect, sample.complete, 400);
  if (rows.empty() || starts_like_json_or_xml(sample.text)) {
    return fail(ErrorKind::invalid_input, "{}: neither a table nor JSON objects, so no columns to map", sample.name);
  }
  SuggestedMapping suggestion = suggest_mapping(sample_columns(rows, find_header(rows, nullptr)));
  suggestion.mapping.source = collection_name(sample.name);
  suggestion.mapping.delimiter = std::string(1, dialect.delimiter);
  return suggestion;
}

}  // namespace jianwei::sources
