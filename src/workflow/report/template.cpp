#include "workflow/report/template.h"

#include <algorithm>
#include <map>

#include "base/file.h"
#include "base/share.h"
#include "base/strings.h"
#include "base/toml.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {
namespace {

Result<> read_both(const std::string& path, const toml::table& table, const char* key, std::string& en, std::string& zh) {
  for (const auto& [language, text] : {std::pair{"en", &en}, std::pair{"zh", &zh}}) {
    const auto given = table[key][language].value<std::string>();
    if (!given || given->empty()) return fail(ErrorKind::invalid_input, "{}: [{}] needs \"{}\", a text", path, key, language);
    *text = *given;
  }
  return {};
}

Result<ReportTemplate> read_table(const std::filesystem::path& file, const toml::table& table) {
  const std::string path = file.string();
  ReportTemplate made;
  made.id = file.stem().string();
  for (const auto& [key, value] : table) {
    constexpr std::string_view kKnown[] = {"version", "rows", "sections", "title", "about"};
    if (std::find(std::begin(kKnown), std::end(kKnown), key.str()) == std::end(kKnown)) {
      return fail(ErrorKind::invalid_input, "{}:{}: a report template has no key \"{}\": version, rows, sections, [title], [about]", path, value.source().begin.line, key.str());
    }
  }
  made.version = table["version"].value_or<std::int64_t>(0);
  if (made.version < 1) return fail(ErrorKind::invalid_input, "{}: \"version\" must be a whole number from 1", path);
  made.rows = static_cast<std::int32_t>(table["rows"].value_or<std::int64_t>(25));
  if (made.rows < 1 || made.rows > 1000) return fail(ErrorKind::invalid_input, "{}: \"rows\" must be from 1 to 1000", path);
  TRY(read_both(path, table, "title", made.title_en, made.title_zh));
  TRY(read_both(path, table, "about", made.about_en, made.about_zh));
  const toml::array* sections = table["sections"].as_array();
  if (sections == nullptr || sections->empty()) return fail(ErrorKind::invalid_input, "{}: \"sections\" must name at least one section: {}", path, join(report_section_names(), ", "));
  for (const toml::node& section : *sections) {
    const std::string name = section.value_or<std::string>("");
    const std::vector<std::string>& known = report_section_names();
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return fail(ErrorKind::invalid_input, "{}:{}: there is no section \"{}\": {}", path, section.source().begin.line, name, join(known, ", "));
    }
    made.sections.push_back(name);
  }
  return made;
}

Result<> read_folder(const std::filesystem::path& folder, std::map<std::string, ReportTemplate>& templates) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".toml") continue;
    ReportTemplate made = TRY(read_report_template(entry.path(), TRY(read_file(entry.path()))));
    templates[made.id] = std::move(made);
  }
  return {};
}

}  // namespace

bool ReportTemplate::has(std::string_view section) const { return std::find(sections.begin(), sections.end(), section) != sections.end(); }

Result<ReportTemplate> read_report_template(const std::filesystem::path& path, const std::string& text) {
  try {
    return read_table(path, toml::parse(text, path.string()));
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid_input, "{}:{}: not TOML: {}", path.string(), error.source().begin.line, error.description());
  } catch (const std::invalid_argument& error) {
    return fail(ErrorKind::invalid_input, "{}: {}", path.string(), error.what());
  }
}

Result<std::vector<ReportTemplate>> report_templates(const std::filesystem::path& workspace) {
  std::map<std::string, ReportTemplate> templates;
  TRY(read_folder(TRY(share_file("report_templates/study.toml")).parent_path(), templates));
  TRY(read_folder(workspace / "report_templates", templates));
  std::vector<ReportTemplate> list;
  for (auto& [id, made] : templates) list.push_back(std::move(made));
  return list;
}

Result<ReportTemplate> find_report_template(const std::filesystem::path& workspace, std::string_view id) {
  std::string known;
  for (ReportTemplate& made : TRY(report_templates(workspace))) {
    if (made.id == id) return std::move(made);
    known += (known.empty() ? "" : ", ") + made.id;
  }
  return fail(ErrorKind::not_found, "there is no report template \"{}\": {}", id, known);
}

}  // namespace jianwei::workflow
