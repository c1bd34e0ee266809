// Hierarchical clustering of a few thousand items by the nearest-neighbour chain.
//
//   average   d(A, B) = mean over a in A, b in B of (1 - cos(a, b))                                                     (UPGMA)
//   Ward      d(A, B) = sqrt(2 |A||B| / (|A| + |B|)) * |mean(A) - mean(B)|, from |a - b| = sqrt(2 - 2 cos(a, b))         (Ward.D2)
// Both are reducible, so the chain finds the same tree as merging the closest pair of all each time (ties by the smaller number).
//
// Source: Sokal and Michener (1958), Univ. Kansas Sci. Bull. 38:1409; Ward (1963), JASA 58:236-244, doi:10.1080/01621459.1963.10500845;
//         Murtagh and Legendre (2014), J. Classification 31:274-295, doi:10.1007/s00357-014-9161-z (Ward.D2);
//         Muellner (2011), arXiv 1109.2378 (nearest-neighbour chain)
// Page:   docs/methods/items.md
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/vectors/vector_table.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

enum class Linkage : std::uint8_t { average, ward };

struct Merge {
  std::int32_t first = 0, second = 0;  // nodes: 0..n-1 the items, n + i the merge number i; first < second
  double height = 0.0;                 // d of the two when they were merged, >= 0
  std::int32_t size = 0;               // items below
};

struct Dendrogram {
  std::int32_t item_count = 0;
  std::vector<Merge> merges;           // [item_count - 1] by increasing height
};

inline constexpr std::int64_t kMaxLinkedItems = 20'000;  // n^2 floats of distances: 1.6 GB

// Time O(n^2 (dimensions + 1)), memory 4 n^2 bytes. Same result at any thread count.
// Errors: invalid_input  no item, or more than kMaxLinkedItems; cancelled
Result<Dendrogram> link_items(const VectorTable& vectors, Linkage linkage, Progress& progress, int thread_count = 0);

// [item_count] clusters when the tree is cut so that `cluster_count` (clamped to 1 .. item_count) are left; 0 = the largest, ties: the smallest item first.
std::vector<std::int32_t> cut_dendrogram(const Dendrogram& tree, std::int32_t cluster_count);

// Items from left to right as the tree is drawn (the branch of the smaller node first).
std::vector<std::int32_t> leaf_order(const Dendrogram& tree);

// Newick with branch lengths (parent's height less the node's), names quoted where needed, ending in ";".
// Source: Olsen (1990), "Newick's 8:45" tree format standard
std::string to_newick(const Dendrogram& tree, const std::vector<std::string>& names);

}  // namespace jianwei::analysis
