// What is in a workspace and how complete it is: by field and source, by year and source, and what looks wrong, each number with its records.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "workflow/status.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct SourceFill {
  std::string source;
  std::int64_t records = 0;
  std::array<std::int64_t, kReportedFields.size()> filled{};
};

struct DataIssue {
  std::string id;                     // no_title, no_abstract, ..., future_year, same_title
  std::string severity;               // error, warning, note
  std::int64_t count = 0;             // records
  std::vector<std::string> examples;  // record ids, the first twenty by id
};

struct DataProfile {
  WorkspaceStatus status;
  std::string snapshot_path;          // of the merged records, relative to the workspace; "" without records
  std::vector<std::pair<std::pair<std::int64_t, std::string>, std::int64_t>> years;  // (year, source) -> records, by year and source; 0 = unknown
  std::vector<SourceFill> sources;    // most records first
  std::vector<DataIssue> issues;      // those with records, by severity
  std::string last_import;            // "" = none
};

// Works without records. Errors: corrupt
Result<DataProfile> profile_data(const Workspace& workspace);

// Records of one issue, `limit` from `offset` on, by id. Errors: not_found  no such issue
struct IssueRecord {
  std::string id, title;
  std::int64_t year = 0;
};
Result<std::vector<IssueRecord>> issue_records(const Workspace& workspace, const DataProfile& profile, std::string_view issue, std::int64_t offset, std::int64_t limit);
std::int64_t issue_count(const DataProfile& profile, std::string_view issue);  // 0: none, or no such issue

// {"snapshot","records","fields":[...],"sources":[{source, records, filled:[...]}],"issues":[...],"problems":[...],...}
std::string quality_json(const DataProfile& profile, std::string_view base);

}  // namespace jianwei::workflow
