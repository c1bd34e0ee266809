#include "analysis/resolution/quality.h"

#include <gtest/gtest.h>

namespace jianwei::analysis {
namespace {

using Labels = std::vector<std::int64_t>;

// Gold {abc}{de}, predicted {ab}{cde}: precision (1+1+1/3+2/3+2/3)/5, recall (2/3+2/3+1/3+1+1)/5.
TEST(Quality, BCubedOfTheToyExample) {
  const PrecisionRecall quality = b_cubed(Labels{0, 0, 1, 1, 1}, Labels{0, 0, 0, 1, 1});
  EXPECT_NEAR(quality.precision, 11.0 / 15.0, 1e-12);
  EXPECT_NEAR(quality.recall, 11.0 / 15.0, 1e-12);
  EXPECT_NEAR(quality.f1, 0.7333, 5e-5);
}

TEST(Quality, PairsOfTheToyExample) {
  // Predicted pairs ab, cd, ce, de; gold pairs ab, ac, bc, de: two in common.
  const PrecisionRecall quality = pairwise(Labels{0, 0, 1, 1, 1}, Labels{0, 0, 0, 1, 1});
  EXPECT_DOUBLE_EQ(quality.precision, 0.5);
  EXPECT_DOUBLE_EQ(quality.recall, 0.5);
}

TEST(Quality, PairListsCountRepeatsOnce) {
  const PrecisionRecall quality = pairwise({{0, 1}, {0, 1}, {2, 3}}, {{0, 1}, {4, 5}, {6, 7}});
  EXPECT_DOUBLE_EQ(quality.precision, 0.5);
  EXPECT_DOUBLE_EQ(quality.recall, 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(quality.f1, 0.4);
}

TEST(Quality, NamesOfClustersDoNotMatter) {
  EXPECT_DOUBLE_EQ(b_cubed(Labels{9, 9, 4, 4}, Labels{1, 1, 7, 7}).f1, 1.0);
  EXPECT_EQ(largest_cluster(Labels{9, 9, 4, 9}), 3);
}

}  // namespace
}  // namespace jianwei::analysis
