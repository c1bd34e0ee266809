#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "analysis/clusters/leiden.h"
#include "analysis/items/item_clusters.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

VectorTable plane(const std::vector<double>& degrees) {
  VectorTable table{static_cast<std::int64_t>(degrees.size()), 2, {}};
  for (const double angle : degrees) {
    table.values.push_back(static_cast<float>(std::cos(angle * std::numbers::pi / 180)));
    table.values.push_back(static_cast<float>(std::sin(angle * std::numbers::pi / 180)));
  }
  return table;
}

const std::vector<double> kEight = {0, 10, 25, 60, 64, 130, 150, 260};

void expect_tree(Linkage linkage, const std::vector<Merge>& expected) {
  Progress progress;
  const Dendrogram tree = *link_items(plane(kEight), linkage, progress);
  ASSERT_EQ(tree.merges.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(tree.merges[i].first, expected[i].first) << i;
    EXPECT_EQ(tree.merges[i].second, expected[i].second) << i;
    EXPECT_EQ(tree.merges[i].size, expected[i].size) << i;
    EXPECT_NEAR(tree.merges[i].height, expected[i].height, 2e-4) << i;
  }
}

// Heights of scipy 1.x: linkage(x, "average", metric="cosine") and linkage(x, "ward") of the same eight points.
TEST(LinkItems, BuildsTheAverageLinkageTreeOfScipy) {
  expect_tree(Linkage::average, {{3, 4, 0.0024359, 2}, {0, 1, 0.0151922, 2}, {5, 6, 0.0603074, 2}, {2, 9, 0.0638832, 3}, {8, 11, 0.3724597, 5}, {10, 12, 1.278874, 7}, {7, 13, 1.5678581, 8}});
}

TEST(LinkItems, BuildsTheWardTreeOfScipy) {
  expect_tree(Linkage::ward, {{3, 4, 0.069799, 2}, {0, 1, 0.1743115, 2}, {5, 6, 0.3472964, 2}, {2, 9, 0.4002837, 3}, {8, 11, 1.3071491, 5}, {7, 10, 1.9848271, 3}, {12, 13, 2.6716713, 8}});
}

TEST(LinkItems, CutsOrdersAndWritesTheTree) {
  Progress progress;
  const Dendrogram tree = *link_items(plane({0, 10, 90}), Linkage::average, progress);
  EXPECT_EQ(cut_dendrogram(tree, 2), (std::vector<std::int32_t>{0, 0, 1}));
  EXPECT_EQ(cut_dendrogram(tree, 1), (std::vector<std::int32_t>{0, 0, 0}));
  EXPECT_EQ(cut_dendrogram(tree, 9), (std::vector<std::int32_t>{0, 1, 2}));
  // {0, 1} meet at 1 - cos 10 = 0.0151922, with 2 at (1 - cos 90 + 1 - cos 80) / 2 = 0.913176; the smaller node (item 2) is drawn first.
  EXPECT_EQ(leaf_order(tree), (std::vector<std::int32_t>{2, 0, 1}));
  EXPECT_EQ(to_newick(tree, {"a", "b's", "c (x)"}), "('c (x)':0.91318,('a':0.015192,'b''s':0.015192):0.89798);");
  EXPECT_FALSE(link_items(VectorTable{}, Linkage::ward, progress));
}

// Unit vectors scattered around `centre_count` orthogonal axes.
VectorTable bundles(std::int32_t centre_count, std::int32_t each, double noise) {
  Random random(5);
  VectorTable table{std::int64_t{centre_count} * each, centre_count + 4, {}};
  for (std::int64_t i = 0; i < table.row_count; ++i) {
    std::vector<double> row(static_cast<std::size_t>(table.dimensions));
    double norm = 0.0;
    for (std::int32_t j = 0; j < table.dimensions; ++j) {
      row[static_cast<std::size_t>(j)] = (j == i % centre_count ? 1.0 : 0.0) + noise * (random.uniform() - 0.5);
      norm += row[static_cast<std::size_t>(j)] * row[static_cast<std::size_t>(j)];
    }
    for (const double x : row) table.values.push_back(static_cast<float>(x / std::sqrt(norm)));
  }
  return table;
}

TEST(ClusterItems, FindsTheNumberOfPlantedBundlesByStability) {
  Progress progress;
  for (const Linkage linkage : {Linkage::ward, Linkage::average}) {
    const ItemClustering found = *cluster_items(bundles(9, 12, 0.6), {}, {.linkage = linkage}, progress);
    EXPECT_EQ(found.clusters.size(), 9U);
    std::vector<std::int32_t> planted;
    for (std::int32_t i = 0; i < 108; ++i) planted.push_back(i % 9);
    EXPECT_GT(adjusted_rand_index(found.cluster, planted), 0.99);
    for (const ItemCluster& cluster : found.clusters) EXPECT_GT(cluster.stability, 0.9);
  }
}

TEST(ClusterItems, FlagsClustersThatCrossTheFields) {
  Progress progress;
  // Bundle 0 is dealt over three fields, the others have one each.
  std::vector<std::int32_t> field;
  for (std::int32_t i = 0; i < 48; ++i) field.push_back(i % 4 == 0 ? i / 4 % 3 : i % 4);
  const ItemClustering found = *cluster_items(bundles(4, 12, 0.3), field, {.cluster_count = 4}, progress);
  int crossing = 0;
  for (const ItemCluster& cluster : found.clusters) {
    if (!cluster.crosses) {
      EXPECT_NEAR(cluster.effective_fields, 1.0, 1e-9);
      continue;
    }
    ++crossing;
    EXPECT_EQ(cluster.items.front() % 4, 0);
    EXPECT_NEAR(cluster.effective_fields, 3.0, 1e-9);
  }
  EXPECT_EQ(crossing, 1);
}

TEST(FindCoverage, ListsTopicsNoItemIsNearTo) {
  const VectorTable documents = bundles(5, 20, 0.5);
  std::vector<std::int32_t> topic;
  for (std::int32_t d = 0; d < 100; ++d) topic.push_back(d % 5);
  VectorTable items{2, 9, std::vector<float>(18, 0.0F)};
  items.values[1] = 1.0F;       // on the axis of topic 1
  items.values[9 + 3] = 1.0F;   // on the axis of topic 3
  const std::vector<TopicCoverage> coverage = find_coverage(items, documents, topic, 5);
  for (const TopicCoverage& row : coverage) EXPECT_EQ(row.covered, row.topic == 1 || row.topic == 3) << row.topic;
  EXPECT_EQ(coverage[1].nearest_item, 0);
  EXPECT_EQ(coverage[3].nearest_item, 1);
}

TEST(ClusterItems, RefusesTooFewItems) {
  Progress progress;
  EXPECT_FALSE(cluster_items(plane({0, 10, 20}), {}, {}, progress));
  EXPECT_FALSE(cluster_items(plane(kEight), std::vector<std::int32_t>{1}, {}, progress));
  EXPECT_FALSE(cluster_items(plane(kEight), {}, {.cluster_count = 9}, progress));
}

}  // namespace
}  // namespace jianwei::analysis
