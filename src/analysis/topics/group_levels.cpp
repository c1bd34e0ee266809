// The number of communities grows about as a power of the resolution, so the search goes by secants in logarithms and falls back on bisection once
// the wanted number is bracketed.
#include "analysis/topics/group_levels.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <unordered_map>

#include "analysis/clusters/leiden.h"
#include "analysis/neighbours/neighbours.h"

namespace jianwei::analysis {
namespace {

constexpr int kSearchSteps = 12;
// Not below this where the graph falls into more pieces than wanted: near 0 one tie between two pieces would make them one topic, and the next record another.
constexpr double kLowestInPieces = 0.3;
constexpr double kTolerance = 0.05;    // of the wanted number: nobody can tell 95 topics from 100

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// Calls `count_at(resolution)` (not below `lowest`) until it is near `wanted`; gives the resolution that came nearest (ties: the first tried).
Result<double> search_resolution(double start, double lowest, std::int32_t wanted, const std::function<Result<std::int32_t>(double)>& count_at) {
  double best = start, best_gap = std::numeric_limits<double>::infinity();
  double low = 0.0, high = 0.0;          // logarithms of resolutions with too few and too many
  bool has_low = false, has_high = false;
  double x = std::log(start), slope = 1.0, last_x = 0.0, last_y = 0.0;
  for (int step = 0; step < kSearchSteps; ++step) {
    const std::int32_t count = TRY(count_at(std::exp(x)));
    const double y = std::log(static_cast<double>(std::max(count, 1)) / static_cast<double>(wanted));
    if (std::abs(y) < best_gap) {
      best_gap = std::abs(y);
      best = std::exp(x);
    }
    if (count == wanted || best_gap < kTolerance) break;
    if (step > 0 && std::abs(x - last_x) > 1e-9 && std::abs(y - last_y) > 1e-9) slope = std::clamp((y - last_y) / (x - last_x), 0.2, 3.0);
    (y < 0 ? low : high) = x;
    (y < 0 ? has_low : has_high) = true;
    last_x = x;
    last_y = y;
    double next = x - y / slope;
    if (has_low && has_high && (next <= low || next >= high || step > 5)) next = (low + high) / 2;
    if (lowest > 0.0) next = std::max(next, std::log(lowest));
    if (std::abs(next - x) < 1e-6) break;
    x = next;
  }
  return best;
}

std::int32_t count_large(const Clustering& clustering, std::int64_t min_size) {
  return static_cast<std::int32_t>(std::count_if(clustering.cluster_sizes.begin(), clustering.cluster_sizes.end(), [&](std::int64_t size) { return size >= min_size; }));
}

// Connected pieces with at least `min_size` nodes.
std::int32_t count_pieces(const Graph& graph, std::int64_t min_size) {
  std::vector<std::uint8_t> seen(at(graph.node_count()), 0);
  std::vector<std::int32_t> queue;
  std::int32_t pieces = 0;
  for (std::size_t start = 0; start < seen.size(); ++start) {
    if (seen[start] != 0) continue;
    seen[start] = 1;
    queue.assign(1, static_cast<std::int32_t>(start));
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for (const std::int32_t neighbor : graph.row(queue[head])) {
        if (seen[at(neighbor)] != 0) continue;
        seen[at(neighbor)] = 1;
        queue.push_back(neighbor);
      }
    }
    pieces += std::ssize(queue) >= min_size ? 1 : 0;
  }
  return pieces;
}

}  // namespace

Result<Communities> communities_near(const Graph& graph, std::int32_t wanted, std::int64_t min_size, std::uint64_t seed, int thread_count, Progress& progress) {
  LeidenOptions options;
  options.seed = seed;
  options.thread_count = thread_count;
  options.iteration_count = 2;
  const double lowest = count_pieces(graph, min_size) >= wanted ? kLowestInPieces : 0.0;
  options.resolution = TRY(search_resolution(1.0, lowest, wanted, [&](double resolution) -> Result<std::int32_t> {
    options.resolution = resolution;
    return count_large(TRY(leiden(graph, options, progress)), min_size);
  }));
  options.iteration_count = 5;
  Clustering found = TRY(leiden(graph, options, progress));
  return Communities{std::move(found.cluster), options.resolution};
}

Result<std::vector<std::int32_t>> merge_groups(const VectorTable& vectors, std::int32_t wanted, std::uint64_t seed, Progress& progress) {
  const auto neighbour_count = static_cast<std::int32_t>(std::clamp<std::int64_t>(vectors.row_count / 5, 3, 10));
  if (vectors.row_count <= wanted) {
    std::vector<std::int32_t> alone(at(vectors.row_count));
    std::iota(alone.begin(), alone.end(), 0);
    return alone;
  }
  return TRY(communities_near(TRY(neighbour_graph(vectors, neighbour_count, 1, progress)), wanted, 1, seed, 1, progress)).group;
}

Result<Graph> neighbour_graph(const VectorTable& vectors, std::int32_t neighbour_count, int thread_count, Progress& progress) {
  const NeighbourLists lists = TRY(nearest_neighbours(vectors, {.neighbour_count = neighbour_count, .thread_count = thread_count}, progress));
  std::vector<Edge> edges;
  edges.reserve(lists.ids.size());
  for (std::size_t e = 0; e < lists.ids.size(); ++e) {
    if (lists.ids[e] >= 0 && lists.similarities[e] > 0) edges.push_back({static_cast<std::int32_t>(e / at(neighbour_count)), lists.ids[e], static_cast<double>(lists.similarities[e])});
  }
  return build_graph(vectors.row_count, edges);
}

std::int32_t number_by_weight(std::vector<std::int32_t>& group, const std::vector<double>& weight) {
  std::map<std::int32_t, double> total;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (group[i] >= 0) total[group[i]] += weight[i];
  }
  std::vector<std::int32_t> order;
  for (const auto& [old, sum] : total) order.push_back(old);
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return total[a] > total[b]; });
  std::unordered_map<std::int32_t, std::int32_t> number;
  for (std::size_t i = 0; i < order.size(); ++i) number[order[i]] = static_cast<std::int32_t>(i);
  for (std::int32_t& g : group) {
    if (g >= 0) g = number[g];
  }
  return static_cast<std::int32_t>(order.size());
}

}  // namespace jianwei::analysis
