// Report templates: which sections stand in a report, in which order, under which title. Data files, so that a house can write its own.
//
// share/jianwei/report_templates/<id>.toml, and WS/report_templates/<id>.toml, which goes before a shipped one of the same name.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/result.h"

namespace jianwei::workflow {

struct ReportTemplate {
  std::string id;                      // the file's name
  std::int64_t version = 1;            // a new one when the sections, or what they count, change: numbers of two versions are not set side by side
  std::int32_t rows = 25;              // of the rankings
  std::string title_en, title_zh;
  std::string about_en, about_zh;      // what it is for
  std::vector<std::string> sections;   // names of report_section_names()

  const std::string& title(Language language) const { return language == Language::zh ? title_zh : title_en; }
  const std::string& about(Language language) const { return language == Language::zh ? about_zh : about_en; }
  bool has(std::string_view section) const;
};

inline constexpr std::string_view kStudyTemplate = "study";  // everything a run found

// By id. Errors: invalid_input  names the file and the key
Result<std::vector<ReportTemplate>> report_templates(const std::filesystem::path& workspace);
// Errors: not_found  lists what there is
Result<ReportTemplate> find_report_template(const std::filesystem::path& workspace, std::string_view id);

// Errors: invalid_input  `path` and the key that is missing, unknown or of the wrong kind
Result<ReportTemplate> read_report_template(const std::filesystem::path& path, const std::string& text);

}  // namespace jianwei::workflow
