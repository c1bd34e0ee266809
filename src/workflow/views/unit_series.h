// The years of a unit with the band of its forecast, and beside it how such forecasts did in the past.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "workflow/views/result_index.h"

namespace jianwei::workflow {

// The year counts of a unit, complete years only: for sparklines.
void write_spark(JsonWriter& json, const StudyResult& result, Unit unit, std::size_t u);

// {"id","label","unit","years":[{year, documents, corpus, share, complete}],"forecast","s_curve","growth","backtest":{level, coverage, tested},"hindcast"}
std::string unit_series_json(const ResultIndex& index, Unit unit, std::size_t u, Language language, std::string_view base);

}  // namespace jianwei::workflow
