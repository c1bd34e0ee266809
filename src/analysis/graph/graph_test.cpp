#include "analysis/graph/graph.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace jianwei::analysis {
namespace {

// A triangle 0-1-2 with a tail 2-3-4, and two nodes apart: 5-6, 7 alone.
Graph tailed_triangle() { return *build_graph(8, std::vector<Edge>{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {5, 6}}); }

TEST(Graph, AddsRepeatedEdgesAndDropsLoops) {
  const Graph graph = *build_graph(3, std::vector<Edge>{{1, 0, 2.0}, {0, 1, 0.5}, {2, 2, 9.0}, {1, 2, 0.0}});
  EXPECT_EQ(graph.edge_count(), 1);
  EXPECT_FLOAT_EQ(graph.row_weights(0)[0], 2.5F);
  EXPECT_DOUBLE_EQ(total_weight(graph), 2.5);
  EXPECT_EQ(graph.degree(2), 0U);
}

TEST(Graph, RefusesEdgesOutsideAndBadWeights) {
  EXPECT_EQ(build_graph(2, std::vector<Edge>{{0, 2}}).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(build_graph(2, std::vector<Edge>{{0, 1, -1.0}}).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(build_graph(2, std::vector<Edge>{{0, 1, std::nan("")}}).error().kind, ErrorKind::invalid_input);
}

TEST(Graph, NumbersComponentsBySize) {
  const Components components = connected_components(tailed_triangle());
  EXPECT_EQ(components.sizes, (std::vector<std::int64_t>{5, 2, 1}));
  EXPECT_EQ(components.component, (std::vector<std::int32_t>{0, 0, 0, 0, 0, 1, 1, 2}));
}

TEST(Graph, CoreNumbersPeelTheTail) {
  EXPECT_EQ(core_numbers(tailed_triangle()), (std::vector<std::int32_t>{2, 2, 2, 1, 1, 1, 1, 0}));
}

TEST(Graph, PagerankOfAnUndirectedGraphWithoutDampingFollowsStrength) {
  const Graph graph = *build_graph(3, std::vector<Edge>{{0, 1, 2.0}, {1, 2, 1.0}, {0, 2, 1.0}});
  const std::vector<double> rank = pagerank(graph, 1.0, 1000);
  EXPECT_NEAR(rank[0], 3.0 / 8.0, 1e-8);
  EXPECT_NEAR(rank[2], 2.0 / 8.0, 1e-8);
  double sum = 0.0;
  for (const double r : pagerank(tailed_triangle())) sum += r;
  EXPECT_NEAR(sum, 1.0, 1e-9);
}

TEST(Graph, SubgraphKeepsTheEdgesInside) {
  std::vector<std::int32_t> kept;
  const Graph part = subgraph(tailed_triangle(), std::vector<std::uint8_t>{0, 1, 1, 1, 0, 0, 1, 0}, &kept);
  EXPECT_EQ(kept, (std::vector<std::int32_t>{1, 2, 3, 6}));
  const std::vector<Edge> edges = list_edges(part);
  ASSERT_EQ(edges.size(), 2U);
  EXPECT_EQ(edges[1].source, 1);
  EXPECT_EQ(edges[1].target, 2);
}

}  // namespace
}  // namespace jianwei::analysis
