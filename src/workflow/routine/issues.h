// Issues of a report series: made, kept with their numbers and their frozen data version, set beside the one before.
//
// An issue is WS/reports/<series>-<number>/ (the report in its formats, numbers.json, the ids of its records), beside other reports, and one row of
// WS/routine.db. The row is written last: what a crash leaves behind has no row, and the next issue takes its place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "store/routine_db.h"
#include "workflow/report/report.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// "monthly-zh". Numbers of issues in two languages are two series, each with its own last issue.
std::string default_series(const ReportTemplate& form, Language language);

// What the template's sections ask for: data quality, lists, impact, the last issue of the series. Errors: those of the measures; cancelled
Result<ReportMaterial> gather_material(const Workspace& workspace, const StudyResult& result, const ReportTemplate& form, std::string_view series, Progress& progress);

struct IssueRequest {
  std::string report_template = "monthly";
  std::string series;                            // "" = default_series
  ReportOptions options;                         // top_count 0: the template's
  std::vector<std::string> formats = {"html"};   // html, pdf, docx, pptx
};

// Makes the next issue of the series from the run and keeps it. Errors: not_found, invalid_input, unavailable, conflict
Result<store::IssueRow> make_issue(Workspace& workspace, const StudyResult& result, const IssueRequest& request, Progress& progress);

Result<std::vector<store::IssueRow>> list_issues(const Workspace& workspace, std::string_view series);

// Errors: not_found
Result<store::IssueRow> find_issue(const Workspace& workspace, std::string_view id);  // "monthly-zh-0003"

// The numbers of an issue with its record ids. Errors: corrupt  its file of records is damaged or gone
Result<IssueNumbers> load_issue(const Workspace& workspace, const store::IssueRow& issue);

// What `number` of a series (0: the last) changed against the issue before it. Errors: not_found
Result<std::string> issue_difference_json(const Workspace& workspace, std::string_view series, std::int64_t number, std::int32_t rank_count);

}  // namespace jianwei::workflow
