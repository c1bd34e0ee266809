// Communities of a graph near a wanted number, and coarser levels made by merging them: parts of embedded_topics.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/graph/graph.h"
#include "analysis/vectors/vector_table.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

struct Communities {
  std::vector<std::int32_t> group;  // [nodes] numbered by decreasing size; nodes without edges stay alone
  double resolution = 1.0;
};

// Leiden communities of `graph`, its resolution searched by bisection until their number (those with at least `min_size` nodes) is near `wanted`.
// Where the graph has more pieces than that, more are found. Errors: cancelled
Result<Communities> communities_near(const Graph& graph, std::int32_t wanted, std::int64_t min_size, std::uint64_t seed, int thread_count, Progress& progress);

// Groups of groups near `wanted` in number: Leiden communities (modularity) of the graph that ties each group to those with the nearest mean vectors
// (a fifth of the groups, 3 to 10). `vectors` [groups]. Ties of documents across groups are too few in a nearest-neighbour graph to tell which groups are kin.
// Errors: cancelled
Result<std::vector<std::int32_t>> merge_groups(const VectorTable& vectors, std::int32_t wanted, std::uint64_t seed, Progress& progress);

// Each vector tied to its `neighbour_count` nearest by their cosine (only positive ones); a pair that chose each other counts twice. Errors: cancelled
Result<Graph> neighbour_graph(const VectorTable& vectors, std::int32_t neighbour_count, int thread_count, Progress& progress);

// Renumbers by decreasing summed weight (ties: the smaller old number first); -1 stays. Returns how many there are.
std::int32_t number_by_weight(std::vector<std::int32_t>& group, const std::vector<double>& weight);

}  // namespace jianwei::analysis
