#include "analysis/clusters/leiden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/random.h"

namespace jianwei::analysis {
namespace {

Clustering run(const Graph& graph, LeidenOptions options) {
  Progress progress;
  Result<Clustering> result = leiden(graph, options, progress);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return std::move(*result);
}

// Zachary (1977), J. Anthropological Research 33:452-473: 34 members, 78 ties, counted from 1 as printed.
Graph karate_club() {
  const std::vector<std::pair<int, int>> ties = {
      {2, 1},   {3, 1},   {3, 2},   {4, 1},   {4, 2},   {4, 3},   {5, 1},   {6, 1},   {7, 1},   {7, 5},   {7, 6},   {8, 1},   {8, 2},   {8, 3},   {8, 4},   {9, 1},
      {9, 3},   {10, 3},  {11, 1},  {11, 5},  {11, 6},  {12, 1},  {13, 1},  {13, 4},  {14, 1},  {14, 2},  {14, 3},  {14, 4},  {17, 6},  {17, 7},  {18, 1},  {18, 2},
      {20, 1},  {20, 2},  {22, 1},  {22, 2},  {26, 24}, {26, 25}, {28, 3},  {28, 24}, {28, 25}, {29, 3},  {30, 24}, {30, 27}, {31, 2},  {31, 9},  {32, 1},  {32, 25},
      {32, 26}, {32, 29}, {33, 3},  {33, 9},  {33, 15}, {33, 16}, {33, 19}, {33, 21}, {33, 23}, {33, 24}, {33, 30}, {33, 31}, {33, 32}, {34, 9},  {34, 10}, {34, 14},
      {34, 15}, {34, 16}, {34, 19}, {34, 20}, {34, 21}, {34, 23}, {34, 24}, {34, 27}, {34, 28}, {34, 29}, {34, 30}, {34, 31}, {34, 32}, {34, 33}};
  std::vector<Edge> edges;
  for (const auto& [a, b] : ties) edges.push_back({a - 1, b - 1});
  return *build_graph(34, edges);
}

// `count` cliques of five in a ring, neighbours joined by one edge.
Graph ring_of_cliques(std::int32_t count) {
  std::vector<Edge> edges;
  for (std::int32_t c = 0; c < count; ++c) {
    for (std::int32_t i = 0; i < 5; ++i) {
      for (std::int32_t j = 0; j < i; ++j) edges.push_back({c * 5 + i, c * 5 + j});
    }
    edges.push_back({c * 5, (c + 1) % count * 5 + 1});
  }
  return *build_graph(count * 5, edges);
}

// Nodes in groups of `group`, about `degree` edges each, a share `mixing` of them to anywhere.
Graph draw_planted(std::int32_t node_count, std::int32_t group, int degree, double mixing, std::uint64_t seed) {
  Random random(seed);
  std::vector<Edge> edges;
  for (std::int32_t node = 0; node < node_count; ++node) {
    for (int i = 0; i < degree / 2; ++i) {
      const bool outside = random.uniform() < mixing;
      const auto target = static_cast<std::int32_t>(outside ? random.below(static_cast<std::uint32_t>(node_count)) : static_cast<std::uint32_t>(node / group * group) + random.below(static_cast<std::uint32_t>(group)));
      if (target < node_count) edges.push_back({node, target, 0.5 + random.uniform()});
    }
  }
  return *build_graph(node_count, edges);
}

bool all_connected(const Graph& graph, const Clustering& clustering) {
  std::vector<std::uint8_t> seen(clustering.cluster.size(), 0);
  std::vector<std::uint8_t> cluster_seen(static_cast<std::size_t>(clustering.cluster_count), 0);
  for (std::size_t start = 0; start < seen.size(); ++start) {
    if (seen[start]) continue;
    auto& met = cluster_seen[static_cast<std::size_t>(clustering.cluster[start])];
    if (met) return false;  // a second piece of a community met before
    met = 1;
    std::vector<std::int32_t> queue = {static_cast<std::int32_t>(start)};
    seen[start] = 1;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for (const std::int32_t neighbor : graph.row(queue[head])) {
        if (seen[static_cast<std::size_t>(neighbor)] || clustering.cluster[static_cast<std::size_t>(neighbor)] != clustering.cluster[start]) continue;
        seen[static_cast<std::size_t>(neighbor)] = 1;
        queue.push_back(neighbor);
      }
    }
  }
  return true;
}

TEST(Leiden, SeparatesTwoTriangles) {
  const Graph graph = *build_graph(6, std::vector<Edge>{{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {3, 5}, {2, 3}});
  const Clustering result = run(graph, {.quality = LeidenQuality::cpm, .resolution = 0.2});
  EXPECT_EQ(result.cluster, (std::vector<std::int32_t>{0, 0, 0, 1, 1, 1}));
  EXPECT_NEAR(result.quality, 0.6, 1e-12);  // (12 - 0.2 * 18) / 14
}

TEST(Leiden, FindsTheBestModularityOfTheKarateClub) {
  const Graph graph = karate_club();
  ASSERT_EQ(graph.edge_count(), 78);
  double best = 0.0;
  std::int32_t communities = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Clustering result = run(graph, {.seed = seed});
    EXPECT_GT(result.quality, 0.415);
    if (result.quality > best) {
      best = result.quality;
      communities = result.cluster_count;
    }
  }
  EXPECT_NEAR(best, 0.41979, 5e-6);
  EXPECT_EQ(communities, 4);
}

TEST(Leiden, CpmHasNoResolutionLimitOnARingOfCliques) {
  const Graph graph = ring_of_cliques(30);
  for (const double resolution : {0.05, 0.3, 0.9}) {
    const Clustering result = run(graph, {.quality = LeidenQuality::cpm, .resolution = resolution});
    EXPECT_EQ(result.cluster_count, 30) << resolution;
    EXPECT_EQ(result.cluster_sizes.front(), 5) << resolution;
  }
}

// Two cliques of five tied by one link gain 1 - 25 gamma when merged: below gamma = 0.04 CPM merges, above it does not.
TEST(Leiden, CpmMergesCliquesOnlyBelowTheDensityBetweenThem) {
  const Graph graph = ring_of_cliques(30);
  std::vector<std::int32_t> single(150), pairs(150);
  for (std::int32_t node = 0; node < 150; ++node) {
    single[static_cast<std::size_t>(node)] = node / 5;
    pairs[static_cast<std::size_t>(node)] = node / 10;
  }
  for (const auto& [resolution, merged] : {std::pair(0.039, true), std::pair(0.041, false)}) {
    const double gain = partition_quality(graph, pairs, LeidenQuality::cpm, resolution) - partition_quality(graph, single, LeidenQuality::cpm, resolution);
    EXPECT_NEAR(gain, 15 * (1 - 25 * resolution) * 2 / (2 * 330.0), 1e-12) << resolution;  // 15 pairs merged; 300 + 30 links, H over 2m
    EXPECT_EQ(gain > 0, merged) << resolution;
  }
  EXPECT_LT(run(graph, {.quality = LeidenQuality::cpm, .resolution = 0.03}).cluster_count, 30);
}

TEST(Leiden, ModularityMergesNeighbouringCliques) {
  const Graph graph = ring_of_cliques(30);
  std::vector<std::int32_t> single(150), pairs(150);
  for (std::int32_t node = 0; node < 150; ++node) {
    single[static_cast<std::size_t>(node)] = node / 5;
    pairs[static_cast<std::size_t>(node)] = node / 10;
  }
  EXPECT_NEAR(partition_quality(graph, single, LeidenQuality::modularity, 1.0), 0.875758, 1e-6);
  EXPECT_NEAR(partition_quality(graph, pairs, LeidenQuality::modularity, 1.0), 0.887879, 1e-6);
  EXPECT_GT(run(graph, {}).quality, 0.8787);
}

TEST(Leiden, KeepsCommunitiesConnected) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Graph graph = draw_planted(600, 30, 6, 0.4, seed);
    for (const LeidenQuality quality : {LeidenQuality::modularity, LeidenQuality::cpm}) {
      const Clustering result = run(graph, {.quality = quality, .resolution = quality == LeidenQuality::cpm ? 0.05 : 1.0, .iteration_count = 1 + static_cast<int>(seed % 3), .seed = seed});
      EXPECT_TRUE(all_connected(graph, result)) << "seed " << seed;
      EXPECT_NEAR(result.quality, partition_quality(graph, result.cluster, quality, quality == LeidenQuality::cpm ? 0.05 : 1.0), 1e-12);
      EXPECT_TRUE(std::is_sorted(result.cluster_sizes.rbegin(), result.cluster_sizes.rend()));
    }
  }
}

