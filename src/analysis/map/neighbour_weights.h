// The weighted graph under a map: how sure it is that two rows are neighbours (map_layout.h has the formula and its source).
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/neighbours/neighbours.h"

namespace jianwei::analysis {

struct NeighbourWeights {
  std::vector<std::int64_t> offsets;      // [rows + 1]
  std::vector<std::int32_t> neighbours;   // [2 * edges] increasing inside a row
  std::vector<float> weights;             // [2 * edges] (0, 1], the same in both rows of an edge; the largest is 1
};

// Distances are 1 - cosine. Time O(edges log k). Same result at any thread count.
NeighbourWeights weigh_neighbours(const NeighbourLists& lists, int thread_count);

}  // namespace jianwei::analysis
