// The numbers of one issue of a report series, and what differs between two issues. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

struct IssueUnit {
  Unit unit = Unit::topic;
  std::string id, label_en, label_zh;
  std::int32_t rank = 0;               // of emergence; 0 = no candidate
  std::int64_t documents = 0, recent = 0;
  double score = 0.0;
  std::vector<std::string> examples;   // ids of its first documents: what is still there when the unit is gone

  const std::string& label(Language language) const { return language == Language::zh ? label_zh : label_en; }
};

struct IssueNumbers {
  std::int64_t number = 0;             // of the issue in its series
  std::string report_template;
  std::int64_t template_version = 0;
  std::string run_id, snapshot_id, created;
  std::int64_t documents = 0, terms = 0;
  std::vector<IssueUnit> units;        // all topics; terms of the first ranks and those on lists
  std::vector<std::string> alerts;     // ids
  std::vector<std::string> records;    // ids of all documents, sorted; not part of the JSON
};

// `listed`: terms kept whatever their rank, by index.
IssueNumbers issue_numbers(const StudyResult& result, const std::vector<std::int32_t>& listed);
std::string to_json(const IssueNumbers& numbers);
Result<IssueNumbers> read_issue_numbers(std::string_view json);

struct UnitChange {
  IssueUnit before, after;             // one of them without an id: new, or gone
  bool appeared() const { return before.id.empty(); }
  bool vanished() const { return after.id.empty(); }
};

struct IssueDifference {
  bool same_data = false;              // the same records, whatever was computed from them
  bool comparable = true;              // false: another version of the template
  std::vector<std::string> new_records, gone_records;  // sorted
  std::vector<UnitChange> topics;      // new ones, gone ones, then those whose documents or rank changed: largest change of documents first
  std::vector<UnitChange> terms;       // of the first `rank_count` of either issue: entered, left, moved; best rank now first
  std::vector<std::string> new_alerts;
};
IssueDifference compare_issues(const IssueNumbers& before, const IssueNumbers& after, std::int32_t rank_count);

}  // namespace jianwei::workflow
