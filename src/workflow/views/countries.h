// Who leads: countries or organisations in one unit, or over all topics, as JSON.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "workflow/indicators/indicators.h"
#include "workflow/standing/standing.h"

namespace jianwei::workflow {

// Where an actor stands over all units.
struct ActorOverview {
  std::int32_t actor = 0;
  double documents = 0.0;
  std::array<std::int64_t, 4> standings{};                  // by Standing
  std::vector<std::pair<double, std::size_t>> advantages;   // lower end of the RTA, unit: significant ones, largest first
  std::int64_t count(analysis::Standing standing) const { return standings[static_cast<std::size_t>(standing)]; }
};
// Most documents first.
std::vector<ActorOverview> actor_overviews(const Standings& standings);

// "country" or "organisation"
std::string_view to_string(Actor actor);

void write_actor_standing(JsonWriter& json, const StudyResult& result, const Standings& standings, const analysis::ActorStanding& row, std::string_view base = {}, std::string_view unit = {});
void write_actor_overview(JsonWriter& json, const StudyResult& result, const Standings& standings, const ActorOverview& row, Language language, std::string_view base = {});

// `countries WS TOPIC --json`, `countries WS --json`: at most `count` actors
std::string unit_standing_json(const StudyResult& result, const Standings& standings, UnitReference reference, std::size_t count, Language language);
std::string standings_json(const StudyResult& result, const Standings& standings, const std::vector<ActorOverview>& rows, std::size_t count, Language language);

}  // namespace jianwei::workflow
