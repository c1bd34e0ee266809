// From the results of a run to a report: which numbers, in which order, with which words.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/catalogue.h"
#include "base/progress.h"
#include "products/report/report.h"
#include "workflow/run/results.h"
#include "workflow/run/topic_checks.h"

namespace jianwei::workflow {

// What the data section shows that a run does not know: fill rates, merges, problems. Filled by the workspace.
// An alert of the watch-lists, and what became of it.
struct ReportAlert {
  std::string id, unit_id, label, rule;
  std::int64_t year = 0;
  std::string verdict, why;  // "" = not scored yet
};

struct DataQuality {
  std::int64_t source_record_count = 0;
  std::int64_t merged_record_count = 0;
  std::int64_t merge_count = 0;                                     // source records that joined another
  std::vector<std::pair<std::string, double>> fill;                 // field -> share
  std::vector<std::string> problems;                                // sentences for people
  std::vector<ReportAlert> alerts;                                  // newest year first
};

struct ReportOptions {
  Language language = Language::en;
  std::int32_t top_count = 25;   // rows of the rankings
  std::optional<TopicQualitySheet> topic_quality;  // its coverage and stability are shown when it is given
};

products::Report build_report(const StudyResult& result, const DataQuality& quality, const ReportOptions& options);
products::FrameWords frame_words(Language language);

// Writes the report as the ending of the path says: .html, .pdf (by a headless Chromium, else WeasyPrint) or .docx (by pandoc and rsvg-convert).
// Errors: invalid_input for another ending; unavailable when a program is missing: names it and the package
Result<> write_report(const products::Report& report, Language language, const std::filesystem::path& path, Progress& progress);

}  // namespace jianwei::workflow
