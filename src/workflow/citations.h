// The references of a snapshot matched: cited works as nodes, and the records of the lake among them; grants matched to what they paid for.
#pragma once

#include "base/progress.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Writes lake/citations/<snapshot>.parquet from the snapshot's merged file: one row per distinct pair,
//   citing  key of the merged record     cited  key of the merged record it names, 0 when that lies outside the lake
//   relation  cites; funded_by (citing = the work, cited = the project)
//   node      number of the cited work, the same for every record that cites it; -1 for funded_by
//   label, year  of the cited work        rule   how it was matched ("" outside); of funded_by: the shared award number
// Memory O(references). Errors: cancelled; unavailable.
Result<> write_citations(const Workspace& workspace, const store::SnapshotRow& snapshot, int thread_count, Progress& progress);

}  // namespace jianwei::workflow
