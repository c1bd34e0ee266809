// Fellegi-Sunter: the probability that a pair of records is a match, from its comparison levels.
//
// weight = sum over fields of log2(m_l / u_l);  m_l: share of level l among matches, u_l: among the other candidate pairs.
// log2 odds of a match = log2(lambda_s / (1 - lambda_s)) + weight;  lambda_s: share of matches among the candidates of stratum s.
// m, u and lambda are fitted without labels by expectation maximisation; Dirichlet priors keep each level's meaning when data are few or
// hold no matches at all, and weights never rise as agreement falls (pool adjacent violators).
//
// Source: Fellegi and Sunter (1969), doi:10.1080/01621459.1969.10501049; Winkler (2000), Census Bureau RR2000/05; Dempster, Laird and
//         Rubin (1977), doi:10.1111/j.2517-6161.1977.tb01600.x
// Page: docs/methods/resolution.md
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/resolution/compare.h"

namespace jianwei::analysis {

// Pairs of the same levels in the same stratum, counted together.
struct LevelPattern {
  std::array<std::uint8_t, field_count> levels;
  std::int32_t stratum = 0;  // 0: records of two sources; 1 + s: both of source s
  std::int64_t pair_count = 0;
};

class MatchModel {
 public:
  // Time O(iterations * patterns); the result does not depend on the order of the patterns.
  static MatchModel fit(std::vector<LevelPattern> patterns, std::int32_t stratum_count);

  double log2_weight(const std::array<std::uint8_t, field_count>& levels) const;  // of all fields
  double probability(const std::array<std::uint8_t, field_count>& levels, std::int32_t stratum) const;
  double match_share(std::int32_t stratum) const;  // lambda_s

 private:
  std::array<std::array<double, 8>, field_count> m_{};
  std::array<std::array<double, 8>, field_count> u_{};
  std::array<std::array<double, 8>, field_count> weight_{};  // log2(m/u), non-increasing
  std::vector<double> lambda_;
};

}  // namespace jianwei::analysis
