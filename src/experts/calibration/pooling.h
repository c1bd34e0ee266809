// One probability out of many: of experts and of the machine, which is one more member of the panel, shown apart.
//
//   linear     sum w_i p_i
//   log odds   logistic(a sum w_i ln(p_i / (1 - p_i))), a = 1, or above 1 to undo the pull of averaging toward one half
//   weights    from past Brier scores, w_i ~ (n_i s_i + k s) / (n_i + k), s_i = max(0, 1 - Brier_i / 0.25): a member without a past gets the mean of the others
//
// Source: Satopää et al. (2014), doi:10.1016/j.ijforecast.2013.09.009; Cooke (1991), Experts in Uncertainty (weights from performance)
// Page:   docs/methods/calibration.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace jianwei::experts {

struct PastPerformance {
  double brier = 0.25;            // of always saying one half
  std::int64_t forecast_count = 0;
};

// [members], sum 1; equal when nobody has a past or nobody was better than one half.
std::vector<double> weights_from_past(std::span<const PastPerformance> members, double shrinkage = 10.0);

enum class PoolMethod : std::uint8_t { linear, log_odds };

// probabilities [members] in [0, 1], weights [members] >= 0 with a sum above 0. Probabilities are held to [0.001, 0.999] in log odds.
// Errors: invalid_input
Result<double> pool_probabilities(std::span<const double> probabilities, std::span<const double> weights, PoolMethod method, double extremizing = 1.0);

}  // namespace jianwei::experts
