// An undirected weighted graph in compressed rows, and simple facts about it.
//
// Node weights are 1 unless given. There are no self-loops; each edge stands in the rows of both its ends.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace jianwei::analysis {

struct Edge {
  std::int32_t source = 0;
  std::int32_t target = 0;
  double weight = 1.0;
};

struct Graph {
  std::vector<std::int64_t> offsets = {0};  // [node_count + 1]
  std::vector<std::int32_t> neighbors;      // [2 * edge_count] increasing inside a row; int32: one per arc
  std::vector<float> weights;               // [2 * edge_count] > 0; float: one per arc
  std::vector<double> node_weights;         // [node_count] > 0, or empty: 1 each

  std::int64_t node_count() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
  std::int64_t edge_count() const { return static_cast<std::int64_t>(neighbors.size()) / 2; }
  std::span<const std::int32_t> row(std::int64_t node) const { return {neighbors.data() + offsets[static_cast<std::size_t>(node)], degree(node)}; }
  std::span<const float> row_weights(std::int64_t node) const { return {weights.data() + offsets[static_cast<std::size_t>(node)], degree(node)}; }
  std::size_t degree(std::int64_t node) const { return static_cast<std::size_t>(offsets[static_cast<std::size_t>(node) + 1] - offsets[static_cast<std::size_t>(node)]); }
};

// Edges in any order and direction; repeated ones are added up, self-loops and zero weights dropped. Time O(edges log degree).
//
// Errors: invalid_input  an end is outside [0, node_count), or a weight is negative or not finite
Result<Graph> build_graph(std::int64_t node_count, std::span<const Edge> edges);

// Each edge once, source < target, in increasing order.
std::vector<Edge> list_edges(const Graph& graph);

// The graph of the nodes whose flag is set, in the same order; `kept` (if given) receives their old numbers.
Graph subgraph(const Graph& graph, std::span<const std::uint8_t> keep, std::vector<std::int32_t>* kept = nullptr);

double total_weight(const Graph& graph);               // m: the sum over edges
std::vector<double> strengths(const Graph& graph);     // [nodes] sum of the weights of a node's edges

// [nodes] connected component, 0 = the largest (ties: the one with the smallest node first). Time O(edges).
struct Components {
  std::vector<std::int32_t> component;
  std::vector<std::int64_t> sizes;  // decreasing
};
Components connected_components(const Graph& graph);

// [nodes] the largest k such that the node lies in the k-core (Batagelj and Zaversnik 2003, arXiv cs/0310049). Time O(edges).
std::vector<std::int32_t> core_numbers(const Graph& graph);

// [nodes] PageRank by power iteration, sums to 1 (Brin and Page 1998, doi:10.1016/S0169-7552(98)00110-X); isolated nodes spread evenly.
std::vector<double> pagerank(const Graph& graph, double damping = 0.85, int iteration_count = 100, double tolerance = 1e-10);

}  // namespace jianwei::analysis
