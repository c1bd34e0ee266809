// Which kind of source takes a unit up first, as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "workflow/lag/lag.h"

namespace jianwei::workflow {

// Units that more than one kind carries, in the order of the ranking, at most `count`.
std::vector<std::size_t> lag_units(const StudyResult& result, const analysis::SourceLags& lags, Unit unit, std::size_t count);

// `lag --json`
std::string lag_json(const StudyResult& result, const analysis::SourceLags& lags, Unit unit, const std::vector<std::size_t>& shown, double support, Language language, std::string_view base = {});

}  // namespace jianwei::workflow
