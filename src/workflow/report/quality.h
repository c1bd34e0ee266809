// What the data section of a report says of the workspace.
#pragma once

#include "workflow/report/report.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

// Fill rates over the merged records of the newest snapshot, counts and warnings of the imports. Errors: not_found, corrupt
Result<DataQuality> measure_quality(const Workspace& workspace);

}  // namespace jianwei::workflow