TEST(Leiden, RecoversPlantedCommunities) {
  const Graph graph = draw_planted(5000, 100, 20, 0.3, 3);
  std::vector<std::int32_t> truth(5000);
  for (std::int32_t node = 0; node < 5000; ++node) truth[static_cast<std::size_t>(node)] = node / 100;
  const Clustering result = run(graph, {});
  EXPECT_GT(adjusted_rand_index(result.cluster, truth), 0.98);
}

TEST(Leiden, RenumberingNodesKeepsTheQuality) {
  const Graph graph = draw_planted(2000, 50, 12, 0.35, 9);
  const double quality = run(graph, {}).quality;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Random random(seed);
    std::vector<std::int32_t> number(2000);
    std::iota(number.begin(), number.end(), 0);
    std::shuffle(number.begin(), number.end(), random);
    std::vector<Edge> edges = list_edges(graph);
    for (Edge& edge : edges) {
      edge.source = number[static_cast<std::size_t>(edge.source)];
      edge.target = number[static_cast<std::size_t>(edge.target)];
    }
    EXPECT_NEAR(run(*build_graph(2000, edges), {}).quality, quality, 0.003);
  }
}

TEST(Leiden, GivesTheSamePartitionAtAnyThreadCountAndForTheSameSeed) {
  const Graph graph = draw_planted(30'000, 40, 10, 0.4, 5);
  const Clustering one = run(graph, {.iteration_count = 2, .thread_count = 1});
  const Clustering four = run(graph, {.iteration_count = 2, .thread_count = 4});
  EXPECT_EQ(one.cluster, four.cluster);
  EXPECT_NE(one.cluster, run(graph, {.iteration_count = 2, .seed = 2}).cluster);
}

TEST(Leiden, ALargeGraphIsCutIntoShardsThatThreadsDoNotChange) {
  const Graph graph = draw_planted(80'000, 50, 16, 0.3, 7);
  ASSERT_GT(graph.neighbors.size(), 1'000'000U);  // two shards at least
  const Clustering one = run(graph, {.iteration_count = 1, .thread_count = 1});
  const Clustering three = run(graph, {.iteration_count = 1, .thread_count = 3});
  EXPECT_EQ(one.cluster, three.cluster);
  EXPECT_TRUE(all_connected(graph, one));
  EXPECT_NEAR(one.quality, partition_quality(graph, one.cluster, LeidenQuality::modularity, 1.0), 1e-9);
  const Clustering again = run(graph, {.iteration_count = 6});
  EXPECT_GE(again.quality, one.quality);
  EXPECT_LT(again.quality - one.quality, 0.001);  // one iteration is nearly all
  EXPECT_TRUE(all_connected(graph, run(graph, {.quality = LeidenQuality::cpm, .resolution = 0.1, .iteration_count = 1})));
}

TEST(Leiden, FromAStartOnlyWhatGainsMoves) {
  const Graph graph = draw_planted(5000, 100, 16, 0.35, 11);
  const Clustering first = run(graph, {.iteration_count = 10});
  const Clustering again = run(graph, {.iteration_count = 1, .start = first.cluster});
  EXPECT_GT(adjusted_rand_index(first.cluster, again.cluster), 0.98);
  EXPECT_GE(again.quality, first.quality - 1e-9);
  // Nodes the start does not know join those they are tied to.
  std::vector<std::int32_t> partly = first.cluster;
  for (std::size_t node = 0; node < partly.size(); node += 7) partly[node] = -1;
  const Clustering grown = run(graph, {.iteration_count = 1, .start = partly});
  EXPECT_GT(adjusted_rand_index(first.cluster, grown.cluster), 0.95);
  EXPECT_TRUE(all_connected(graph, grown));
  Progress progress;
  EXPECT_EQ(leiden(graph, {.start = std::span<const std::int32_t>(partly).first(10)}, progress).error().kind, ErrorKind::invalid_input);
  partly[3] = 5000;
  EXPECT_EQ(leiden(graph, {.start = partly}, progress).error().kind, ErrorKind::invalid_input);
}

TEST(Leiden, UnitWeightsAndEqualWeightsGiveTheSamePartition) {
  Graph graph = draw_planted(4000, 40, 12, 0.3, 4);
  std::fill(graph.weights.begin(), graph.weights.end(), 1.0F);
  const Clustering unit = run(graph, {});
  std::fill(graph.weights.begin(), graph.weights.end(), 2.0F);  // read from the row, where weights of 1 are not
  EXPECT_NEAR(run(graph, {}).quality, unit.quality, 0.002);
  EXPECT_NEAR(partition_quality(graph, unit.cluster, LeidenQuality::modularity, 1.0), unit.quality, 1e-12);
}

TEST(Leiden, SmallCommunitiesJoinTheirNearest) {
  const Graph graph = *build_graph(9, std::vector<Edge>{{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {3, 5}, {6, 2, 0.1}, {7, 8}});
  const Clustering result = run(graph, {.quality = LeidenQuality::cpm, .resolution = 0.5, .min_cluster_size = 3});
  EXPECT_EQ(result.cluster[6], result.cluster[2]);
  EXPECT_EQ(result.cluster_sizes, (std::vector<std::int64_t>{4, 3, 2}));  // 7-8 has no neighbour to join
}

TEST(Leiden, HandlesGraphsWithoutEdgesAndRefusesBadOptions) {
  const Graph graph = *build_graph(3, {});
  const Clustering result = run(graph, {});
  EXPECT_EQ(result.cluster_count, 3);
  EXPECT_EQ(result.quality, 0.0);
  EXPECT_EQ(run(*build_graph(0, {}), {}).cluster_count, 0);
  Progress progress;
  EXPECT_EQ(leiden(graph, {.resolution = 0.0}, progress).error().kind, ErrorKind::invalid_input);
  EXPECT_EQ(leiden(graph, {.randomness = -1.0}, progress).error().kind, ErrorKind::invalid_input);
  progress.cancel();
  EXPECT_EQ(leiden(graph, {}, progress).error().kind, ErrorKind::cancelled);
}

TEST(Leiden, AdjustedRandIndexOfAPublishedTable) {
  // Hubert and Arabie's index for two partitions of six items: cells 2, 1 / 1, 2 give (2 - 2.4) / (6 - 2.4) = -1/9.
  const std::vector<std::int32_t> a = {0, 0, 0, 1, 1, 1};
  const std::vector<std::int32_t> b = {0, 0, 1, 0, 1, 1};
  EXPECT_NEAR(adjusted_rand_index(a, b), -1.0 / 9.0, 1e-12);
  EXPECT_NEAR(adjusted_rand_index(a, std::vector<std::int32_t>{5, 5, 5, 2, 2, 2}), 1.0, 1e-12);
}

}  // namespace
}  // namespace jianwei::analysis
