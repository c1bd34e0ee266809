// From the results of a run to a report: which numbers, in which order, with which words.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/catalogue.h"
#include "base/progress.h"
#include "products/report/report.h"
#include "workflow/links/impact.h"
#include "workflow/report/issue_numbers.h"
#include "workflow/report/template.h"
#include "workflow/run/results.h"
#include "workflow/run/topic_checks.h"

namespace jianwei::workflow {

// An alert of the watch-lists, and what became of it.
struct ReportAlert {
  std::string id, unit_id, label, rule;
  std::int64_t year = 0;
  std::string verdict, why;  // "" = not scored yet
};

// What the data section shows that a run does not know: fill rates, merges, problems. Filled by the workspace.
// How many records have a field, and some that lack it.
struct FieldFill {
  std::string field;                                                // of kReportedFields
  double share = 0.0;                                               // of the merged records
  std::int64_t lacking = 0;                                         // merged records
  std::vector<std::string> examples;                                // ids of those that lack it, the first three hundred
};

struct DataQuality {
  std::int64_t source_record_count = 0;
  std::int64_t merged_record_count = 0;
  std::int64_t merge_count = 0;                                     // source records that joined another
  std::vector<FieldFill> fill;
  std::vector<std::string> problems;                                // sentences for people
  std::vector<ReportAlert> alerts;                                  // newest year first
};

// A technology list as issues follow it: terms and topics (technology_list/followed_lists.h).
struct TechnologyList {
  std::string name;
  std::vector<std::string> units;      // ids, labels or words
  std::string why, decided_by, decided_at;
};

// What the sections of a template need beyond the run. Filled by gather_material().
struct ReportMaterial {
  ReportTemplate form;
  DataQuality quality;
  std::vector<TechnologyList> technologies;
  std::optional<Impact> impact;        // measured when a section asks for it
  IssueNumbers numbers;                // of this report
  std::optional<IssueNumbers> last;    // of the issue before
};

struct ReportOptions {
  Language language = Language::en;
  std::int32_t top_count = 25;         // rows of the rankings
  std::optional<TopicQualitySheet> topic_quality;  // its coverage and stability are shown when it is given
  std::vector<std::string> units;      // that the sheets of technologies show; empty: those of the lists, else the topics that rise most
  std::vector<std::string> countries;  // of the comparison; empty: those with the most records
  std::string title;                   // instead of the study's and the template's
};

// Errors: not_found  a unit or country of the options is not in the run
Result<products::Report> build_report(const StudyResult& result, const ReportMaterial& material, const ReportOptions& options);
products::FrameWords frame_words(Language language);
const std::vector<std::string>& report_section_names();  // that a template may name

// Writes the report as the ending of the path says: .html, .pdf (by a headless Chromium, else WeasyPrint), .docx (by pandoc and rsvg-convert) or .pptx.
// Errors: invalid_input for another ending; unavailable when a program is missing: names it and the package
Result<> write_report(const products::Report& report, Language language, const std::filesystem::path& path, Progress& progress);

}  // namespace jianwei::workflow
