// Who leads in a unit: share, specialisation and standing of countries or organisations, counted fractionally.
//
//   x_ij   documents of unit j with actor i in the window: a document with k actors counts 1/k for each, times its weight in the unit
//   share  x_ij / sum_i x_ij, Wilson
//   RTA    (x_ij / sum_i x_ij) / (x_i / sum_i x_i): revealed technological advantage, of papers the activity index; interval: Garwood's limits of x_ij over
//          the x_ij expected; RSCA = (RTA - 1) / (RTA + 1), in [-1, 1)
//   ratio  x_ij / x_bj, b the strongest other actor; interval: Wilson of x_ij / (x_ij + x_bj), turned into a ratio
//   lead (领跑)  the ratio's interval lies above 1        follow (跟跑)  below `margin`        par (并跑)  else        few  x_ij < min_documents
// Documents that name no actor count nowhere.
//
// Source: Soete and Wyatt (1983), doi:10.1007/BF02095319 (RTA); Frame (1977), activity index; Laursen (2015), doi:10.1007/s40821-015-0017-1 (RSCA);
//         Waltman and van Eck (2015), doi:10.1016/j.joi.2015.08.001 (fractional counting). Standing: own rule.   Page: docs/methods/standing.md
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/dataset.h"
#include "analysis/indicators/intervals.h"

namespace jianwei::analysis {

enum class Standing : std::int8_t { few, follow, par, lead };
std::string_view standing_name(Standing standing);

struct StandingOptions {
  YearRange window;
  double margin = 2.0 / 3.0;      // (0, 1]: from which ratio to the strongest on one still keeps pace
  double min_documents = 3.0;     // fractional
};

struct ActorStanding {
  std::int32_t actor = 0;
  double documents = 0.0;         // x_ij
  std::int64_t whole_documents = 0;
  double share = 0.0;
  Interval share_interval;
  double rta = 0.0;
  Interval rta_interval;
  double rsca = -1.0;
  double ratio = 0.0;             // to the strongest other; infinity when it is alone
  Interval ratio_interval;
  Standing standing = Standing::few;
};

struct UnitStanding {
  double documents = 0.0;             // sum_i x_ij
  std::vector<ActorStanding> actors;  // those with a document, most documents first
};

// `actors` documents x actors (dataset.countries or dataset.organisations), `actor_count` of them. All units: [units].
// Errors are impossible; an empty window gives empty standings. Time O(entries * actors a document).
std::vector<UnitStanding> actor_standings(const Dataset& dataset, const UnitDocuments& units, const IdLists& actors, std::int64_t actor_count, const StandingOptions& options);

}  // namespace jianwei::analysis
