// The small part of a finished run that a question about emergence needs: terms, topics, their series, rank and why. It is stored beside the large
// stages, so that the answer does not wait for millions of documents to be read.
#pragma once

#include <optional>
#include <string>

#include "workflow/run/results.h"
#include "workflow/run/stages.h"

namespace jianwei::workflow {

// Stores the ranking of `result` with its run, beside the machine's own when judgements changed it.
Result<> save_ranking(StageStore& stages, const StudyResult& result);

// The ranking of the newest finished full run, as load_latest_run() gives it but without records, networks and the documents of units: of
// units.documents there are the offsets only, so that their differences still count documents. Falls back to load_latest_run() for runs
// that stored none. Time and memory O(terms * years). Errors: as load_latest_run()
Result<StudyResult> load_latest_ranking(Workspace& workspace);

// The same of one run as the machine gave it; nothing when it stored none.
Result<std::optional<StudyResult>> load_machine_ranking(Workspace& workspace, const store::RunRow& row);

}  // namespace jianwei::workflow
