// The iterations of Leiden: move nodes, refine, aggregate by the refined parts with the moved clusters as the start of the next level,
// until nothing is left to aggregate; then back down, moving at each level what still gains (Rotta and Noack 2011, doi:10.1145/1963190.1970376),
// which is worth most of a second iteration and costs little. Communities that a late move cut in two are split into their connected pieces, which never lowers H.
#include "analysis/clusters/leiden.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "analysis/clusters/leiden_moves.h"
#include "base/hash.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

using leiden_steps::Level;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

constexpr double kOrderShare = 0.5;                 // of the rounds that only find an order
constexpr double kStopShare = 0.005;                // rounds that move fewer nodes gain less than later levels and iterations do
constexpr std::size_t kSmallLevelArcs = 1'000'000;  // on the way back, levels of a tenth of this are looked at in full whatever the size of the base
constexpr std::int32_t kLargeGraphNodes = 65'536;
constexpr std::int64_t kClustersPerBlock = 16;

std::vector<double> quality_node_weights(const Graph& graph, LeidenQuality quality) {
  if (quality == LeidenQuality::modularity) return strengths(graph);
  return graph.node_weights.empty() ? std::vector<double>(at(graph.node_count()), 1.0) : graph.node_weights;
}

double quality_resolution(const Graph& graph, LeidenQuality quality, double resolution) {
  const double twice_total = 2.0 * total_weight(graph);
  return quality == LeidenQuality::modularity && twice_total > 0.0 ? resolution / twice_total : resolution;
}

Result<> check(const Graph& graph, const LeidenOptions& options) {
  if (!(options.resolution > 0.0) || !std::isfinite(options.resolution)) return fail(ErrorKind::invalid_input, "resolution is {}, expected a number above 0", options.resolution);
  if (!(options.randomness > 0.0) || !std::isfinite(options.randomness)) return fail(ErrorKind::invalid_input, "randomness is {}, expected a number above 0", options.randomness);
  if (options.iteration_count < 1) return fail(ErrorKind::invalid_input, "iteration_count is {}, expected at least 1", options.iteration_count);
  if (!graph.node_weights.empty() && std::ssize(graph.node_weights) != graph.node_count()) return fail(ErrorKind::invalid_input, "{} node weights for {} nodes", graph.node_weights.size(), graph.node_count());
  for (const double weight : graph.node_weights) {
    if (!(weight > 0.0) || !std::isfinite(weight)) return fail(ErrorKind::invalid_input, "a node weight is {}, expected a number above 0", weight);
  }
  if (!options.start.empty() && std::ssize(options.start) != graph.node_count()) return fail(ErrorKind::invalid_input, "a start of {} nodes for {} nodes", options.start.size(), graph.node_count());
  for (const std::int32_t cluster : options.start) {
    if (cluster < -1 || cluster >= graph.node_count()) return fail(ErrorKind::invalid_input, "cluster {} of the start is not in [-1, {})", cluster, graph.node_count());
  }
  for (const float weight : graph.weights) {
    if (!(weight > 0.0F) || !std::isfinite(weight)) return fail(ErrorKind::invalid_input, "an edge weight is {}, expected a number above 0", weight);
  }
  return {};
}

// Numbers 0, 1, ... in order of first appearance; gives their count.
std::int32_t compact(std::vector<std::int32_t>& labels) {
  std::vector<std::int32_t> number(labels.size(), -1);
  std::int32_t next = 0;
  for (std::int32_t& label : labels) {
    if (number[at(label)] < 0) number[at(label)] = next++;
    label = number[at(label)];
  }
  return next;
}

// What one level of an iteration leaves for the way back.
struct Step {
  Level level;                        // unused for the base
  std::vector<std::int32_t> part;     // [nodes of the level] the node of the next level that each became
  std::vector<std::uint8_t> waiting;  // [nodes of the level] nodes that were still to be looked at
};

