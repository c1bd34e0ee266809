// Merges undone by people, and merges handed out.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "workflow/snapshot.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Tells source records apart for good: the decision is stored and holds at every later import.
//   a and b     these two are different things
//   a alone     a source record: it is none of the others it was merged with; the id of a merged record: all its members are different things
// Errors: not_found; invalid_input when the two were not merged, or the record has one member only
Result<store::SnapshotRow> unmerge(Workspace& workspace, std::string_view a, std::string_view b, std::string_view reason, std::string_view decided_by,
                                   int thread_count, Progress& progress);

// A pair of source records inside one merged record, each named by its source's own id, or by its id here when it has none.
struct MergedPair {
  std::string record_a, record_b;
  std::string rule;    // "transitive" when the two were not linked directly
  double score = 1.0;  // of the direct link; of a transitive pair the lowest score inside the cluster
};

// Every pair inside every cluster. Sorted by (record_a, record_b).
Result<std::vector<MergedPair>> merged_pairs(const Workspace& workspace);
// CSV: record_a,record_b,rule,score.
std::string to_csv(const std::vector<MergedPair>& pairs);

}  // namespace jianwei::workflow
