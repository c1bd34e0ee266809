#include <gtest/gtest.h>

#include <cmath>

#include "analysis/map/map_layout.h"
#include "analysis/map/neighbour_weights.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

constexpr std::int32_t kDimensions = 16;

// Rows of `group_count` groups, row r in group r % group_count.
VectorTable grouped(std::int64_t rows, int group_count) {
  VectorTable table{rows, kDimensions, {}};
  for (std::int64_t r = 0; r < rows; ++r) {
    Random centre(7, static_cast<std::uint64_t>(r % group_count));
    Random noise(8, static_cast<std::uint64_t>(r));
    double length = 0.0;
    for (int d = 0; d < kDimensions; ++d) {
      table.values.push_back(static_cast<float>(centre.uniform() - 0.5 + 0.3 * (noise.uniform() - 0.5)));
      length += table.values.back() * table.values.back();
    }
    for (float& value : table.row(r)) value = static_cast<float>(value / std::sqrt(length));
  }
  return table;
}

NeighbourLists neighbours_of(const VectorTable& table) {
  Progress progress;
  return *nearest_neighbours(table, {}, progress);
}

DocumentMap map_of(const VectorTable& table, const MapStart& start = {}, int thread_count = 0) {
  Progress progress;
  const auto map = lay_out_map(table, neighbours_of(table), start, {.thread_count = thread_count}, progress);
  EXPECT_TRUE(map) << (map ? "" : map.error().message);
  return *map;
}

double distance(MapPoint a, MapPoint b) { return std::hypot(a.x - b.x, a.y - b.y); }

TEST(NeighbourWeights, OfARowSumToTheLogOfItsNeighbourCount) {
  // Four neighbours at distances 0.1, 0.2, 0.3, 0.4, not named by them in turn: w = v, and sum v = log2 4 = 2, the nearest 1.
  NeighbourLists lists{4, std::vector<std::int32_t>(20, -1), std::vector<float>(20, 0.0f)};
  for (int i = 0; i < 4; ++i) {
    lists.ids[static_cast<std::size_t>(i)] = i + 1;
    lists.similarities[static_cast<std::size_t>(i)] = 0.9f - 0.1f * static_cast<float>(i);
  }
  const NeighbourWeights graph = weigh_neighbours(lists, 1);
  ASSERT_EQ(graph.offsets[1], 4);
  float sum = 0.0f;
  for (std::size_t e = 0; e < 4; ++e) sum += graph.weights[e];
  EXPECT_NEAR(sum, 2.0f, 1e-4f);
  EXPECT_FLOAT_EQ(graph.weights[0], 1.0f);
  EXPECT_EQ(graph.neighbours[4], 0);
  EXPECT_FLOAT_EQ(graph.weights[5], graph.weights[1]) << "an edge weighs the same from both ends";
}

TEST(Map, KeepsGroupsTogetherAndApart) {
  const VectorTable table = grouped(1200, 6);
  const DocumentMap map = map_of(table);
  double within = 0.0, between = 0.0;
  std::int64_t within_count = 0, between_count = 0;
  for (std::size_t a = 0; a < 1200; a += 7) {
    for (std::size_t b = 0; b < a; b += 5) {
      const double d = distance(map.points[a], map.points[b]);
      (a % 6 == b % 6 ? within : between) += d;
      ++(a % 6 == b % 6 ? within_count : between_count);
    }
  }
  EXPECT_LT(3.0 * within / static_cast<double>(within_count), between / static_cast<double>(between_count));
  EXPECT_GT(trustworthiness(table, map.points, 15, 200, 0), 0.85);
}

TEST(Map, IsTheSameAtAnyThreadCount) {
  const VectorTable table = grouped(3000, 5);
  EXPECT_EQ(map_of(table, {}, 1).points, map_of(table, {}, 3).points);
}

TEST(Map, StaysWhereItWasWhenDataGrow) {
  const VectorTable all = grouped(2200, 8);
  VectorTable before = all;
  before.row_count = 2000;
  before.values.resize(2000 * kDimensions);
  const DocumentMap first = map_of(before);
  MapStart start{first.points, std::vector<std::uint8_t>(2000, 1)};
  start.points.resize(2200);
  start.known.resize(2200, 0);
  const DocumentMap second = map_of(all, start);
  double spread = 0.0, moved = 0.0;
  for (std::size_t r = 0; r < 2000; ++r) {
    spread += std::hypot(first.points[r].x, first.points[r].y) / 2000.0;
    moved += distance(first.points[r], second.points[r]) / 2000.0;
  }
  EXPECT_LT(moved, 0.2 * spread);
  for (std::size_t r = 2000; r < 2200; ++r) {  // a new row lies by a row of its group
    double nearest = 1e9;
    for (std::size_t other = r % 8; other < 2000; other += 8) nearest = std::min(nearest, distance(second.points[r], second.points[other]));
    EXPECT_LT(nearest, 0.5 * spread);
  }
}

TEST(Map, HoldsForFewRowsAndEmptyOnes) {
  EXPECT_TRUE(map_of({0, kDimensions, {}}).points.empty());
  EXPECT_EQ(map_of(grouped(1, 1)).points.size(), 1u);
  VectorTable table = grouped(50, 2);
  std::fill(table.values.begin(), table.values.begin() + kDimensions, 0.0f);
  for (const MapPoint& point : map_of(table).points) EXPECT_TRUE(std::isfinite(point.x) && std::isfinite(point.y));
}

// Points on a line in the order of their angle: the map is perfect. Reversed halves are not.
TEST(Trustworthiness, IsOneForAFaithfulMap) {
  VectorTable table{100, 2, {}};
  std::vector<MapPoint> line, mixed;
  for (int i = 0; i < 100; ++i) {
    table.values.push_back(static_cast<float>(std::cos(i * 0.01)));
    table.values.push_back(static_cast<float>(std::sin(i * 0.01)));
    line.push_back({static_cast<float>(i), 0.0f});
    mixed.push_back({static_cast<float>(i * 37 % 100), 0.0f});
  }
  EXPECT_GT(trustworthiness(table, line, 5, 0, 1), 0.999);
  EXPECT_LT(trustworthiness(table, mixed, 5, 0, 1), 0.7);
}

}  // namespace
}  // namespace jianwei::analysis
