// Snapshots: the live source records resolved into real-world works, each in one row of lake/merged/<id>.parquet, with the links that say why.
//
// A snapshot's id names its content (live records, people's decisions, version of the rules): the same content, the same id, at no cost.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Brings the newest snapshot up to date and returns it; the one before it is kept, older ones that no run names are removed.
// Errors: not_found when there are no records; cancelled; unavailable (disk full): the former snapshot stays the newest then.
Result<store::SnapshotRow> update_snapshot(Workspace& workspace, int thread_count, Progress& progress);

// A link between two source records, from lake/links/<id>.parquet.
struct StoredLink {
  std::uint64_t key_a = 0, key_b = 0;  // key_a < key_b
  std::string kind;                    // same, version
  std::string rule;
  double score = 1.0;
  std::string evidence;
};
Result<std::vector<StoredLink>> read_links(const Workspace& workspace, const store::SnapshotRow& snapshot);

}  // namespace jianwei::workflow
