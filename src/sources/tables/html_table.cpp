// A page that is one table, as databases save "Excel" files (.xls): the rows of <tr> become those of a CSV text.
#include "sources/tables/html_table.h"

#include <initializer_list>

#include "base/strings.h"
#include "sources/bytes/memory_stream.h"
#include "sources/documents/html.h"
#include "sources/tables/csv.h"
#include "sources/tables/fields.h"
#include "sources/tables/table_reader.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kSampleRows = 20;
constexpr std::size_t kMaxPageBytes = std::size_t{64} << 20;

// Where the next start tag of one of these names begins; npos when there is none.
std::size_t find_tag(std::string_view html, std::initializer_list<std::string_view> names, std::size_t from) {
  for (std::size_t at = html.find('<', from); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::string_view rest = html.substr(at + 1);
    for (const std::string_view name : names) {
      if (rest.size() <= name.size() || !equals_ignore_case(rest.substr(0, name.size()), name)) continue;
      if (rest[name.size()] == '>' || is_space(rest[name.size()])) return at;
    }
  }
  return std::string_view::npos;
}

std::vector<std::string> cells_of(std::string_view row) {
  std::vector<std::string> cells;
  std::size_t at = find_tag(row, {"td", "th"}, 0);
  while (at != std::string_view::npos) {
    const std::size_t next = find_tag(row, {"td", "th"}, at + 1);
    const std::string_view cell = row.substr(at, next == std::string_view::npos ? next : next - at);
    const std::size_t begin = cell.find('>');
    cells.emplace_back(begin == std::string_view::npos ? "" : trim(documents::html_to_text(cell.substr(begin + 1))));
    at = next;
  }
  return cells;
}

// The cells of the row that begins at `at`, which moves to the next one.
std::vector<std::string> next_row(std::string_view html, std::size_t& at) {
  const std::size_t begin = at;
  at = find_tag(html, {"tr"}, begin + 1);
  return cells_of(html.substr(begin, at == std::string_view::npos ? at : at - begin));
}

}  // namespace

double recognise_html_table(const Sample& sample) {
  const std::string_view start = trim(sample.text.substr(0, 1024));
  if (!start.starts_with('<') || find_tag(sample.text, {"table"}, 0) == std::string_view::npos) return 0;
  std::vector<std::vector<std::string>> rows;
  for (std::size_t at = find_tag(sample.text, {"tr"}, 0); at != std::string_view::npos && rows.size() < kSampleRows;) {
    std::vector<std::string> cells = next_row(sample.text, at);
    if (!cells.empty()) rows.push_back(std::move(cells));
  }
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
  if (!TRY(read_all(stream, kMaxPageBytes, html))) return fail(ErrorKind::invalid_input, "the table is larger than {} MiB: save it as CSV, which is read row by row without a limit", kMaxPageBytes >> 20);
  std::string csv;
  for (std::size_t at = find_tag(html, {"tr"}, 0); at != std::string_view::npos;) {
    TRY(progress.check());
    const std::vector<std::string> cells = next_row(html, at);
    if (!cells.empty()) csv += csv_line(cells) + '\n';
  }
  html.clear();
  CsvDialect dialect;
  const DatabaseTable* table = recognise_database(csv, true, dialect);
  MemoryStream rows(std::move(csv));
  return read_delimited(rows, options, table, sink, progress);
}

}  // namespace jianwei::sources