// The clusters of a coarse level handed down to the next finer one, and what moves there now.
std::vector<std::int32_t> hand_down(const Level& level, const Step& step, const leiden_steps::MoveOptions& options, bool look_at_all, std::vector<std::int32_t>& moved, std::vector<std::int32_t> coarse) {
  std::vector<std::int32_t> fine(step.part.size());
  for (std::size_t node = 0; node < fine.size(); ++node) fine[node] = coarse[at(step.part[node])];
  std::vector<std::uint8_t> waiting = step.waiting;
  if (look_at_all) {
    std::fill(waiting.begin(), waiting.end(), 1);
  } else {
    std::vector<std::uint8_t> part_moved(coarse.size(), 0);
    for (const std::int32_t part : moved) part_moved[at(part)] = 1;
    for (std::size_t node = 0; node < fine.size(); ++node) {
      if (part_moved[at(step.part[node])] == 0) continue;
      waiting[node] = 1;
      for (std::int64_t e = level.offsets[node]; e < level.offsets[node + 1]; ++e) waiting[at(level.neighbors[at(e)])] = 1;
    }
  }
  moved = leiden_steps::move_nodes(level, options, fine, waiting);
  return fine;
}

// One iteration from `cluster` (changed): all levels up to the coarsest, and back.
void iterate(const Level& base, double resolution, const LeidenOptions& options, std::uint64_t seed, std::vector<std::int32_t>& cluster) {
  const leiden_steps::MoveOptions move{resolution, base.node_count() < kLargeGraphNodes ? 0.0 : kStopShare, false, options.thread_count};
  std::vector<Step> steps(1);
  steps[0].waiting.assign(cluster.size(), 1);
  leiden_steps::move_nodes(base, move, cluster, steps[0].waiting);
  const auto level_of = [&](std::size_t depth) -> const Level& { return depth == 0 ? base : steps[depth].level; };
  for (std::int32_t cluster_count = compact(cluster); cluster_count < level_of(steps.size() - 1).node_count();) {
    const std::size_t depth = steps.size() - 1;
    const Level& level = level_of(depth);
    std::int32_t part_count = 0;
    std::vector<std::int32_t> part = leiden_steps::refine(level, resolution, options.randomness, hash_combine(seed, depth), cluster, options.thread_count, part_count);
    if (part_count == level.node_count()) break;  // nothing could be merged
    std::vector<std::int32_t> next_cluster(at(part_count));
    for (std::size_t node = 0; node < part.size(); ++node) next_cluster[at(part[node])] = cluster[node];
    Step next;
    next.level = leiden_steps::aggregate(level, part, part_count, options.thread_count);
    next.waiting.assign(at(part_count), 1);
    leiden_steps::move_nodes(next.level, move, next_cluster, next.waiting);
    cluster_count = compact(next_cluster);
    cluster = std::move(next_cluster);
    steps[depth].part = std::move(part);
    steps.push_back(std::move(next));
  }
  // Back down: small parts still find a better place among the large clusters.
  std::vector<std::int32_t> moved;
  for (std::size_t depth = steps.size() - 1; depth-- > 0;) {
    const Level& level = level_of(depth);
    cluster = hand_down(level, steps[depth], move, level.neighbors.size() * 10 <= base.neighbors.size() + kSmallLevelArcs, moved, std::move(cluster));
  }
}

// Every community becomes its connected pieces: breadth first inside each, communities side by side.
void split_into_connected(const Level& level, int thread_count, std::vector<std::int32_t>& cluster) {
  const std::int32_t count = compact(cluster);
  const leiden_steps::Groups groups = leiden_steps::group_by(cluster, count);
  std::vector<std::int32_t> piece(cluster.size(), -1);  // the piece's first node
  parallel_blocks(count, kClustersPerBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    std::vector<std::int32_t> queue;
    for (std::int64_t i = groups.offsets[at(begin)]; i < groups.offsets[at(end)]; ++i) {
      const std::int32_t start = groups.nodes[at(i)];
      if (piece[at(start)] >= 0) continue;
      piece[at(start)] = start;
      queue.assign(1, start);
      for (std::size_t head = 0; head < queue.size(); ++head) {
        for (std::int64_t e = level.offsets[at(queue[head])]; e < level.offsets[at(queue[head]) + 1]; ++e) {
          const std::int32_t neighbor = level.neighbors[at(e)];
          if (cluster[at(neighbor)] != cluster[at(start)] || piece[at(neighbor)] >= 0) continue;
          piece[at(neighbor)] = start;
          queue.push_back(neighbor);
        }
      }
    }
  });
  cluster = std::move(piece);
}

