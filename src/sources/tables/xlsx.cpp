// The workbook is a zip of XML parts: shared strings and styles first, then every sheet is turned into rows and the fullest one kept. Strings and rows are
// parsed one by one, so that beside the text of a part only the cells are held.
#include "sources/tables/xlsx.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <pugixml.hpp>

#include "base/date.h"
#include "base/strings.h"
#include "sources/tables/table_reader.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kMaxStoredBytes = std::size_t{256} << 20;
constexpr std::size_t kMaxInflatedBytes = std::size_t{256} << 20;
constexpr std::size_t kMaxCells = 10'000'000;  // empty ones before a filled one count: each takes 32 bytes
constexpr std::size_t kMaxColumns = 16384;  // of the format

using Parts = std::map<std::string, std::string>;

// Some programs write <x:row> for <row>.
void drop_prefix(std::string& xml) {
  const std::size_t declaration = xml.find("?>");
  const std::size_t open = xml.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", declaration == std::string::npos ? 0 : declaration);
  if (open == std::string::npos || open == 0 || xml[open - 1] != '<') return;
  const std::size_t end = xml.find_first_of(": >/", open);
  if (end == std::string::npos || xml[end] != ':') return;
  const std::string prefix = xml.substr(open, end - open + 1);
  xml = replace_all(replace_all(std::move(xml), "<" + prefix, "<"), "</" + prefix, "</");
}

// Parses each element of a name by itself and hands it over; it must not hold one of its own name.
Result<> for_each_element(std::string_view xml, const std::string& name, const std::function<Result<>(const pugi::xml_node&)>& visit) {
  const std::string open = "<" + name, close = "</" + name + ">";
  pugi::xml_document document;
  for (std::size_t at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at)) {
    const std::size_t next = at + open.size();
    if (next >= xml.size() || (xml[next] != '>' && xml[next] != '/' && !is_space(xml[next]))) {
      at = next;
      continue;
    }
    const std::size_t tag_end = xml.find('>', next);
    const bool empty = tag_end != std::string_view::npos && xml[tag_end - 1] == '/';
    const std::size_t last = empty ? tag_end : xml.find(close, next);
    if (tag_end == std::string_view::npos || last == std::string_view::npos) return fail(ErrorKind::corrupt, "<{}> has no end", name);
    const std::size_t end = last + (empty ? 1 : close.size());
    if (!document.load_buffer(xml.data() + at, end - at, pugi::parse_default | pugi::parse_ws_pcdata)) return fail(ErrorKind::corrupt, "<{}> is not XML", name);
    TRY(visit(document.first_child()));
    at = end;
  }
  return {};
}

std::string reason_of(archive* zip) {
  const char* text = archive_error_string(zip);
  return text == nullptr ? "unknown damage" : text;
}

Result<Parts> unzip(std::string& bytes) {
  std::unique_ptr<archive, decltype(&archive_read_free)> zip(archive_read_new(), archive_read_free);
  archive_read_support_format_zip(zip.get());
  if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) return fail(ErrorKind::corrupt, "not an Excel workbook: {}", reason_of(zip.get()));
  Parts parts;
  std::size_t total = 0;
  archive_entry* entry = nullptr;
  for (;;) {
    const int status = archive_read_next_header(zip.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status < ARCHIVE_WARN) return fail(ErrorKind::corrupt, "the workbook is damaged: {}", reason_of(zip.get()));
    const char* path = archive_entry_pathname(entry);
    const std::string_view name = path == nullptr ? "" : path;
    const bool wanted = name == "xl/workbook.xml" || name == "xl/sharedStrings.xml" || name == "xl/styles.xml" || name.starts_with("xl/worksheets/");
    if (!wanted || !name.ends_with(".xml")) continue;
    std::string& content = parts[std::string(name)];
    for (;;) {
      const std::size_t old = content.size();
      content.resize(old + (std::size_t{1} << 18));
      const auto count = archive_read_data(zip.get(), content.data() + old, std::size_t{1} << 18);
      content.resize(old + static_cast<std::size_t>(std::max<la_ssize_t>(0, count)));
      if (count < 0) return fail(ErrorKind::corrupt, "part {} of the workbook is damaged: {}", name, reason_of(zip.get()));
      if (count == 0) break;
      total += static_cast<std::size_t>(count);
      if (total > kMaxInflatedBytes) return fail(ErrorKind::invalid_input, "the workbook inflates to more than {} MiB: save the sheet as CSV, which is read row by row without a limit", kMaxInflatedBytes >> 20);
    }
    drop_prefix(content);
  }
  return parts;
}

