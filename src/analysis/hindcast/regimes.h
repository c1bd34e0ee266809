// Where the ranking works and where not: by size, age, language and source of the units, and without the years of the pandemic.
#pragma once

#include <vector>

#include "analysis/hindcast/hindcast.h"

namespace jianwei::analysis {

// Regimes by name; `baseline` is a method's place in OriginResult::methods. Means over the origins that have a positive in the regime; a source needs 50 rows an origin on
// average. "outcome:without 2020-2022" leaves out origins whose outcome window touches those years, "outcome:with 2020-2022" keeps only them.
std::vector<Regime> find_regimes(const std::vector<OriginResult>& origins, std::size_t baseline, std::int64_t horizon_years);

}  // namespace jianwei::analysis
