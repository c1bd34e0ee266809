#include "workflow/standing/standing.h"

#include <algorithm>
#include <cmath>

#include "workflow/indicators/indicators.h"

namespace jianwei::workflow {

const std::string& actor_name(const StudyResult& result, Actor actor, std::int32_t id) {
  return (actor == Actor::country ? result.dataset.country_names : result.dataset.organisation_names)[static_cast<std::size_t>(id)];
}

Result<Standings> measure_standings(const StudyResult& result, Unit unit, Actor actor, std::int64_t window_years, double margin) {
  const analysis::IdLists& actors = actor == Actor::country ? result.dataset.countries : result.dataset.organisations;
  if (actors.values.empty()) return fail(ErrorKind::invalid_input, "no record of the run names {}", actor == Actor::country ? "a country" : "an organisation");
  const std::int16_t last = last_complete_year(result.results(unit));
  Standings standings;
  standings.actor = actor;
  standings.unit = unit;
  standings.options.window = {static_cast<std::int16_t>(last - window_years + 1), last};
  standings.options.margin = margin;
  const auto count = static_cast<std::int64_t>(actor == Actor::country ? result.dataset.country_names.size() : result.dataset.organisation_names.size());
  standings.units = analysis::actor_standings(result.dataset, result.results(unit).documents, actors, count, standings.options);
  return standings;
}

Result<products::Sheet> standing_sheet(const StudyResult& result, Actor actor) {
  const Standings standings = TRY(measure_standings(result, Unit::topic, actor, 5, 2.0 / 3.0));
  const std::string name = actor == Actor::country ? "country" : "organisation";
  products::Sheet sheet{actor == Actor::country ? "countries" : "organisations",
                        {"topic", "label", name, "first_year", "last_year", "documents_fractional", "documents", "share", "share_low", "share_high", "rta", "rta_low", "rta_high", "rsca", "ratio_to_strongest", "ratio_low", "ratio_high", "standing"}, {}};
  const auto finite = [](double value) -> products::Cell {
    if (!std::isfinite(value)) return std::monostate{};
    return value;
  };
  for (std::size_t u = 0; u < standings.units.size(); ++u) {
    for (const analysis::ActorStanding& row : standings.units[u].actors) {
      sheet.rows.push_back({result.topics[u].id, result.topics[u].label_en, actor_name(result, actor, row.actor), std::int64_t{standings.options.window.first}, std::int64_t{standings.options.window.last}, row.documents, row.whole_documents, row.share,
                            row.share_interval.low, row.share_interval.high, row.rta, row.rta_interval.low, row.rta_interval.high, row.rsca, finite(row.ratio), row.ratio_interval.low, finite(row.ratio_interval.high),
                            std::string(analysis::standing_name(row.standing))});
    }
  }
  return sheet;
}

}  // namespace jianwei::workflow