// 2m H of a partition of the level, summed in fixed blocks.
double level_quality(const Level& level, double resolution, int thread_count, std::span<const std::int32_t> cluster) {
  constexpr std::int64_t kNodesPerBlock = 16384;
  const auto count = static_cast<std::int64_t>(cluster.size());
  std::vector<double> inside(at((count + kNodesPerBlock - 1) / kNodesPerBlock), 0.0);
  parallel_blocks(count, kNodesPerBlock, thread_count, [&](std::int64_t block, std::int64_t begin, std::int64_t end) {
    double sum = 0.0;
    for (std::int64_t node = begin; node < end; ++node) {
      for (std::int64_t e = level.offsets[at(node)]; e < level.offsets[at(node) + 1]; ++e) {
        if (cluster[at(level.neighbors[at(e)])] == cluster[at(node)]) sum += level.weight(e);
      }
    }
    inside[at(block)] = sum;
  });
  std::vector<double> weight(cluster.size(), 0.0);
  for (std::size_t node = 0; node < cluster.size(); ++node) weight[at(cluster[node])] += level.node_weights[node];
  double expected = 0.0;
  for (const double w : weight) expected += w * w;
  return std::accumulate(inside.begin(), inside.end(), 0.0) - resolution * expected;
}

// Communities below the least size join, smallest first, the community they share most edge weight with.
void absorb_small(const Graph& graph, std::int32_t min_size, std::vector<std::int32_t>& cluster) {
  const std::int32_t count = compact(cluster);
  const leiden_steps::Groups groups = leiden_steps::group_by(cluster, count);
  std::vector<std::int64_t> size(at(count));
  std::vector<std::int32_t> order(at(count));
  for (std::int32_t c = 0; c < count; ++c) size[at(c)] = groups.offsets[at(c) + 1] - groups.offsets[at(c)];
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return size[at(a)] < size[at(b)]; });
  std::vector<std::int32_t> parent(at(count));
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](std::int32_t c) {
    while (parent[at(c)] != c) c = parent[at(c)] = parent[at(parent[at(c)])];
    return c;
  };
  for (const std::int32_t small : order) {
    if (size[at(root(small))] >= min_size) continue;
    std::unordered_map<std::int32_t, double> links;
    for (std::int64_t i = groups.offsets[at(small)]; i < groups.offsets[at(small) + 1]; ++i) {
      const std::int32_t node = groups.nodes[at(i)];
      for (std::size_t e = 0; e < graph.degree(node); ++e) {
        const std::int32_t other = root(cluster[at(graph.row(node)[e])]);
        if (other != root(small)) links[other] += graph.row_weights(node)[e];
      }
    }
    std::int32_t best = -1;
    for (const auto& [other, weight] : links) {
      if (best < 0 || weight > links[best] || (weight == links[best] && other < best)) best = other;
    }
    if (best < 0) continue;
    size[at(best)] += size[at(root(small))];
    parent[at(root(small))] = best;
  }
  for (std::int32_t& c : cluster) c = root(c);
}

// Clusters renumbered by size, ties by their first node.
Clustering number_by_size(std::vector<std::int32_t> cluster) {
  Clustering result;
  result.cluster_count = compact(cluster);
  std::vector<std::int64_t> size(at(result.cluster_count), 0);
  for (const std::int32_t c : cluster) ++size[at(c)];
  std::vector<std::int32_t> order(size.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return size[at(a)] > size[at(b)]; });
  std::vector<std::int32_t> number(size.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    number[at(order[i])] = static_cast<std::int32_t>(i);
    result.cluster_sizes.push_back(size[at(order[i])]);
  }
  for (std::int32_t& c : cluster) c = number[at(c)];
  result.cluster = std::move(cluster);
  return result;
}

// Level 0 without a copy of the arcs.
Level view(const Graph& graph, LeidenQuality quality) {
  Level level;
  level.offsets = graph.offsets;
  level.neighbors = graph.neighbors;
  if (std::any_of(graph.weights.begin(), graph.weights.end(), [](float weight) { return weight != 1.0F; })) level.weights = graph.weights;
  level.node_weights = quality_node_weights(graph, quality);
  return level;
}

}  // namespace

double partition_quality(const Graph& graph, std::span<const std::int32_t> cluster, LeidenQuality quality, double resolution) {
  const double total = 2.0 * total_weight(graph);
  return total > 0.0 ? level_quality(view(graph, quality), quality_resolution(graph, quality, resolution), 1, cluster) / total : 0.0;
}

