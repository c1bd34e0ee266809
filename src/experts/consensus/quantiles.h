// Location and spread of answers. A quantile has several definitions, and on a scale of five points a threshold on the interquartile range
// flips with them, so the definition is part of a protocol.
//
//   h = (n - 1) p + 1 (type 7, the default of R and Excel), (n + 1) p (type 6, SPSS, Minitab); x_floor(h) + (h - floor(h)) (x_floor(h)+1 - x_floor(h))
//   type 2: the inverse of the empirical distribution, averaged where it steps (SAS default)
//
// Source: Hyndman and Fan (1996), Am. Stat. 50:361-365, doi:10.1080/00031305.1996.10473566
// Page:   docs/methods/delphi_consensus.md
#pragma once

#include <cstdint>
#include <span>

#include "experts/consensus/statistic.h"

namespace jianwei::experts {

enum class QuantileType : std::uint8_t { inverse_averaged = 2, weibull = 6, linear = 7 };

// p in [0, 1]; answers in any order, finite. Undefined without answers. Time O(n log n).
Statistic quantile(std::span<const double> answers, double p, QuantileType type = QuantileType::linear);

struct Spread {
  std::int64_t answer_count = 0;
  Statistic mean, median, lower_quartile, upper_quartile, interquartile_range;
  Statistic standard_deviation;          // n - 1
  Statistic coefficient_of_variation;    // standard deviation / mean; for parametric use with 30 experts and more (Shah and Kalaian 2009)
};
Spread describe(std::span<const double> answers, QuantileType type = QuantileType::linear);

}  // namespace jianwei::experts
