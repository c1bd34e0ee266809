// What a hindcast says of the ranking in one sentence.
#pragma once

#include <string_view>

#include "workflow/report/sections.h"

namespace jianwei::workflow {

// Message key of what the interval says of the ranking against its best baseline: hindcast.above, hindcast.below, or hindcast.within_chance when it touches 0 at the three digits shown.
std::string_view verdict_key(const HindcastSummary& hindcast);

}  // namespace jianwei::workflow
