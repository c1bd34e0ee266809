// Logistic regression whose weights are drawn towards given ones: minimises
//   sum_i weight_i log loss_i + strength / 2 * |w - prior|^2,   the intercept is free.
// Newton's method with halved steps when the objective rises; deterministic. Source: Hastie, Tibshirani and Friedman (2009), section 4.4, doi:10.1007/978-0-387-84858-7
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "analysis/emergence/features.h"

namespace jianwei::analysis {

using Weights = std::array<double, kFeatureCount>;

struct LogisticData {
  std::vector<std::array<float, kFeatureCount>> rows;
  std::vector<std::uint8_t> labels;  // 0 or 1
  std::vector<double> weights;       // of the rows, >= 0; empty = all 1
};

// The weights; the prior itself when there is no row. Time O(rows * features^2 * iterations).
Weights fit_logistic(const LogisticData& data, const Weights& prior, double strength);

}  // namespace jianwei::analysis
