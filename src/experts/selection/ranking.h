// Items scored on several criteria become an order.
//
//   weighted sum  s_i = sum_j w_j z_ij, z min-max normalised, costs turned round                       [0, 1]
//   TOPSIS        closeness d-/(d+ + d-) to the ideal item, from v_ij = w_j x_ij / sqrt(sum_i x_ij^2)  [0, 1]
//   Borda         sum over criteria of (number of items worse + half the equal ones), weighted
//
// Source: Hwang and Yoon (1981), Multiple Attribute Decision Making (TOPSIS); Borda (1784)
// Page:   docs/methods/key_technologies.md
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace jianwei::experts {

enum class RankingMethod : std::uint8_t { weighted_sum, topsis, borda };

struct Decision {
  std::int32_t item_count = 0, criterion_count = 0;
  std::vector<double> scores;             // [items][criteria] row-major, finite
  std::vector<double> weights;            // [criteria] >= 0, sum > 0; scaled to sum 1
  std::vector<std::uint8_t> is_cost;      // [criteria] 1: less is better; empty: none is

  double at(std::size_t item, std::size_t criterion) const { return scores[item * static_cast<std::size_t>(criterion_count) + criterion]; }
};

struct Ranking {
  std::vector<double> value;              // [items], more is better
  std::vector<std::int32_t> rank;         // [items], 1 = best; equal values by the smaller index
};

// Time O(items * criteria + items log items), Borda O(criteria * items log items).
// Errors: invalid_input  sizes do not fit, a score is not finite (names item and criterion), weights are negative or all 0
Result<Ranking> rank_items(const Decision& decision, RankingMethod method);

}  // namespace jianwei::experts
