// The first page: what there is, and what emerges.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "workflow/views/data_profile.h"
#include "workflow/views/result_index.h"

namespace jianwei::workflow {

// What people said and what waits for them.
struct OverviewCounts {
  std::int64_t judgements = 0, open_conflicts = 0, open_alerts = 0;
};

// `index` null: no run yet. {"records","records_by_kind","sources","years":[{year,count,by_source}],"topics","terms",...,"emerging":[five topics]}
std::string overview_json(const DataProfile& profile, const ResultIndex* index, const OverviewCounts& counts, Language language, std::string_view base);

}  // namespace jianwei::workflow
