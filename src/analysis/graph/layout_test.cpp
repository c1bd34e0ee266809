#include "analysis/graph/layout.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace jianwei::analysis {
namespace {

Layout place(const Graph& graph, std::span<const std::int32_t> cluster = {}, int thread_count = 0) {
  Progress progress;
  return *place_nodes(graph, cluster, {.thread_count = thread_count}, progress);
}

double distance(const Layout& layout, std::size_t a, std::size_t b) { return std::hypot(layout.x[a] - layout.x[b], layout.y[a] - layout.y[b]); }

TEST(Layout, AnEvenTriangleIsEquilateral) {
  const Layout layout = place(*build_graph(3, std::vector<Edge>{{0, 1}, {1, 2}, {0, 2}}));
  EXPECT_NEAR(distance(layout, 0, 1), distance(layout, 1, 2), 1e-3);
  EXPECT_NEAR(distance(layout, 0, 1), distance(layout, 0, 2), 1e-3);
  // Three points at root mean square distance 1 from their centre.
  EXPECT_NEAR(distance(layout, 0, 1), std::sqrt(3.0), 1e-3);
}

TEST(Layout, StrongerLinksAreShorter) {
  const Layout layout = place(*build_graph(3, std::vector<Edge>{{0, 1, 4.0}, {1, 2, 1.0}, {0, 2, 1.0}}));
  EXPECT_LT(distance(layout, 0, 1), 0.8 * distance(layout, 1, 2));
}

TEST(Layout, CommunitiesStandApartAndThreadsDoNotMatter) {
  Random random(2);
  std::vector<Edge> edges;
  for (std::int32_t node = 0; node < 600; ++node) {
    for (int i = 0; i < 6; ++i) {
      const std::uint32_t target = random.below(10) == 0 ? random.below(600) : static_cast<std::uint32_t>(node / 100 * 100) + random.below(100);
      edges.push_back({node, static_cast<std::int32_t>(target)});
    }
  }
  const Graph graph = *build_graph(600, edges);
  const Layout layout = place(graph, {}, 1);
  double inside = 0.0, outside = 0.0;
  int inside_count = 0, outside_count = 0;
  for (std::size_t a = 0; a < 600; a += 7) {
    for (std::size_t b = 0; b < a; b += 3) {
      (a / 100 == b / 100 ? inside : outside) += distance(layout, a, b);
      ++(a / 100 == b / 100 ? inside_count : outside_count);
    }
  }
  EXPECT_LT(inside / inside_count, 0.5 * outside / outside_count);
  EXPECT_EQ(layout.x, place(graph, {}, 3).x);
}

TEST(Layout, CopesWithNoEdgesOneNodeAndNone) {
  for (const double x : place(*build_graph(50, {})).x) EXPECT_TRUE(std::isfinite(x));
  EXPECT_EQ(place(*build_graph(1, {})).x, std::vector<double>{0.0});
  EXPECT_TRUE(place(*build_graph(0, {})).x.empty());
}

}  // namespace
}  // namespace jianwei::analysis
