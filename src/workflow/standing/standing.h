// Who leads in the topics or terms of a run: countries or organisations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/indicators/standing.h"
#include "products/exporters/sheet.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

enum class Actor : std::uint8_t { country, organisation };

struct Standings {
  Actor actor = Actor::country;
  Unit unit = Unit::topic;
  analysis::StandingOptions options;
  std::vector<analysis::UnitStanding> units;  // [units]
};

// Over the last `window_years` complete years. Errors: invalid_input  the records name no such actor
Result<Standings> measure_standings(const StudyResult& result, Unit unit, Actor actor, std::int64_t window_years, double margin);
const std::string& actor_name(const StudyResult& result, Actor actor, std::int32_t id);

// A row a unit and actor: the sheets countries and organisations (of topics).
Result<products::Sheet> standing_sheet(const StudyResult& result, Actor actor);

}  // namespace jianwei::workflow
