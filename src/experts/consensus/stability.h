// Do answers still move between two rounds? Consensus and stability are two questions: a stable split is a result, an unstable majority is none.
// Measured on the experts who answered both times, because a group's distribution can stand still while experts change sides.
//
//   unchanged    share of experts with the same answer
//   net change   1/2 sum_k |f1_k - f2_k| / n; below 0.15 Scheibe's rule calls the group stable
//   kappa        1 - sum w o / sum w e, w = (|i - j| / (K - 1))^q, q = 1 linear, 2 quadratic; interval by the large-sample variance
//   lambda       (sum_i max_j n_ij - max_j n_.j) / (n - max_j n_.j): how much the first answer tells about the second
//   chi2         individual: of the table of first by second answers (dependent = stable); group: of the two distributions (alike = stable)
//   CV change    |CV_2 - CV_1|
//
// Source: Dajani, Sincoff and Talley (1979), doi:10.1016/0040-1625(79)90007-6; Scheibe, Skutsch and Schofer (1975) in Linstone and Turoff, The Delphi
//         Method; Cohen (1968), doi:10.1037/h0026256; Fleiss, Cohen and Everitt (1969), doi:10.1037/h0028106; Chaffin and Talley (1980),
//         doi:10.1016/0040-1625(80)90019-8
// Page:   docs/methods/delphi_stability.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/indicators/intervals.h"
#include "experts/consensus/statistic.h"

namespace jianwei::experts {

// One expert's answers in two rounds, categories 1..K.
struct AnswerPair {
  std::int32_t before = 0, after = 0;
};

struct ChiSquared {
  Statistic value, p_value;
  std::int32_t degrees = 0;
};

struct WeightedKappa {
  Statistic value;             // undefined when everybody gave one and the same answer in both rounds
  analysis::Interval interval; // 95 %, [-1, 1]
};

struct Stability {
  std::int64_t pair_count = 0;
  Statistic unchanged;         // [0, 1]
  Statistic net_change;        // [0, 1]
  WeightedKappa kappa_linear, kappa_quadratic;
  Statistic lambda;            // [0, 1]; undefined when the second round is unanimous
  ChiSquared individual, group;
  Statistic cv_change;
  Statistic toward_median;     // of the experts who changed: share that moved toward the first round's median
};

// Undefined figures without pairs. Pairs outside 1..category_count are the caller's mistake (assert). Time O(pairs + K^2).
Stability measure_stability(std::span<const AnswerPair> pairs, std::int32_t category_count);

}  // namespace jianwei::experts
