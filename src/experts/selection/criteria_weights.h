// Weights of criteria: from pairwise comparisons (AHP), from comparisons with the best and the worst criterion (BWM), or from the data (entropy).
//
//   AHP      w: principal eigenvector of the reciprocal matrix; CI = (lambda - n)/(n - 1), CR = CI / RI(n), usually asked to stay below 0.10
//   BWM      minimise xi subject to |w_B - a_Bj w_j| <= xi, |w_j - a_jW w_W| <= xi, sum w = 1, w >= 0 (the linear model: one optimum)
//   entropy  e_j = -sum_i p_ij ln p_ij / ln m, p_ij = x_ij / sum_i x_ij;  w_j = (1 - e_j) / sum (1 - e_j)
//
// Source: Saaty (1980), The Analytic Hierarchy Process (RI: 0, 0, .58, .90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49);
//         Rezaei (2015), doi:10.1016/j.omega.2014.11.009, and (2016), doi:10.1016/j.omega.2015.12.001; Shannon (1948)
// Page:   docs/methods/key_technologies.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "experts/consensus/statistic.h"

namespace jianwei::experts {

struct AhpWeights {
  std::vector<double> weights;       // sum 1
  double largest_eigenvalue = 0.0;   // >= n
  Statistic consistency_ratio;       // 0 = consistent; undefined above ten criteria, where no RI is published
};
// `comparisons` [n][n] row-major, a_ij > 0 says how much i matters more than j, a_ji = 1 / a_ij, a_ii = 1. n >= 2.
// Errors: invalid_input  not square, not positive, or not reciprocal: names the pair
Result<AhpWeights> ahp_weights(std::span<const double> comparisons, std::int32_t criterion_count);

struct BwmWeights {
  std::vector<double> weights;       // sum 1
  double inconsistency = 0.0;        // xi of the optimum; 0 = consistent
};
// `best_to_others`, `others_to_worst` [n], values >= 1; best_to_others[best] = others_to_worst[worst] = 1.
// Errors: invalid_input
Result<BwmWeights> best_worst_weights(std::span<const double> best_to_others, std::span<const double> others_to_worst, std::int32_t best, std::int32_t worst);

// `scores` [items][criteria] row-major, >= 0, no column all 0. Errors: invalid_input
Result<std::vector<double>> entropy_weights(std::span<const double> scores, std::int32_t criterion_count);

}  // namespace jianwei::experts
