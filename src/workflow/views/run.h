// What a run did, as JSON.
#pragma once

#include <string>

#include "workflow/run/results.h"

namespace jianwei::workflow {

// `run --json`
std::string run_json(const StudyResult& result);

}  // namespace jianwei::workflow
