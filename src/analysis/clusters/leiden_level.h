// Internal to Leiden: the graph at one level of aggregation, and the three steps that work on it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace jianwei::analysis::leiden_steps {

// Arcs without self-loops: weight inside an aggregated node never changes which move is best. Level 0 points into the caller's graph.
struct Level {
  std::span<const std::int64_t> offsets;    // [nodes + 1]
  std::span<const std::int32_t> neighbors;  // [arcs]
  std::span<const float> weights;           // [arcs], or empty: 1 each
  std::vector<double> node_weights;         // [nodes]
  std::vector<std::int64_t> own_offsets;    // storage of the spans above for aggregated levels
  std::vector<std::int32_t> own_neighbors;
  std::vector<float> own_weights;
  float weight(std::int64_t arc) const { return weights.empty() ? 1.0F : weights[static_cast<std::size_t>(arc)]; }
  std::int32_t node_count() const { return static_cast<std::int32_t>(node_weights.size()); }
};

// The same level with nodes in another order: node i is old node order[i].
Level reorder(const Level& level, std::span<const std::int32_t> order, int thread_count);

// Splits each cluster into well-connected parts: from singletons, each node still alone joins a part of its cluster with probability
// ~ exp(gain / randomness) among those that do not lower the quality. Gives a part for each node, numbered 0.. in order of cluster.
std::vector<std::int32_t> refine(const Level& level, double resolution, double randomness, std::uint64_t seed, std::span<const std::int32_t> cluster, int thread_count, std::int32_t& part_count);

// The graph whose nodes are the parts.
Level aggregate(const Level& level, std::span<const std::int32_t> part, std::int32_t part_count, int thread_count);

// Nodes grouped by a label in [0, label_count): nodes of label l stand at [offsets[l], offsets[l+1]) of `nodes`, increasing.
struct Groups {
  std::vector<std::int64_t> offsets;
  std::vector<std::int32_t> nodes;
};
Groups group_by(std::span<const std::int32_t> label, std::int32_t label_count);

}  // namespace jianwei::analysis::leiden_steps
