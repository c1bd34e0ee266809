// The technology lists that reports and issues follow: their accepted entries, as units of a run.
#pragma once

#include <vector>

#include "store/expert_db.h"
#include "workflow/report/report.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Lists with accepted entries, in the order in which they were made. A unit is the entry's topic or term, else its words; why, by and at are those of the last decision on an entry.
Result<std::vector<TechnologyList>> followed_lists(const Workspace& workspace);

// Lists that an older program kept in WS/routine.db become technology lists with accepted entries, once.
Result<> take_over_technologies(const std::filesystem::path& workspace_root, store::ExpertDb& db);

}  // namespace jianwei::workflow
