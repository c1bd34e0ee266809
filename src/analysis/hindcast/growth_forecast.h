// A predictive distribution of growth for every candidate, learned on earlier origins: what CRPS and coverage are measured on.
//
//   g ~ N(b0 + b1 logit + b2 forecast + b3 level,  v0 + v1 / documents)
//   logit     of the default emergence weights (not of weights that saw the same rows)     forecast, level   raw features of that name
// Both lines by least squares over the candidates of the earlier origins, the second on squared residuals (Park 1966). Climatology, the forecast to beat: N(mean, variance) of
// their growth.
// Source: Park (1966), doi:10.2307/1910108; CRPS: Gneiting and Raftery (2007), doi:10.1198/016214506000001437.   Page: docs/methods/hindcast.md
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "analysis/emergence/score.h"

namespace jianwei::analysis {

// Candidates of earlier origins whose growth is known.
struct GrowthRows {
  std::vector<std::array<double, 4>> x;   // 1, logit, forecast, level
  std::vector<double> documents, growth;
};
void add_growth_rows(const FeatureTable& table, const Outcome& outcome, const Weights& weights, GrowthRows& rows);

struct GrowthScores {
  std::int64_t rows = 0;          // candidates scored; 0: no earlier origin to learn from
  double crps = 0.0, crps_climatology = 0.0;
  double coverage80 = 0.0, coverage95 = 0.0;
};

// Learns on `known`, forecasts the candidates of `table` and scores them by what they did. Time O(rows).
GrowthScores score_growth_forecast(const GrowthRows& known, const FeatureTable& table, const std::vector<double>& growth, const Weights& weights);

}  // namespace jianwei::analysis
