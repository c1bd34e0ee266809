// The two halves of adding an expert (add_expert does both), for who adds many: the check against all that are known, and the entry itself.
#pragma once

#include <string_view>
#include <vector>

#include "workflow/expert_library/library.h"

namespace jianwei::workflow {

// The expert with the persons of the lake it may be. Errors: as add_expert
Result<Expert> check_new(const std::vector<Expert>& known, const People& people, Expert expert);
Result<Expert> add_checked(store::ExpertDb& db, Expert expert, std::string_view actor);

}  // namespace jianwei::workflow
