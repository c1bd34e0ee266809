// The last stage of a run: its results corrected by the judgements that stand.
//
// The corrections are made anew at each load, which costs one pass over the documents; the numbers that follow from them (series, indicators, ranking) are
// kept as the artifact "judged", whose fingerprint is that of the machine's signals and of the standing judgements. So a judgement is seen by the next
// load without a run, an undone one leaves nothing behind, and a redone one gives the same bytes.
#pragma once

#include <string>

#include "base/progress.h"
#include "workflow/judgement/apply.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Corrects `result`, the machine's results of a stored run, and stores its ranking. Errors: corrupt, cancelled
Result<> judge_result(Workspace& workspace, std::int64_t run_row, const std::string& signals_fingerprint, StudyResult& result, Progress& progress);

// Corrects it by judgements of one's own choice and computes the numbers; nothing is stored. Errors: cancelled
Result<> correct_result(Workspace& workspace, std::span<const StandingJudgement> standing, StudyResult& result, Progress& progress);

// The judgements of the workspace that stand and change results.
Result<std::vector<StandingJudgement>> standing_judgements(const Workspace& workspace);

// Which records hold those of `ids` now that are no longer records of the result by themselves. Reads the snapshot of the result when some are missing.
Result<RecordAliases> record_aliases(const Workspace& workspace, const StudyResult& result, const std::vector<std::string>& ids);

}  // namespace jianwei::workflow
