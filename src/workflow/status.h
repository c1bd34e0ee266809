// What is in a workspace, counted on its newest snapshot.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/record.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

struct WorkspaceStatus {
  std::string name, snapshot_id, snapshot_created_at;
  std::int64_t record_count = 0;         // merged: real-world works
  std::int64_t source_record_count = 0;  // live source records
  std::int64_t stored_row_count = 0;     // with superseded versions
  std::int64_t link_count = 0;           // between source records
  std::int64_t rejected_count = 0;
  std::int64_t repeat_count = 0;         // exact repeats met at import
  std::int64_t file_count = 0, batch_count = 0;
  std::map<std::string, std::int64_t> kinds, languages;  // "" = unknown
  std::map<std::int64_t, std::int64_t> years;            // 0 = unknown
  std::vector<std::pair<std::string, std::int64_t>> sources;  // merged records each source tells of, most first
  std::array<std::int64_t, kReportedFields.size()> filled{};
  std::vector<std::string> problems;  // in plain words: rejects, silent gaps, records newer than the snapshot
};

// SQL conditions on a merged record, one per entry of kReportedFields: whether it fills the field, as filled_fields() says it. May be NULL for no.
std::span<const std::string_view> filled_conditions();

// Works on an empty workspace, too. Errors: corrupt
Result<WorkspaceStatus> workspace_status(const Workspace& workspace);

// `status --json`: {"records":{"work":n,...},"sources":[{"name","records"}],"years":{"2015":n},"languages":{},"fields":{},"snapshot":"id",...}.
std::string to_json(const WorkspaceStatus& status);
std::string to_text(const WorkspaceStatus& status, std::string_view language);

}  // namespace jianwei::workflow