namespace {

// Where the iterations begin: the start that was given, its unknown nodes moved to the known ones they are tied to; without one a few rounds on the
// nodes as they come. Numbers 0, 1, ... in order of first appearance; gives their count.
std::int32_t first_clusters(const Level& given, double gamma, const LeidenOptions& options, std::vector<std::int32_t>& cluster) {
  std::vector<std::uint8_t> waiting(cluster.size(), 1);
  if (options.start.empty()) {
    std::iota(cluster.begin(), cluster.end(), 0);
    leiden_steps::move_nodes(given, {gamma, kOrderShare, true, options.thread_count}, cluster, waiting);
    return compact(cluster);
  }
  std::vector<std::int32_t> number(cluster.size(), -1);
  std::int32_t next = 0;
  for (std::size_t node = 0; node < cluster.size(); ++node) {
    const std::int32_t known = options.start[node];
    waiting[node] = known < 0;
    if (known >= 0 && number[at(known)] < 0) number[at(known)] = next++;
    cluster[node] = known < 0 ? next++ : number[at(known)];
  }
  leiden_steps::move_nodes(given, {gamma, 0.0, true, options.thread_count}, cluster, waiting);
  return compact(cluster);
}

}  // namespace

Result<Clustering> leiden(const Graph& graph, const LeidenOptions& options, Progress& progress) {
  TRY(check(graph, options));
  progress.begin("leiden", options.iteration_count, "iterations");
  const double gamma = quality_resolution(graph, options.quality, options.resolution);

  // The first clusters also give an order in which neighbours stand together: the passes below then work in cache.
  std::vector<std::int32_t> cluster(at(graph.node_count()));
  const Level given = view(graph, options.quality);
  const std::int32_t cluster_count = first_clusters(given, gamma, options, cluster);
  const std::vector<std::int32_t> order = leiden_steps::group_by(cluster, cluster_count).nodes;
  const Level base = leiden_steps::reorder(given, order, options.thread_count);

  // From here on nodes are numbered by their place in `order`; the clusters of the sweep are the start.
  std::vector<std::int32_t> placed(cluster.size());
  for (std::size_t i = 0; i < order.size(); ++i) placed[i] = cluster[at(order[i])];
  std::vector<std::int32_t> best;
  double quality = -std::numeric_limits<double>::infinity();
  double best_quality = quality;
  for (int iteration = 0; iteration < options.iteration_count; ++iteration) {
    TRY(progress.check());
    iterate(base, gamma, options, hash_combine(options.seed, static_cast<std::uint64_t>(iteration)), placed);
    split_into_connected(base, options.thread_count, placed);
    progress.advance();
    const double before = quality;
    quality = level_quality(base, gamma, options.thread_count, placed);
    if (quality > best_quality || best.empty()) {
      best = placed;
      best_quality = quality;
    }
    if (quality - before <= 1e-6 * std::abs(quality)) break;  // 1e-6: below what two seeds differ by
  }
  for (std::size_t i = 0; i < order.size(); ++i) cluster[at(order[i])] = best[i];
  if (options.min_cluster_size > 1) {
    absorb_small(graph, options.min_cluster_size, cluster);
  }
  Clustering result = number_by_size(std::move(cluster));
  result.quality = options.min_cluster_size > 1 ? partition_quality(graph, result.cluster, options.quality, options.resolution) : best_quality / std::max(2.0 * total_weight(graph), std::numeric_limits<double>::min());
  return result;
}

double adjusted_rand_index(std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
  std::unordered_map<std::uint64_t, double> cells;
  std::unordered_map<std::int32_t, double> rows, columns;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ++cells[static_cast<std::uint64_t>(static_cast<std::uint32_t>(a[i])) << 32 | static_cast<std::uint32_t>(b[i])];
    ++rows[a[i]];
    ++columns[b[i]];
  }
  const auto pairs = [](const auto& counts) {
    double sum = 0.0;
    for (const auto& [key, n] : counts) sum += n * (n - 1.0) / 2.0;
    return sum;
  };
  const auto n = static_cast<double>(a.size());
  const double all = n * (n - 1.0) / 2.0;
  if (all == 0.0) return 1.0;
  const double expected = pairs(rows) * pairs(columns) / all;
  const double largest = (pairs(rows) + pairs(columns)) / 2.0;
  return largest == expected ? 1.0 : (pairs(cells) - expected) / (largest - expected);
}

}  // namespace jianwei::analysis
