#include "base/toml.h"

#include "workflow/seeds/seed_file.h"

#include <algorithm>

#include "base/strings.h"
#include "records/unicode.h"
#include "sources/open.h"
#include "sources/tables/csv.h"

namespace jianwei::workflow {
namespace {

Result<> add_term(std::vector<SeedList>& lists, std::string_view name, std::string_view term) {
  auto found = std::find_if(lists.begin(), lists.end(), [&](const SeedList& list) { return list.name == name; });
  if (found == lists.end()) found = lists.insert(lists.end(), SeedList{std::string(name), {}});
  if (std::find(found->terms.begin(), found->terms.end(), term) == found->terms.end()) found->terms.emplace_back(term);
  return {};
}

bool is_heading(std::string_view cell) {
  const std::string folded = fold_case(cell);
  return folded == "concept" || folded == "concepts" || folded == "概念" || folded == "概念名称";
}

Result<std::vector<SeedList>> read_table(const std::filesystem::path& path) {
  std::vector<SeedList> lists;
  TRY(sources::open_source(path, {}, [&](sources::OpenedFile& file) -> Result<> {
    if (file.encoding == "binary") return fail(ErrorKind::invalid_input, "{}: no text: give a TSV, CSV or TOML file", file.name);
    sources::CsvDialect dialect = sources::sniff_dialect(file.sample);
    if (file.sample.find('\t') != std::string::npos) dialect.delimiter = '\t';
    sources::CsvReader reader(*file.stream, dialect);
    sources::CsvRow row;
    bool first = true;
    while (TRY(reader.next(row))) {
      const std::string_view name = trim(row.cells[0]);
      const bool heading = std::exchange(first, false) && is_heading(name);
      if (heading || name.starts_with('#')) continue;
      if (name.empty()) return fail(ErrorKind::invalid_input, "{}:{}: the first column is empty: it names the concept", file.name, row.line);
      bool any = false;
      for (std::size_t c = 1; c < row.cells.size(); ++c) {
        for (const std::string& term : split_trimmed(row.cells[c], "|")) {
          TRY(add_term(lists, name, term));
          any = true;
        }
      }
      if (!any) return fail(ErrorKind::invalid_input, "{}:{}: the concept \"{}\" has no term: write its terms behind it, one a column", file.name, row.line, name);
    }
    return {};
  }));
  return lists;
}

Result<> add_array(std::vector<SeedList>& lists, const std::string& file, std::string_view name, const toml::node* terms, std::int64_t line) {
  const toml::array* array = terms != nullptr ? terms->as_array() : nullptr;
  if (trim(name).empty()) return fail(ErrorKind::invalid_input, "{}:{}: a concept without name: write name = \"...\"", file, line);
  if (array == nullptr || array->empty()) return fail(ErrorKind::invalid_input, "{}:{}: terms of \"{}\": expected a list of texts, [\"one\", \"two\"]", file, line, name);
  for (const toml::node& node : *array) {
    const std::optional<std::string> term = node.value<std::string>();
    if (!term || trim(*term).empty()) return fail(ErrorKind::invalid_input, "{}:{}: a term of \"{}\" is no text", file, node.source().begin.line, name);
    TRY(add_term(lists, trim(name), trim(*term)));
  }
  return {};
}

Result<std::vector<SeedList>> read_toml(const std::filesystem::path& path) {
  const std::string file = path.string();
  toml::table root;
  try {
    root = toml::parse_file(file);
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid_input, "{}:{}: not TOML: {}", file, error.source().begin.line, error.description());
  } catch (const std::invalid_argument& error) {
    return fail(ErrorKind::invalid_input, "{}: {}", file, error.what());
  }
  std::vector<SeedList> lists;
  for (const auto& [key, node] : root) {
    const std::int64_t line = node.source().begin.line;
    if (key.str() == "concepts" && node.is_table()) {
      // Names in the order of the file: tables are kept by name.
      std::vector<std::pair<std::int64_t, std::string>> names;
      for (const auto& [name, terms] : *node.as_table()) names.emplace_back(name.source().begin.line, name.str());
      std::sort(names.begin(), names.end());
      for (const auto& [number, name] : names) TRY(add_array(lists, file, name, node.as_table()->get(name), number));
    } else if (key.str() == "concept" && node.is_array_of_tables()) {
      for (const toml::node& entry : *node.as_array()) {
        const toml::table& table = *entry.as_table();
        TRY(add_array(lists, file, table["name"].value_or(std::string()), table.get("terms"), entry.source().begin.line));
      }
    } else {
      return fail(ErrorKind::invalid_input, "{}:{}: \"{}\": expected [concepts] with name = [\"term\", ...], or [[concept]] with name and terms", file, line, key.str());
    }
  }
  return lists;
}

}  // namespace

Result<std::vector<SeedList>> read_seeds(const std::filesystem::path& path) {
  if (path != "-" && !std::filesystem::exists(path)) return fail(ErrorKind::not_found, "{}: no such file; terms on the command line need --concept NAME", path.string());
  std::vector<SeedList> lists = TRY(path.extension() == ".toml" ? read_toml(path) : read_table(path));
  if (lists.empty()) return fail(ErrorKind::invalid_input, "{}: no concept; expected one a line: the concept, a tab, its terms", path.string());
  return lists;
}

}  // namespace jianwei::workflow
