// Every kind of file becomes rows of cells first; which column is meant is asked of the rows alone.
#include "workflow/items/read_items.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "base/strings.h"
#include "records/unicode.h"
#include "sources/open.h"
#include "sources/tables/csv.h"
#include "sources/tables/xlsx.h"

namespace jianwei::workflow {
namespace {

struct Rows {
  std::vector<std::vector<std::string>> cells;
  std::vector<std::int64_t> lines;
  bool has_header = false;  // JSON: the first row holds the keys
};

constexpr std::array<std::string_view, 22> kTextNames = {"item", "items", "title", "topic", "technology", "technologies", "name", "text", "item_text", "technology item", "technology_item",
                                                         "技术", "技术名称", "技术项目", "技术课题", "课题", "题目", "标题", "名称", "项目名称", "科学技術トピック", "トピック"};
constexpr std::array<std::string_view, 14> kFieldNames = {"field", "fields", "domain", "area", "category", "sector", "discipline", "领域", "技术领域", "分野", "类别", "学科", "方向", "分類"};

std::string heading(std::string_view cell) { return fold_case(std::string(trim(cell))); }

template <std::size_t N>
std::size_t find_named(const std::vector<std::string>& header, const std::array<std::string_view, N>& names) {
  for (const std::string_view name : names) {
    for (std::size_t c = 0; c < header.size(); ++c) {
      if (heading(header[c]) == name) return c;
    }
  }
  return header.size();
}

Result<Rows> read_json_lines(sources::ByteStream& stream, const std::string& name) {
  Rows rows;
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

Result<Rows> read_lines(sources::ByteStream& stream) {
  Rows rows;
  sources::LineReader reader(stream);
  std::string_view line;
  while (TRY(reader.next(line))) {
    if (trim(line).empty()) continue;
    rows.cells.push_back({std::string(trim(line))});
    rows.lines.push_back(reader.line_number());
  }
  return rows;
}

Result<Rows> read_delimited(sources::ByteStream& stream, sources::CsvDialect dialect) {
  Rows rows;
  sources::CsvReader reader(stream, dialect);
  sources::CsvRow row;
  while (TRY(reader.next(row))) {
    std::vector<std::string>& cells = rows.cells.emplace_back();
    for (const std::string_view cell : row.cells) cells.emplace_back(trim(cell));
    rows.lines.push_back(row.line);
  }
  return rows;
}

Result<Rows> read_rows(sources::OpenedFile& file, bool plain_text) {
  if (file.encoding == "binary") {
    sources::Worksheet sheet = TRY(sources::load_worksheet(*file.stream));
    return Rows{std::move(sheet.rows), std::move(sheet.row_numbers), false};
  }
  const std::string_view start = trim(file.sample);
  if (start.starts_with('{')) return read_json_lines(*file.stream, file.name);
  const sources::CsvDialect dialect = sources::sniff_dialect(file.sample);
  // A plain list whose items happen to hold commas is no table: a text file is one only when its first line is a heading.
  if (dialect.delimiter != '\0') {
    const auto first = sources::sample_rows(file.sample, dialect, file.complete, 1);
    const bool headed = !first.empty() && (find_named(first[0], kTextNames) < first[0].size() || find_named(first[0], kFieldNames) < first[0].size());
    if (!plain_text || headed || dialect.delimiter == '\t') return read_delimited(*file.stream, dialect);
  }
  return read_lines(*file.stream);
}

std::size_t longest_column(const Rows& rows) {
  std::vector<std::size_t> bytes;
  for (const std::vector<std::string>& row : rows.cells) {
    bytes.resize(std::max(bytes.size(), row.size()), 0);
    for (std::size_t c = 0; c < row.size(); ++c) bytes[c] += row[c].size();
  }
  return static_cast<std::size_t>(std::max_element(bytes.begin(), bytes.end()) - bytes.begin());
}

struct Columns {
  std::size_t text = 0;
  std::size_t field = std::string::npos;
  bool header = false;
};

Result<std::size_t> find_asked(const Rows& rows, const std::string& file, const std::string& name) {
  const std::vector<std::string>& header = rows.cells.front();
  for (std::size_t c = 0; c < header.size(); ++c) {
    if (heading(header[c]) == heading(name)) return c;
  }
  return fail(ErrorKind::not_found, "{}: no column \"{}\"; there are: {}", file, name, join(header, ", "));
}

Result<Columns> choose_columns(const Rows& rows, const std::string& file, const std::string& text_column, const std::string& field_column) {
  const std::vector<std::string>& header = rows.cells.front();
  Columns columns;
  columns.text = text_column.empty() ? find_named(header, kTextNames) : TRY(find_asked(rows, file, text_column));
  columns.field = field_column.empty() ? find_named(header, kFieldNames) : TRY(find_asked(rows, file, field_column));
  columns.header = rows.has_header || columns.text < header.size() || columns.field < header.size();
  if (columns.text >= header.size()) columns.text = longest_column(rows);
  if (columns.field >= header.size() || columns.field == columns.text) columns.field = std::string::npos;
  return columns;
}

}  // namespace

Result<ItemList> read_items(const std::filesystem::path& path, const std::string& text_column, const std::string& field_column) {
  ItemList list;
  list.file = path.string();
  std::set<std::string> seen;
  std::map<std::string, std::int32_t> fields;
  TRY(sources::open_source(path, {}, [&](sources::OpenedFile& file) -> Result<> {
    const Rows rows = TRY(read_rows(file, path.extension() == ".txt" || path.extension() == ".md"));
    if (rows.cells.empty()) return {};
    const Columns columns = TRY(choose_columns(rows, file.name, text_column, field_column));
    if (columns.header) {
      list.text_column = rows.cells.front()[columns.text];
      if (columns.field != std::string::npos) list.field_column = rows.cells.front()[columns.field];
    }
    for (std::size_t r = columns.header ? 1 : 0; r < rows.cells.size(); ++r) {
      const std::vector<std::string>& row = rows.cells[r];
      if (columns.text >= row.size() || trim(row[columns.text]).empty()) continue;
      std::string text(trim(row[columns.text]));
      if (!seen.insert(fold_case(text)).second) continue;
      std::int32_t field = -1;
      if (columns.field < row.size() && !trim(row[columns.field]).empty()) {
        const auto [place, fresh] = fields.try_emplace(std::string(trim(row[columns.field])), static_cast<std::int32_t>(fields.size()));
        if (fresh) list.field_names.push_back(place->first);
        field = place->second;
      }
      list.texts.push_back(std::move(text));
      list.lines.push_back(rows.lines[r]);
      list.field.push_back(field);
    }
    return {};
  }));
  if (list.texts.empty()) return fail(ErrorKind::invalid_input, "{}: no item found; expected one a line, or a table with a column of items (--column names it)", path.string());
  if (list.field_names.empty()) list.field.clear();
  return list;
}

}  // namespace jianwei::workflow
