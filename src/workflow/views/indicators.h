// Indicators of one unit over the years, or of all units in one year, as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflow/indicators/indicators.h"

namespace jianwei::workflow {

// Rows of `table` whose indicator is known, largest first by the end of the interval that is nearer to nothing: a large value that may be chance does
// not come first. At most `count`.
std::vector<std::size_t> order_by_indicator(const analysis::YearTable& table, analysis::Indicator indicator, std::size_t count);

// `indicators WS UNIT --json`, `indicators WS --json`
std::string unit_indicators_json(const StudyResult& result, const UnitYears& measured, Language language);
std::string indicators_json(const StudyResult& result, Unit unit, const analysis::YearTable& table, std::string_view sort, const std::vector<std::size_t>& rows, Language language);

}  // namespace jianwei::workflow
