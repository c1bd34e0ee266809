#include "analysis/neighbours/neighbours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"

namespace jianwei::analysis {
namespace {

void set_unit_length(VectorTable& table) {
  for (std::int64_t row = 0; row < table.row_count; ++row) {
    float* values = table.values.data() + row * table.dimensions;
    double length = 0.0;
    for (int d = 0; d < table.dimensions; ++d) length += values[d] * values[d];
    for (int d = 0; d < table.dimensions && length > 0; ++d) values[d] = static_cast<float>(values[d] / std::sqrt(length));
  }
}

// Points around `centre_count` directions: like documents of as many topics.
VectorTable clustered_table(std::int64_t row_count, std::int32_t dimensions, int centre_count, std::uint64_t seed) {
  VectorTable table{row_count, dimensions, std::vector<float>(static_cast<std::size_t>(row_count * dimensions))};
  for (std::int64_t row = 0; row < row_count; ++row) {
    Random random(seed, static_cast<std::uint64_t>(row));
    Random centre(seed + 1, random.below(static_cast<std::uint32_t>(centre_count)));
    for (int d = 0; d < dimensions; ++d) {
      table.values[static_cast<std::size_t>(row * dimensions + d)] = static_cast<float>(centre.uniform() - 0.5 + 0.8 * (random.uniform() - 0.5));
    }
  }
  set_unit_length(table);
  return table;
}

NeighbourLists run(const VectorTable& table, NeighbourOptions options) {
  Progress progress;
  Result<NeighbourLists> lists = nearest_neighbours(table, options, progress);
  EXPECT_TRUE(lists) << (lists ? "" : lists.error().message);
  return std::move(*lists);
}

// By definition, in double: every pair, sorted.
std::vector<std::pair<double, std::int32_t>> all_pairs(const VectorTable& table, std::int64_t row) {
  std::vector<std::pair<double, std::int32_t>> found;
  for (std::int64_t other = 0; other < table.row_count; ++other) {
    double sum = 0.0;
    for (int d = 0; d < table.dimensions; ++d) sum += static_cast<double>(table.values[static_cast<std::size_t>(row * table.dimensions + d)]) * table.values[static_cast<std::size_t>(other * table.dimensions + d)];
    if (other != row) found.emplace_back(-sum, static_cast<std::int32_t>(other));
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(Neighbours, AreThoseOfEveryPairCompared) {
  const VectorTable table = clustered_table(517, 37, 8, 3);
  const NeighbourLists lists = run(table, {.neighbour_count = 10, .method = NeighbourMethod::exact});
  ASSERT_EQ(lists.row_count(), 517);
  for (std::int64_t row = 0; row < table.row_count; ++row) {
    const auto expected = all_pairs(table, row);
    for (std::size_t i = 0; i < 10; ++i) {
      const std::size_t at = static_cast<std::size_t>(row) * 10 + i;
      EXPECT_NEAR(lists.similarities[at], -expected[i].first, 1e-5);
      const bool clear = expected[i + 1].first - expected[i].first > 1e-5 && (i == 0 || expected[i].first - expected[i - 1].first > 1e-5);
      if (clear) {
        EXPECT_EQ(lists.ids[at], expected[i].second);
      }
    }
  }
}

TEST(Neighbours, BreakTiesByRowAndNeverNameTheRowItself) {
  // Four corners of a square: each has two neighbours at a right angle and one opposite.
  VectorTable table{4, 2, {1, 0, 0, 1, -1, 0, 0, -1}};
  const NeighbourLists lists = run(table, {.neighbour_count = 3});
  const std::vector<std::int32_t> expected = {1, 3, 2, 0, 2, 3, 1, 3, 0, 0, 2, 1};
  EXPECT_EQ(lists.ids, expected);
  EXPECT_FLOAT_EQ(lists.similarities[2], -1.0f);
}

TEST(Neighbours, PadShortListsAndPassOverEmptyRows) {
  VectorTable table{3, 2, {1, 0, 0, 0, 0.6f, 0.8f}};
  const NeighbourLists lists = run(table, {.neighbour_count = 2});
  const std::vector<std::int32_t> expected = {2, -1, -1, -1, 0, -1};
  EXPECT_EQ(lists.ids, expected);
  EXPECT_FLOAT_EQ(lists.similarities[0], 0.6f);
}

TEST(Neighbours, AreTheSameAtAnyThreadCount) {
  const VectorTable table = clustered_table(2000, 32, 20, 5);
  const NeighbourLists one = run(table, {.thread_count = 1});
  const NeighbourLists three = run(table, {.thread_count = 3});
  EXPECT_EQ(one.ids, three.ids);
  EXPECT_EQ(one.similarities, three.similarities);
}

TEST(Neighbours, OfOtherVectorsIncludeTheRowEqualToThem) {
  const VectorTable table = clustered_table(300, 16, 5, 7);
  VectorTable queries{2, 16, {}};
  queries.values.assign(table.values.begin() + 16 * 40, table.values.begin() + 16 * 42);
  Progress progress;
  const auto lists = nearest_rows(table, queries, {.neighbour_count = 5}, progress);
  ASSERT_TRUE(lists);
  EXPECT_EQ(lists->ids[0], 40);
  EXPECT_EQ(lists->ids[5], 41);
}

double recall_of(const NeighbourLists& found, const NeighbourLists& truth) {
  std::int64_t hits = 0;
  for (std::size_t begin = 0; begin < truth.ids.size(); begin += static_cast<std::size_t>(truth.neighbour_count)) {
    const auto end = begin + static_cast<std::size_t>(truth.neighbour_count);
    for (std::size_t i = begin; i < end; ++i) hits += std::count(found.ids.begin() + static_cast<std::ptrdiff_t>(begin), found.ids.begin() + static_cast<std::ptrdiff_t>(end), truth.ids[i]);
  }
  return static_cast<double>(hits) / static_cast<double>(truth.ids.size());
}

TEST(Neighbours, OfTheGraphAreNearlyThoseOfTheFullComparison) {
  const VectorTable table = clustered_table(6000, 48, 60, 11);
  const NeighbourLists truth = run(table, {.neighbour_count = 10, .method = NeighbourMethod::exact});
  const NeighbourLists found = run(table, {.neighbour_count = 10, .method = NeighbourMethod::graph});
  EXPECT_GT(recall_of(found, truth), 0.97);
  EXPECT_GT(recall_of(run(table, {.neighbour_count = 10, .method = NeighbourMethod::graph, .search_width = 200}), truth), 0.995);
}

TEST(Neighbours, OfTheGraphAreTheSameAtAnyThreadCount) {
  const VectorTable table = clustered_table(3000, 24, 30, 13);
  const NeighbourLists one = run(table, {.method = NeighbourMethod::graph, .thread_count = 1});
  const NeighbourLists three = run(table, {.method = NeighbourMethod::graph, .thread_count = 3});
  EXPECT_EQ(one.ids, three.ids);
  EXPECT_EQ(one.similarities, three.similarities);
}

TEST(Neighbours, OfTheGraphHoldForTablesOfAFewRows) {
  for (const std::int64_t rows : {0, 1, 2, 5}) {
    const VectorTable table = clustered_table(rows, 8, 2, 17);
    const NeighbourLists truth = run(table, {.neighbour_count = 3, .method = NeighbourMethod::exact});
    EXPECT_EQ(run(table, {.neighbour_count = 3, .method = NeighbourMethod::graph}).ids, truth.ids) << rows;
  }
  const NeighbourLists lists = run({3, 2, {1, 0, 0, 0, 0.6f, 0.8f}}, {.neighbour_count = 2, .method = NeighbourMethod::graph});
  EXPECT_EQ(lists.ids, (std::vector<std::int32_t>{2, -1, -1, -1, 0, -1}));
}

TEST(Neighbours, RefuseOtherDimensionsAndShortTables) {
  Progress progress;
  const VectorTable table = clustered_table(10, 4, 2, 1);
  EXPECT_FALSE(nearest_rows(table, clustered_table(10, 5, 2, 1), {}, progress));
  EXPECT_FALSE(nearest_neighbours({10, 4, {1.0f}}, {}, progress));
  EXPECT_FALSE(nearest_neighbours(table, {.neighbour_count = 0}, progress));
}

}  // namespace
}  // namespace jianwei::analysis