bool parse_xml(pugi::xml_document& document, const Parts& parts, const std::string& name) {
  const auto part = parts.find(name);
  return part != parts.end() && document.load_buffer(part->second.data(), part->second.size(), pugi::parse_default | pugi::parse_ws_pcdata);
}

// The text of a string item: its <t>, or those of its runs; phonetic readings (<rPh>) left out.
std::string item_text(const pugi::xml_node& item) {
  std::string text;
  for (const pugi::xml_node& child : item.children()) {
    if (std::strcmp(child.name(), "t") == 0) text += child.text().get();
    if (std::strcmp(child.name(), "r") == 0) text += child.child("t").text().get();
  }
  return text;
}

Result<std::vector<std::string>> shared_strings(Parts& parts) {
  std::vector<std::string> strings;
  const auto part = parts.find("xl/sharedStrings.xml");
  if (part == parts.end()) return strings;
  TRY(for_each_element(part->second, "si", [&](const pugi::xml_node& item) -> Result<> {
    strings.push_back(item_text(item));
    return {};
  }));
  parts.erase(part);
  return strings;
}

// For each cell style whether it shows a date.
std::vector<bool> date_styles(const Parts& parts) {
  std::vector<bool> styles;
  pugi::xml_document document;
  if (!parse_xml(document, parts, "xl/styles.xml")) return styles;
  std::map<int, bool> custom;
  const pugi::xml_node sheet = document.child("styleSheet");
  for (const pugi::xml_node& format : sheet.child("numFmts").children("numFmt")) {
    const std::string code = to_lower_ascii(format.attribute("formatCode").value());
    custom[format.attribute("numFmtId").as_int()] = code.find('y') != std::string::npos || code.find("d") != std::string::npos ? code.find('0') == std::string::npos && code.find("red") == std::string::npos : false;
  }
  for (const pugi::xml_node& style : sheet.child("cellXfs").children("xf")) {
    const int id = style.attribute("numFmtId").as_int();
    const auto own = custom.find(id);
    styles.push_back(own != custom.end() ? own->second : (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58));
  }
  return styles;
}

// "BC12" -> 54
std::size_t column_of(std::string_view reference) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z' || column > kMaxColumns) break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
  }
  return column == 0 ? 0 : column - 1;
}

Result<Worksheet> parse_sheet(std::string_view xml, const std::vector<std::string>& strings, const std::vector<bool>& dates, bool from_1904) {
  Worksheet sheet;
  std::size_t held = 0, held_bytes = 0;
  TRY(for_each_element(xml, "row", [&](const pugi::xml_node& row) -> Result<> {
    std::vector<std::string> cells;
    std::size_t next = 0;
    for (const pugi::xml_node& cell : row.children("c")) {
      const char* reference = cell.attribute("r").value();
      const std::size_t column = *reference != '\0' ? column_of(reference) : next;
      if (column >= kMaxColumns) continue;
      next = column + 1;
      if (cells.size() <= column) cells.resize(column + 1);
      const std::string_view type = cell.attribute("t").value();
      std::string value = cell.child("v").text().get();
      if (type == "s") {
        const auto index = parse_int(value);
        value = index && *index >= 0 && static_cast<std::size_t>(*index) < strings.size() ? strings[static_cast<std::size_t>(*index)] : "";
      } else if (type == "inlineStr") {
        value = item_text(cell.child("is"));
      } else if (type == "e") {
        value.clear();  // #N/A, #REF!
      } else if (type.empty() || type == "n") {
        const auto style = static_cast<std::size_t>(cell.attribute("s").as_uint());
        if (style < dates.size() && dates[style]) {
          const auto days = parse_double(value);
          if (days && *days > 0 && *days < 1e5) {
            const Date date = parse_table_date(std::to_string(static_cast<std::int64_t>(*days) + (from_1904 ? 1462 : 0)), DateStyle::day_number, 2100);
            if (date.known()) value = to_string(date);
          }
        }
      }
      // A shared string stands once in the workbook however many cells show it.
      held_bytes += value.size();
      if (held_bytes > kMaxInflatedBytes) return fail(ErrorKind::invalid_input, "the cells of the sheet hold more than {} MiB of text: save it as CSV, which is read row by row without a limit", kMaxInflatedBytes >> 20);
      cells[column] = std::move(value);
    }
    while (!cells.empty() && cells.back().empty()) cells.pop_back();
    if (cells.empty()) return {};
    held += cells.size();
    if (held > kMaxCells) return fail(ErrorKind::invalid_input, "the sheet has more than {} cells: save it as CSV, which is read row by row without a limit", kMaxCells);
    cells.shrink_to_fit();
    sheet.rows.push_back(std::move(cells));
    sheet.row_numbers.push_back(row.attribute("r").as_llong(static_cast<long long>(sheet.rows.size())));
    return {};
  }));
  return sheet;
}

