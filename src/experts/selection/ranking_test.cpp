#include "experts/selection/ranking.h"

#include <gtest/gtest.h>

#include <limits>

namespace jianwei::experts {
namespace {

TEST(SelectionRanking, WeightedSumOfNormalisedScores) {
  const Decision decision{3, 2, {0, 10, 5, 20, 10, 30}, {3, 1}, {}};
  const auto ranking = rank_items(decision, RankingMethod::weighted_sum);
  ASSERT_TRUE(ranking);
  EXPECT_EQ(ranking->value, (std::vector<double>{0.0, 0.5, 1.0}));
  EXPECT_EQ(ranking->rank, (std::vector<std::int32_t>{3, 2, 1}));
}

// By hand: columns (3, 4) and (4, 3) have norm 5; with equal weights v = (.3, .4), (.4, .3), so both lie .1 from the ideal and .1 from the worst.
TEST(SelectionRanking, TopsisOfMirroredItemsIsAHalf) {
  const Decision decision{2, 2, {3, 4, 4, 3}, {1, 1}, {}};
  const auto ranking = rank_items(decision, RankingMethod::topsis);
  ASSERT_TRUE(ranking);
  EXPECT_NEAR(ranking->value[0], 0.5, 1e-12);
  EXPECT_NEAR(ranking->value[1], 0.5, 1e-12);
}

// By hand: w = (.8, .2): v_1 = (.48, .16), v_2 = (.64, .12); ideal (.64, .16), worst (.48, .12); d2+ = .04, d2- = .16.
TEST(SelectionRanking, TopsisByHand) {
  const auto ranking = rank_items({2, 2, {3, 4, 4, 3}, {.8, .2}, {}}, RankingMethod::topsis);
  ASSERT_TRUE(ranking);
  EXPECT_NEAR(ranking->value[0], 0.2, 1e-12);
  EXPECT_NEAR(ranking->value[1], 0.8, 1e-12);
}

TEST(SelectionRanking, CostsTurnTheOrder) {
  for (const RankingMethod method : {RankingMethod::weighted_sum, RankingMethod::topsis, RankingMethod::borda}) {
    const auto ranking = rank_items({3, 1, {1, 2, 3}, {1}, {1}}, method);
    ASSERT_TRUE(ranking);
    EXPECT_EQ(ranking->rank, (std::vector<std::int32_t>{1, 2, 3}));
  }
}

TEST(SelectionRanking, BordaSharesTies) {
  const auto ranking = rank_items({3, 1, {5, 5, 1}, {1}, {}}, RankingMethod::borda);
  ASSERT_TRUE(ranking);
  EXPECT_EQ(ranking->value, (std::vector<double>{1.5, 1.5, 0.0}));
  EXPECT_EQ(ranking->rank, (std::vector<std::int32_t>{1, 2, 3}));
}

TEST(SelectionRanking, NamesTheMissingScore) {
  const auto refused = rank_items({2, 2, {1, 2, 3, std::numeric_limits<double>::quiet_NaN()}, {1, 1}, {}}, RankingMethod::topsis);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "item 2 has no score on criterion 2");
}

}  // namespace
}  // namespace jianwei::experts
