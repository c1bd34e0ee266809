// Every kind of file becomes rows of cells first; which column is meant is asked of the rows alone.
#include "workflow/items/read_items.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/strings.h"
#include "records/unicode.h"
#include "sources/open.h"
#include "sources/tables/fields.h"
#include "workflow/items/table_rows.h"

namespace jianwei::workflow {
namespace {

constexpr std::array<std::string_view, 22> kTextNames = {"item", "items", "title", "topic", "technology", "technologies", "name", "text", "item_text", "technology item", "technology_item",
                                                         "技术", "技术名称", "技术项目", "技术课题", "课题", "题目", "标题", "名称", "项目名称", "科学技術トピック", "トピック"};
// Of a table in two languages, as `longlist show -o` writes it.
constexpr std::array<std::string_view, 6> kChineseNames = {"zh", "chinese", "中文", "中文名称", "name_zh", "title_zh"};
constexpr std::array<std::string_view, 6> kEnglishNames = {"en", "english", "英文", "英文名称", "name_en", "title_en"};
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

std::size_t longest_column(const TableRows& rows) {
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
  std::size_t english = std::string::npos;
  bool header = false;
};

Result<std::size_t> find_asked(const TableRows& rows, const std::string& file, const std::string& name) {
  const std::vector<std::string>& header = rows.cells.front();
  for (std::size_t c = 0; c < header.size(); ++c) {
    if (heading(header[c]) == heading(name)) return c;
  }
  return fail(ErrorKind::not_found, "{}: no column \"{}\"; there are: {}", file, name, join(header, ", "));
}

// A row that names columns of tables in general (id, year, organisation, ...): headings are short.
bool names_columns(const std::vector<std::string>& row) {
  if (row.size() < 2) return false;
  return std::any_of(row.begin(), row.end(), [](const std::string& cell) { return cell.size() <= 30 && sources::recognise_column(cell).has_value(); });
}

Result<Columns> choose_columns(const TableRows& rows, const std::string& file, const std::string& text_column, const std::string& field_column) {
  const std::vector<std::string>& header = rows.cells.front();
  Columns columns;
  columns.text = text_column.empty() ? find_named(header, kTextNames) : TRY(find_asked(rows, file, text_column));
  columns.field = field_column.empty() ? find_named(header, kFieldNames) : TRY(find_asked(rows, file, field_column));
  const std::size_t chinese = find_named(header, kChineseNames), english = find_named(header, kEnglishNames);
  if (text_column.empty() && english < header.size()) {
    // The other language stands in a column of that name, or under the plain name: 名称 beside 英文名称.
    const std::size_t other = chinese < header.size() ? chinese : columns.text;
    columns.text = other < header.size() ? other : english;
    if (columns.text != english) columns.english = english;
  } else if (text_column.empty() && chinese < header.size()) {
    columns.text = chinese;
  }
  columns.header = rows.has_header || columns.text < header.size() || columns.field < header.size() || names_columns(header);
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
    const TableRows rows = TRY(read_table_rows(file, [&](const std::vector<std::string>& first) {
      // A plain list whose items happen to hold commas is no table: a text file is one only when its first line is a heading.
      const bool plain_text = path.extension() == ".txt" || path.extension() == ".md";
      return !plain_text || find_named(first, kTextNames) < first.size() || find_named(first, kFieldNames) < first.size();
    }));
    if (rows.cells.empty()) return {};
    const Columns columns = TRY(choose_columns(rows, file.name, text_column, field_column));
    if (columns.header) {
      // The longest column may lie beyond a heading that names fewer.
      if (columns.text < rows.cells.front().size()) list.text_column = rows.cells.front()[columns.text];
      if (columns.field != std::string::npos) list.field_column = rows.cells.front()[columns.field];
    }
    for (std::size_t r = columns.header ? 1 : 0; r < rows.cells.size(); ++r) {
      const std::vector<std::string>& row = rows.cells[r];
      const auto cell = [&](std::size_t c) { return c < row.size() ? std::string(trim(row[c])) : std::string(); };
      std::string text = cell(columns.text);
      const std::string english = cell(columns.english);
      if (text.empty()) text = english;
      if (text.empty()) continue;
      if (!seen.insert(fold_case(text)).second) continue;
      std::int32_t field = -1;
      if (columns.field < row.size() && !trim(row[columns.field]).empty()) {
        const auto [place, fresh] = fields.try_emplace(std::string(trim(row[columns.field])), static_cast<std::int32_t>(fields.size()));
        if (fresh) list.field_names.push_back(place->first);
        field = place->second;
      }
      list.texts.push_back(std::move(text));
      list.english.push_back(english);
      list.lines.push_back(rows.lines[r]);
      list.field.push_back(field);
    }
    return {};
  }));
  if (list.texts.empty()) return fail(ErrorKind::invalid_input, "{}: no item found; expected one a line, or a table with a column of items, whose name may be given", path.string());
  if (list.field_names.empty()) list.field.clear();
  if (std::all_of(list.english.begin(), list.english.end(), [](const std::string& english) { return english.empty(); })) list.english.clear();
  return list;
}

}  // namespace jianwei::workflow
