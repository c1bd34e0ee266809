#include "analysis/indicators/standing.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace jianwei::analysis {

namespace {

std::vector<std::int32_t> distinct_actors(const IdLists& actors, std::int32_t document) {
  const auto row = actors.row(document);
  std::vector<std::int32_t> distinct(row.begin(), row.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  return distinct;
}

Interval ratio_interval(double own, double other) {
  const Interval share = wilson_interval(own, own + other);
  const auto ratio = [](double p) { return p < 1.0 ? p / (1.0 - p) : std::numeric_limits<double>::infinity(); };
  return {ratio(share.low), ratio(share.high)};
}

// The rows of one unit from its counts by actor; `world` [actors] are the counts over all documents of the window, `world_sum` their sum.
void fill(UnitStanding& unit, const std::vector<double>& world, double world_sum, const StandingOptions& options) {
  std::stable_sort(unit.actors.begin(), unit.actors.end(), [](const ActorStanding& a, const ActorStanding& b) { return a.documents != b.documents ? a.documents > b.documents : a.actor < b.actor; });
  for (const ActorStanding& actor : unit.actors) unit.documents += actor.documents;
  for (std::size_t i = 0; i < unit.actors.size(); ++i) {
    ActorStanding& actor = unit.actors[i];
    actor.share = actor.documents / unit.documents;
    actor.share_interval = wilson_interval(actor.documents, unit.documents);
    const double expected = unit.documents * world[static_cast<std::size_t>(actor.actor)] / world_sum;
    const Interval limits = poisson_interval(actor.documents);
    actor.rta = actor.documents / expected;
    actor.rta_interval = {limits.low / expected, limits.high / expected};
    actor.rsca = (actor.rta - 1.0) / (actor.rta + 1.0);
    const double strongest = unit.actors.size() < 2 ? 0.0 : unit.actors[i == 0 ? 1 : 0].documents;
    actor.ratio = strongest > 0.0 ? actor.documents / strongest : std::numeric_limits<double>::infinity();
    actor.ratio_interval = ratio_interval(actor.documents, strongest);
    if (actor.documents < options.min_documents) continue;
    actor.standing = actor.ratio_interval.low > 1.0 ? Standing::lead : actor.ratio_interval.high < options.margin ? Standing::follow : Standing::par;
  }
}

}  // namespace

std::string_view standing_name(Standing standing) {
  switch (standing) {
    case Standing::few: return "few";
    case Standing::follow: return "follow";
    case Standing::par: return "par";
    case Standing::lead: return "lead";
  }
  return "few";
}

std::vector<UnitStanding> actor_standings(const Dataset& dataset, const UnitDocuments& units, const IdLists& actors, std::int64_t actor_count, const StandingOptions& options) {
  std::vector<UnitStanding> standings(static_cast<std::size_t>(units.unit_count()));
  if (actors.offsets.size() != dataset.year.size() + 1) return standings;
  const auto in_window = [&](std::size_t d) { return dataset.year[d] >= options.window.first && dataset.year[d] <= options.window.last; };
  std::vector<double> world(static_cast<std::size_t>(actor_count), 0.0), own = world;
  std::vector<std::int64_t> whole(world.size(), 0);
  double world_sum = 0.0;
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    if (!in_window(d)) continue;
    const std::vector<std::int32_t> named = distinct_actors(actors, static_cast<std::int32_t>(d));
    for (const std::int32_t actor : named) world[static_cast<std::size_t>(actor)] += 1.0 / static_cast<double>(named.size());
    world_sum += named.empty() ? 0.0 : 1.0;
  }
  for (std::size_t u = 0; u < standings.size(); ++u) {
    std::vector<std::int32_t> touched;
    for (auto e = static_cast<std::size_t>(units.offsets[u]); e < static_cast<std::size_t>(units.offsets[u + 1]); ++e) {
      const std::int32_t d = units.documents[e];
      if (!in_window(static_cast<std::size_t>(d))) continue;
      const std::vector<std::int32_t> named = distinct_actors(actors, d);
      for (const std::int32_t actor : named) {
        if (whole[static_cast<std::size_t>(actor)]++ == 0) touched.push_back(actor);
        own[static_cast<std::size_t>(actor)] += static_cast<double>(units.weights[e]) / static_cast<double>(named.size());
      }
    }
    for (const std::int32_t actor : touched) {
      ActorStanding standing;
      standing.actor = actor;
      standing.documents = own[static_cast<std::size_t>(actor)];
      standing.whole_documents = whole[static_cast<std::size_t>(actor)];
      standings[u].actors.push_back(standing);
      own[static_cast<std::size_t>(actor)] = 0.0;
      whole[static_cast<std::size_t>(actor)] = 0;
    }
    fill(standings[u], world, world_sum, options);
  }
  return standings;
}

}  // namespace jianwei::analysis
