// A page that is one table, as databases save "Excel" files (.xls): the rows of <tr> become those of a CSV text.
#include "sources/tables/html_table.h"

#include <algorithm>

#include "base/strings.h"
#include "sources/bytes/memory_stream.h"
#include "sources/documents/html.h"
#include "sources/tables/csv.h"
#include "sources/tables/fields.h"
#include "sources/tables/table_reader.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kMaxPageBytes = std::size_t{64} << 20;

// Where the next start tag of a name begins; npos when there is none.
std::size_t find_tag(std::string_view html, std::string_view name, std::size_t from) {
  for (std::size_t at = html.find('<', from); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::string_view rest = html.substr(at + 1);
    if (rest.size() <= name.size() || !equals_ignore_case(rest.substr(0, name.size()), name)) continue;
    if (rest[name.size()] == '>' || is_space(rest[name.size()])) return at;
  }
  return std::string_view::npos;
}

std::vector<std::string> cells_of(std::string_view row) {
  std::vector<std::string> cells;
  std::size_t at = std::min(find_tag(row, "td", 0), find_tag(row, "th", 0));
  while (at != std::string_view::npos) {
    const std::size_t next = std::min(find_tag(row, "td", at + 1), find_tag(row, "th", at + 1));
    const std::string_view cell = row.substr(at, next == std::string_view::npos ? next : next - at);
    const std::size_t begin = cell.find('>');
    cells.emplace_back(begin == std::string_view::npos ? "" : trim(documents::html_to_text(cell.substr(begin + 1))));
    at = next;
  }
  return cells;
}

std::vector<std::vector<std::string>> rows_of(std::string_view html, std::size_t most) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t at = find_tag(html, "tr", 0); at != std::string_view::npos && rows.size() < most;) {
    const std::size_t next = find_tag(html, "tr", at + 1);
    std::vector<std::string> cells = cells_of(html.substr(at, next == std::string_view::npos ? next : next - at));
    if (!cells.empty()) rows.push_back(std::move(cells));
    at = next;
  }
  return rows;
}

}  // namespace

double recognise_html_table(const Sample& sample) {
  const std::string_view start = trim(sample.text.substr(0, 1024));
  if (!start.starts_with('<') || find_tag(sample.text, "table", 0) == std::string_view::npos) return 0;
  const auto rows = rows_of(sample.text, 20);
  const HeaderPlace header = find_header(rows, nullptr);
  if (!header.found || header.row + 1 >= rows.size() || rows[header.row].size() < 3) return 0;
  std::size_t known = 0;
  bool title = false;
  for (const std::string& cell : rows[header.row]) {
    const auto meaning = recognise_column(cell);
    known += meaning.has_value() ? 1 : 0;
    title |= meaning && meaning->field == Field::title;
  }
  // A page with a table in it names a column or two; an export most of them.
  return title && known * 2 > rows[header.row].size() && rows[header.row + 1].size() == rows[header.row].size() ? 0.9 : 0;
}

Result<> read_html_table(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  std::string html;
  for (std::string block(std::size_t{1} << 18, '\0');;) {
    const std::size_t count = TRY(stream.read(block.data(), block.size()));
    if (count == 0) break;
    html.append(block, 0, count);
    if (html.size() > kMaxPageBytes) return fail(ErrorKind::invalid_input, "the table is larger than {} MiB: save it as CSV, which is read row by row without a limit", kMaxPageBytes >> 20);
  }
  std::string csv;
  for (const auto& row : rows_of(html, std::string::npos)) csv += csv_line(row) + '\n';
  html.clear();
  CsvDialect dialect;
  const DatabaseTable* table = recognise_database(csv, true, dialect);
  MemoryStream rows(std::move(csv));
  return read_delimited(rows, options, table, sink, progress);
}

}  // namespace jianwei::sources
