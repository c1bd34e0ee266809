// The growth of a unit's nearest neighbours: pooling over the units that most often stand in the same documents.
//
//   cosine_uv = n_uv / sqrt(n_u n_v),  n_uv documents of the window that hold both
//   growth_u  = sum over the 20 neighbours v of highest cosine:  w_v value_v / (sum w_v + 0.001),  w_v = cosine_uv sqrt(n_v)
// A unit counted ten times is noise; its neighbours together are counted hundreds of times, and fields move as wholes.
// Source: Salton's cosine of co-occurrence: Hamers et al. (1989), doi:10.1016/0306-4573(89)90048-4.   Page: docs/methods/emergence.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/emergence/past.h"

namespace jianwei::analysis {

// For each of `wanted` (units) the mean of `value` [units] over its neighbours among the candidates; rows [begin, end) of `past`. [wanted], 0 without neighbours.
// Time O(sum over rows of candidates^2); same result at any thread count.
std::vector<double> neighbour_mean(const Past& past, std::span<const double> value, std::span<const std::uint8_t> is_candidate, std::span<const std::int32_t> wanted, std::int64_t begin,
                                   std::int64_t end, int thread_count);

}  // namespace jianwei::analysis
