#include "analysis/graph/networks.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace jianwei::analysis {
namespace {

// Three papers by authors {0,1,2}, {0,1}, {2,3}.
IdLists papers() { return {{0, 3, 5, 7}, {0, 1, 2, 0, 1, 2, 3}}; }

double weight(const Graph& graph, std::int32_t a, std::int32_t b) {
  const auto row = graph.row(a);
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == b) return graph.row_weights(a)[i];
  }
  return 0.0;
}

Graph project(const IdLists& rows, std::int64_t item_count, const NetworkOptions& options) {
  Progress progress;
  return *project_rows(rows, item_count, options, progress);
}

TEST(Networks, FullCountingCountsSharedRows) {
  const Graph graph = project(papers(), 4, {.similarity = Similarity::none});
  EXPECT_EQ(graph.edge_count(), 4);
  EXPECT_DOUBLE_EQ(weight(graph, 0, 1), 2.0);
  EXPECT_DOUBLE_EQ(weight(graph, 2, 3), 1.0);
  EXPECT_DOUBLE_EQ(weight(graph, 1, 3), 0.0);
}

TEST(Networks, FractionalCountingGivesEachAuthorOneLinkAPaper) {
  const Graph graph = project(papers(), 4, {.counting = Counting::fractional, .similarity = Similarity::none});
  EXPECT_DOUBLE_EQ(weight(graph, 0, 1), 1.5);
  EXPECT_DOUBLE_EQ(strengths(graph)[0], 2.0);  // two papers
  EXPECT_DOUBLE_EQ(strengths(graph)[3], 1.0);
}

TEST(Networks, AssociationStrengthIsObservedOverExpected) {
  const Graph graph = project(papers(), 4, {.similarity = Similarity::association_strength});
  // c_0 = 3, c_1 = 3, c_2 = 3, c_3 = 1, 2m = 10
  EXPECT_NEAR(weight(graph, 0, 1), 10.0 * 2.0 / 9.0, 1e-6);
  EXPECT_NEAR(weight(graph, 3, 2), 10.0 * 1.0 / 3.0, 1e-6);
}

TEST(Networks, CosineDividesByTheRowsOfBoth) {
  const Graph graph = project(papers(), 4, {.similarity = Similarity::cosine});
  EXPECT_NEAR(weight(graph, 0, 1), 1.0, 1e-6);
  EXPECT_NEAR(weight(graph, 2, 3), 1.0 / std::sqrt(2.0), 1e-6);
}

TEST(Networks, CouplingAndCoCitationReadReferencesBothWays) {
  // 0 cites 2, 3; 1 cites 2, 3; 2 cites 3.
  const IdLists references{{0, 2, 4, 5, 5}, {2, 3, 2, 3, 3}};
  Progress progress;
  const Graph coupling = *link_by_coupling(references, {.similarity = Similarity::none}, progress);
  EXPECT_DOUBLE_EQ(weight(coupling, 0, 1), 2.0);
  EXPECT_DOUBLE_EQ(weight(coupling, 1, 2), 1.0);
  const Graph co_citation = *link_by_co_citation(references, {.similarity = Similarity::none}, progress);
  EXPECT_DOUBLE_EQ(weight(co_citation, 2, 3), 2.0);
  EXPECT_EQ(co_citation.edge_count(), 1);
  const Graph citation = *link_by_citation(references, Counting::fractional);
  EXPECT_DOUBLE_EQ(weight(citation, 0, 2), 0.5);
  EXPECT_DOUBLE_EQ(weight(citation, 2, 3), 1.0);
}

TEST(Networks, KeepsTheStrongestOfEitherEndAndIsTheSameOnThreeThreads) {
  Random random(1);
  IdLists rows;
  for (int r = 0; r < 3000; ++r) {
    for (int i = 0; i < 6; ++i) rows.values.push_back(static_cast<std::int32_t>(random.below(random.below(2) ? 50 : 600)));
    rows.offsets.push_back(static_cast<std::int64_t>(rows.values.size()));
  }
  NetworkOptions options{.min_row_count = 2, .neighbors_per_node = 3, .thread_count = 1};
  const Graph one = project(rows, 600, options);
  options.thread_count = 3;
  const Graph three = project(rows, 600, options);
  EXPECT_EQ(one.neighbors, three.neighbors);
  EXPECT_EQ(one.weights, three.weights);
  options.neighbors_per_node = 0;
  const Graph all = project(rows, 600, options);
  EXPECT_LT(one.edge_count(), all.edge_count());
  for (std::int64_t node = 0; node < 600; ++node) {
    EXPECT_GE(one.degree(node), std::min<std::size_t>(3, all.degree(node)));
    for (const std::int32_t neighbor : one.row(node)) EXPECT_EQ(weight(one, neighbor, static_cast<std::int32_t>(node)), weight(one, static_cast<std::int32_t>(node), neighbor));
  }
}

TEST(Networks, ItemsLeftOutStillCountInFractions) {
  // Papers by {0,1,2}, {0,1}, {2,3}: without author 2 the pair 0-1 still has 1/2 + 1.
  const IdLists papers{{0, 3, 5, 7}, {0, 1, 2, 0, 1, 2, 3}};
  Progress progress;
  const std::vector<std::uint8_t> keep = {1, 1, 0, 1};
  const Graph graph = *project_rows(papers, 4, {.counting = Counting::fractional, .similarity = Similarity::none}, keep, progress);
  ASSERT_EQ(graph.edge_count(), 1);
  EXPECT_EQ(graph.row(0)[0], 1);
  EXPECT_FLOAT_EQ(graph.row_weights(0)[0], 1.5F);
  EXPECT_EQ(graph.node_count(), 4);
  EXPECT_EQ(project_rows(papers, 4, {}, std::vector<std::uint8_t>{1}, progress).error().kind, ErrorKind::invalid_input);
}

TEST(Networks, RefusesItemsOutside) {
  Progress progress;
  EXPECT_EQ(project_rows(papers(), 3, {}, progress).error().kind, ErrorKind::invalid_input);
}

}  // namespace
}  // namespace jianwei::analysis
