// Bursts of terms, as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

// Heaviest first, those of a false-discovery rate up to `max_q`, at most `count`.
std::vector<const analysis::UnitBurst*> choose_bursts(const StudyResult& result, double max_q, std::size_t count);

void write_burst(JsonWriter& json, const StudyResult& result, const analysis::UnitBurst& burst, std::string_view base = {});

// `bursts --json`
std::string bursts_json(const StudyResult& result, const std::vector<const analysis::UnitBurst*>& bursts);

}  // namespace jianwei::workflow