// The rows a table is recognised by.
std::vector<std::vector<std::string>> first_rows(const Worksheet& sheet) { return {sheet.rows.begin(), sheet.rows.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(400, sheet.rows.size()))}; }

const DatabaseTable* database_of_rows(std::span<const std::vector<std::string>> rows) {
  for (const DatabaseTable& candidate : database_tables()) {
    const HeaderPlace place = find_header(rows, &candidate);
    std::vector<std::string> keys;
    for (const std::string& name : rows[place.row]) keys.push_back(column_key(name));
    if (has_columns(candidate, keys)) return &candidate;
  }
  return nullptr;
}

}  // namespace

Result<std::string> workbook_bytes(ByteStream& stream) {
  std::string bytes;
  if (!TRY(read_all(stream, kMaxStoredBytes, bytes))) return fail(ErrorKind::invalid_input, "the workbook is larger than {} bytes: save the sheet as CSV", kMaxStoredBytes);
  return bytes;
}

Result<Worksheet> load_worksheet(ByteStream& stream) {
  std::string bytes = TRY(workbook_bytes(stream));
  Parts parts = TRY(unzip(bytes));
  bytes = {};
  const std::vector<std::string> strings = TRY(shared_strings(parts));
  const std::vector<bool> dates = date_styles(parts);
  pugi::xml_document workbook;
  const bool from_1904 = parse_xml(workbook, parts, "xl/workbook.xml") && workbook.child("workbook").child("workbookPr").attribute("date1904").as_bool();
  Worksheet best;
  std::size_t best_cells = 0;
  bool any = false;
  for (auto& [name, content] : parts) {
    if (!name.starts_with("xl/worksheets/")) continue;
    if (content.find("<worksheet") == std::string::npos) return fail(ErrorKind::corrupt, "part {} of the workbook is no sheet", name);
    Result<Worksheet> parsed = parse_sheet(content, strings, dates, from_1904);
    if (!parsed) return fail(parsed.error().kind, "part {} of the workbook: {}", name, parsed.error().message);
    content = {};
    Worksheet sheet = std::move(*parsed);
    std::size_t cells = 0;
    for (const auto& row : sheet.rows) cells += static_cast<std::size_t>(std::count_if(row.begin(), row.end(), [](const std::string& cell) { return !cell.empty(); }));
    if (!any || cells > best_cells) {
      best = std::move(sheet);
      best.name = name;
      best_cells = cells;
    }
    any = true;
  }
  if (!any) return fail(ErrorKind::invalid_input, "the workbook has no sheet");
  return best;
}

Result<> read_xlsx(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  const Worksheet sheet = TRY(load_worksheet(stream));
  if (sheet.rows.empty()) return {};
  const std::vector<std::vector<std::string>> first = first_rows(sheet);
  const DatabaseTable* table = database_of_rows(first);
  const HeaderPlace header = find_header(first, table);
  RowReader reader(sample_columns(first, header), table, options, "xlsx");
  if (!TRY(reader.begin(sink, header.found ? csv_line(sheet.rows[header.row]) : ""))) return {};
  for (std::size_t r = header.found ? header.row + 1 : 0; r < sheet.rows.size(); ++r) {
    const std::vector<std::string_view> cells(sheet.rows[r].begin(), sheet.rows[r].end());
    TRY(reader.row(cells, csv_line(sheet.rows[r]), sheet.row_numbers[r], false, sink));
    if (r % 1000 == 0) TRY(progress.check());
  }
  reader.end(sink);
  return {};
}

Result<SuggestedMapping> suggest_mapping_of_workbook(ByteStream& stream, std::string_view file_name) {
  const Worksheet sheet = TRY(load_worksheet(stream));
  const std::vector<std::vector<std::string>> first = first_rows(sheet);
  if (first.empty()) return fail(ErrorKind::invalid_input, "{}: the fullest sheet has no rows, so no columns to map", file_name);
  if (database_of_rows(first) != nullptr) return fail(ErrorKind::invalid_input, "{}: the columns of this database are known", file_name);
  SuggestedMapping suggestion = suggest_mapping(sample_columns(first, find_header(first, nullptr)));
  suggestion.mapping.source = collection_name(file_name);
  return suggestion;
}

}  // namespace jianwei::sources
