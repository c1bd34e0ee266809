#include "workflow/items/table_rows.h"

#include <simdjson.h>

#include <unordered_map>

#include "base/strings.h"
#include "sources/tables/csv.h"
#include "sources/tables/xlsx.h"

namespace jianwei::workflow {
namespace {

Result<TableRows> read_json_lines(sources::ByteStream& stream, const std::string& name) {
  TableRows rows;
  rows.has_header = true;
  std::unordered_map<std::string, std::size_t> column;
  std::vector<std::string> header;
  simdjson::dom::parser parser;
  sources::LineReader reader(stream);
  std::string_view line;
  while (TRY(reader.next(line))) {
    if (trim(line).empty()) continue;
    simdjson::dom::object object;
    if (parser.parse(simdjson::padded_string(line)).get_object().get(object) != simdjson::SUCCESS) {
      return fail(ErrorKind::invalid_input, "{}:{}: this line is no JSON object; one object a line is expected", name, reader.line_number());
    }
    std::vector<std::string> cells(header.size());
    for (const auto& [key, value] : object) {
      std::string_view text;
      if (value.get_string().get(text) != simdjson::SUCCESS) continue;  // lists and numbers are no item
      const auto [place, fresh] = column.try_emplace(std::string(key), header.size());
      if (fresh) {
        header.emplace_back(key);
        cells.emplace_back();
      }
      cells[place->second] = std::string(text);
    }
    rows.cells.push_back(std::move(cells));
    rows.lines.push_back(reader.line_number());
  }
  rows.cells.insert(rows.cells.begin(), header);
  rows.lines.insert(rows.lines.begin(), 0);
  return rows;
}

Result<TableRows> read_lines(sources::ByteStream& stream) {
  TableRows rows;
  sources::LineReader reader(stream);
  std::string_view line;
  while (TRY(reader.next(line))) {
    if (trim(line).empty()) continue;
    rows.cells.push_back({std::string(trim(line))});
    rows.lines.push_back(reader.line_number());
  }
  return rows;
}

Result<TableRows> read_delimited(sources::ByteStream& stream, sources::CsvDialect dialect) {
  TableRows rows;
  sources::CsvReader reader(stream, dialect);
  sources::CsvRow row;
  while (TRY(reader.next(row))) {
    std::vector<std::string>& cells = rows.cells.emplace_back();
    for (const std::string_view cell : row.cells) cells.emplace_back(trim(cell));
    rows.lines.push_back(row.line);
  }
  return rows;
}

}  // namespace

Result<TableRows> read_table_rows(sources::OpenedFile& file, const std::function<bool(const std::vector<std::string>&)>& is_table) {
  if (file.encoding == "binary") {
    sources::Worksheet sheet = TRY(sources::load_worksheet(*file.stream));
    return TableRows{std::move(sheet.rows), std::move(sheet.row_numbers), false};
  }
  const std::string_view start = trim(file.sample);
  if (start.starts_with('{')) return read_json_lines(*file.stream, file.name);
  const sources::CsvDialect dialect = sources::sniff_dialect(file.sample);
  if (dialect.delimiter != '\0') {
    const auto first = sources::sample_rows(file.sample, dialect, file.complete, 1);
    if (dialect.delimiter == '\t' || is_table(first.empty() ? std::vector<std::string>() : first[0])) return read_delimited(*file.stream, dialect);
  }
  return read_lines(*file.stream);
}

}  // namespace jianwei::workflow
