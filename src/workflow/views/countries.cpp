#include "workflow/views/countries.h"

#include <algorithm>
#include <map>

#include "sources/live/http.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {

std::string_view to_string(Actor actor) { return actor == Actor::country ? "country" : "organisation"; }

std::vector<ActorOverview> actor_overviews(const Standings& standings) {
  std::map<std::int32_t, ActorOverview> overview;
  for (std::size_t u = 0; u < standings.units.size(); ++u) {
    for (const analysis::ActorStanding& row : standings.units[u].actors) {
      ActorOverview& actor = overview[row.actor];
      actor.actor = row.actor;
      actor.documents += row.documents;
      ++actor.standings[static_cast<std::size_t>(row.standing)];
      if (row.rta_interval.low > 1.0 && row.standing != analysis::Standing::few) actor.advantages.emplace_back(row.rta_interval.low, u);
    }
  }
  std::vector<ActorOverview> rows;
  for (auto& [actor, row] : overview) {
    std::stable_sort(row.advantages.begin(), row.advantages.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const ActorOverview& a, const ActorOverview& b) { return a.documents > b.documents; });
  return rows;
}

void write_actor_standing(JsonWriter& json, const StudyResult& result, const Standings& standings, const analysis::ActorStanding& row, std::string_view base, std::string_view unit) {
  const std::string& name = actor_name(result, standings.actor, row.actor);
  json.begin_object().field("name", name).field("documents_fractional", row.documents).field("documents", row.whole_documents).field("share", row.share);
  json.field("share_low", row.share_interval.low).field("share_high", row.share_interval.high);
  json.field("rta", row.rta).field("rta_low", row.rta_interval.low).field("rta_high", row.rta_interval.high).field("rsca", row.rsca).field("ratio_to_strongest", row.ratio).field("ratio_low", row.ratio_interval.low);
  json.field("ratio_high", row.ratio_interval.high).field("standing", analysis::standing_name(row.standing));
  if (!base.empty()) {
    const analysis::YearRange& window = standings.options.window;
    write_href(json, "documents_href", base, fmt::format("records?{}={}&{}={}&from={}&to={}", to_string(standings.unit), unit, to_string(standings.actor), sources::url_encode(name), window.first, window.last));
  }
  json.end_object();
}

void write_actor_overview(JsonWriter& json, const StudyResult& result, const Standings& standings, const ActorOverview& row, Language language, std::string_view base) {
  const std::string& name = actor_name(result, standings.actor, row.actor);
  json.begin_object().field("name", name).field("documents_fractional", row.documents).field("lead", row.count(analysis::Standing::lead)).field("par", row.count(analysis::Standing::par));
  json.field("follow", row.count(analysis::Standing::follow)).key("advantages").begin_array();
  for (const auto& [low, unit] : row.advantages) {
    const UnitReference reference{standings.unit, unit};
    json.begin_object().field("id", unit_id(result, reference)).field("label", unit_label(result, reference, language)).field("rta_low", low).end_object();
  }
  json.end_array();
  if (!base.empty()) write_href(json, "documents_href", base, fmt::format("records?{}={}", to_string(standings.actor), sources::url_encode(name)));
  json.end_object();
}

std::string unit_standing_json(const StudyResult& result, const Standings& standings, UnitReference reference, std::size_t count, Language language) {
  const analysis::UnitStanding& unit = standings.units[reference.index];
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("id", unit_id(result, reference)).field("label", unit_label(result, reference, language));
  json.field("by", to_string(standings.actor)).field("first_year", standings.options.window.first).field("last_year", standings.options.window.last).field("margin", standings.options.margin);
  json.field("documents_with_actor", unit.documents).key("actors").begin_array();
  for (std::size_t i = 0; i < std::min(count, unit.actors.size()); ++i) write_actor_standing(json, result, standings, unit.actors[i]);
  return json.end_array().end_object().text();
}

std::string standings_json(const StudyResult& result, const Standings& standings, const std::vector<ActorOverview>& rows, std::size_t count, Language language) {
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("by", to_string(standings.actor)).field("first_year", standings.options.window.first);
  json.field("last_year", standings.options.window.last).field("margin", standings.options.margin).key("actors").begin_array();
  for (std::size_t i = 0; i < std::min(count, rows.size()); ++i) write_actor_overview(json, result, standings, rows[i], language);
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
