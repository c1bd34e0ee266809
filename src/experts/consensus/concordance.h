// Do experts order the items alike?
//
//   W     12 S / (m^2 (n^3 - n) - m sum T), S = sum_j (R_j - m (n+1)/2)^2, R_j the rank sums of n items over m judges (mid-ranks),
//         T = sum (t^3 - t) over the ties of a judge                                         [0, 1]
//   chi2  m (n - 1) W with n - 1 degrees of freedom
//   with missing ranks: W = (1 + rho (m - 1)) / m, rho the mean Spearman correlation of pairs of judges over the items both ranked
//
// Source: Kendall and Babington Smith (1939), doi:10.1214/aoms/1177732186; Siegel and Castellan (1988), section 9.6 (ties)
// Page:   docs/methods/delphi_consensus.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "experts/consensus/content_validity.h"
#include "experts/consensus/statistic.h"

namespace jianwei::experts {

struct Concordance {
  Statistic w;                 // corrected for ties
  Statistic w_uncorrected;     // complete tables only
  double squares = 0.0;        // S, complete tables only
  double ties = 0.0;           // sum of T
  Statistic chi_squared, p_value;
  std::int32_t judge_count = 0, item_count = 0;  // that took part
  bool complete = true;        // false: by mean correlations, no test
};

// `scores` [judges][items]: any ordered answers, ranked here. Undefined with fewer than two judges or items, or when no judge tells items apart.
// Time O(judges * items log items), with missing answers O(judges^2 * items log items).
Concordance kendall_w(const RatingTable& scores);

// Mid-ranks 1..n of the values; equal values share the mean of their ranks.
std::vector<double> mid_ranks(std::span<const double> values);

}  // namespace jianwei::experts
