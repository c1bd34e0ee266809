// Places the nodes of a graph on a plane so that linked nodes lie close and others keep their distance.
//
// Minimises  sum_ij s_ij d_ij^2 - r * sum_{i<j} d_ij        (VOS: attraction 2, repulsion 1)
//   s_ij  edge weight / mean edge weight      d_ij  distance      r  chosen by the mean degree, scale is settled at the end
// by moving every node along its force, at most a step that shrinks. Repulsion between cells of a grid acts on their centres when they
// are not neighbours, so an iteration costs O(nodes * cells) with about sqrt(nodes) cells each way at most 24.
//
// Source: van Eck, Waltman, Dekker and van den Berg (2010), JASIST 61(12):2405-2416, doi:10.1002/asi.21421 (VOS);
//         Noack (2009), Phys. Rev. E 79:026102, doi:10.1103/PhysRevE.79.026102 (attraction and repulsion exponents)
// Page:   docs/methods/layout.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/graph/graph.h"
#include "base/progress.h"
#include "base/result.h"

namespace jianwei::analysis {

struct LayoutOptions {
  int iteration_count = 300;  // 5,000 nodes settle within it
  std::uint64_t seed = 1;
  int thread_count = 0;
};

struct Layout {
  std::vector<double> x, y;  // [nodes] mean 0; the root mean square distance from the centre is 1; the longest axis lies along x
};

// `cluster` ([nodes], or empty) only chooses the start: nodes of a cluster begin together. For up to some 5,000 nodes.
//
// Errors: invalid_input  iteration_count is below 1, or `cluster` has another length;  cancelled
// Time O(iterations * (edges + nodes * cells)). Same result at any thread count.
Result<Layout> place_nodes(const Graph& graph, std::span<const std::int32_t> cluster, const LayoutOptions& options, Progress& progress);

}  // namespace jianwei::analysis
