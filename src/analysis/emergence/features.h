// What is known of each unit at the end of a year: named features, from documents up to that year only.
//
// Every feature is turned into a normal score of its rank among the candidates of that year (van der Waerden), so that weights learned at
// one year, or on another corpus, mean the same at this one.
// Page: docs/methods/emergence.md
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analysis/emergence/past.h"

namespace jianwei::analysis {

enum class Feature : std::int8_t {
  slope_short,        // log-slope of the share over the last h years, shrunken
  window_growth,      // log ratio of the share in the last h years to the h years before
  slope_long,         // log-slope over the last ten years, shrunken
  acceleration,       // slope_short - slope_long
  vitality,           // mean 1 / (1 + age) over the unit's documents
  newness,            // -ln(1 + years since the fifth document)
  peak,               // log share of the last h years relative to the best h years ever: 0 = at its height
  size,               // ln documents in the last h years
  words,              // words of the term; 0 for other units
  company_slope,      // mean slope_long of the other units in its documents of the last h years
  company_last_year,  // mean last-year rise of the other units in them
  company_latest,     // mean slope_short of the other units in its documents of the last year
  company_growth,     // mean window_growth of the other units in its documents of the last h years
  source_concentration,  // chance that two of its documents of the last h years come from one source
  last_year,          // log ratio of the last year's share to that of the last h years
  forecast,           // damped Holt: mean log share of the next h years less that of the last h years
  new_sources,        // share of its sources of the last h years that had not carried it before
  level,              // exponential smoothing: log share at the end less that of the last h years
  neighbours,         // slope_short of the twenty nearest units (neighbour_growth.h)
  count_
};
inline constexpr std::size_t kFeatureCount = static_cast<std::size_t>(Feature::count_);

// Machine name ("company_slope") and the message key's default English text.
std::string_view feature_name(Feature feature);

struct FeatureOptions {
  std::int64_t horizon_years = 3;      // h: length of the recent window and of the forecast
  double min_documents = 10.0;         // a candidate has at least as many in the last h years
  double max_share = 0.1;              // and lies in at most this share of their documents
  bool candidates_only = false;        // true: the other units keep zeros (training needs no more)
  int thread_count = 0;
};

enum class Gate : std::int8_t { passed, too_few_documents, too_common, unspecific };

struct FeatureTable {
  std::int64_t year_index = 0;
  std::vector<Gate> gate;                                    // [units]
  std::vector<std::int32_t> candidates;                      // units that passed, increasing
  std::vector<double> base;                                  // [units] documents in the last h years
  std::vector<double> last_year;                             // [units] log ratio of the last year's share to that of the last h years
  std::vector<double> previous_year;                         // [units] log ratio of the last year's share to the year before
  std::vector<std::array<double, kFeatureCount>> raw;        // [units] values in the units named above
  std::vector<std::array<float, kFeatureCount>> normal;      // [units] rank scores; units that are no candidates are placed among the candidates
};

// Features at the end of year index `t` of `past`; reads rows before past.row_end[t] only. Time O(units + candidates * years + entries of the
// last h years + candidates log candidates); with all units instead of candidates unless candidates_only.
FeatureTable build_features(const Past& past, std::int64_t t, const FeatureOptions& options);

// Quantile of the standard normal, p in (0, 1); relative error below 1.2e-9 (Acklam).
double normal_quantile(double p);

}  // namespace jianwei::analysis
