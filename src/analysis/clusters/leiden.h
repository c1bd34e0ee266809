// Leiden community detection on an undirected, weighted graph.
//
// Maximises  H = 1/(2m) * sum_ij (A_ij - gamma * n_i * n_j) * [c_i == c_j]
//   A_ij  edge weight, > 0             m      total edge weight
//   n_i   node weight, > 0             gamma  resolution, > 0; larger gives smaller communities
// summed over all ordered pairs, i = j included. The constant Potts model (CPM) takes the graph's node weights (1 when it has none);
// modularity takes n_i = strength of i and gamma = resolution / (2m), and H is then Newman and Girvan's Q.
//
// Source: Traag, Waltman and van Eck (2019), Scientific Reports 9:5233, doi:10.1038/s41598-019-41695-z
//         Traag, Van Dooren and Nesterov (2011), Phys. Rev. E 84:016114, doi:10.1103/PhysRevE.84.016114 (CPM)
// Page:   docs/methods/leiden.md (assumptions, limits, worked example)
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/graph/graph.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

enum class LeidenQuality { modularity, cpm };

struct LeidenOptions {
  LeidenQuality quality = LeidenQuality::modularity;
  double resolution = 1.0;           // gamma; with association-strength weights and CPM 1.0 is a usual start
  int iteration_count = 10;          // full passes at most; two already give most of the quality, and a pass that gains nothing is the last
  double randomness = 0.01;          // theta of the refinement step, > 0, as in the authors' own tool
  std::int32_t min_cluster_size = 1; // smaller communities join the neighbour they are tied to most, or are left as they are without one
  std::span<const std::int32_t> start; // [node_count] the partition to start from, any numbers in [0, node_count), -1: a node it does not know; empty: from nothing
  std::uint64_t seed = 1;            // same seed, same partition
  int thread_count = 0;
};

struct Clustering {
  std::vector<std::int32_t> cluster;      // [node_count], 0 = largest cluster; int32: one entry per node
  std::int32_t cluster_count = 0;
  std::vector<std::int64_t> cluster_sizes;  // [cluster_count] nodes, decreasing
  double quality = 0.0;                   // H above, dimensionless, <= 1
};

// Partitions `graph`. Every returned community is connected. From a `start` only what gains moves: a partition that is as good as the moves can make it stays.
//
// Errors: invalid_input  an option is out of range, node weights are not positive, or `start` does not fit the graph
//         cancelled      `progress` asked to stop
// Time O(iteration_count * edges) in practice; memory O(nodes + edges). Independent of the thread count.
Result<Clustering> leiden(const Graph& graph, const LeidenOptions& options, Progress& progress);

// H of a given partition, cluster numbers in [0, node_count). 0 for a graph without edges.
double partition_quality(const Graph& graph, std::span<const std::int32_t> cluster, LeidenQuality quality, double resolution);

// Hubert and Arabie's adjusted Rand index of two partitions of the same items, 1 when equal up to names.
// Source: Hubert and Arabie (1985), J. Classification 2:193-218, doi:10.1007/BF01908075
double adjusted_rand_index(std::span<const std::int32_t> a, std::span<const std::int32_t> b);

}  // namespace jianwei::analysis
