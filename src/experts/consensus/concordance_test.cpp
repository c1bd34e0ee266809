#include "experts/consensus/concordance.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/random.h"

namespace jianwei::experts {
namespace {

// Twenty subjects rated by three judges: data set "anxiety", printed in the help of KendallW() of the R package DescTools.
TEST(Concordance, AgreesWithTheAnxietyData) {
  const RatingTable table{3, 20, {3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3,
                                  3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4,
                                  2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2}};
  const Concordance result = kendall_w(table);
  EXPECT_NEAR(result.squares, 3004.0, 1e-9);
  EXPECT_NEAR(result.ties, 1674.0, 1e-9);
  EXPECT_NEAR(result.w_uncorrected.value, 0.501921, 5e-7);
  EXPECT_NEAR(result.w.value, 0.539657, 5e-7);
  EXPECT_NEAR(result.chi_squared.value, 30.7604, 5e-5);
  EXPECT_NEAR(result.p_value.value, 0.042883, 5e-7);
}

// Four judges, five items: sample of IBM SPSS, NPAR TESTS KENDALL.
TEST(Concordance, AgreesWithTheSpssSample) {
  const RatingTable table{4, 5, {2, 5, 4, 5, 1, 3, 3, 4, 5, 3, 3, 4, 4, 6, 2, 2, 4, 3, 6, 2}};
  const Concordance result = kendall_w(table);
  EXPECT_NEAR(result.squares, 125.0, 1e-9);
  EXPECT_NEAR(result.w.value, 0.856164, 5e-7);
  EXPECT_NEAR(result.w_uncorrected.value, 0.78125, 1e-9);
  EXPECT_NEAR(result.chi_squared.value, 13.6986, 5e-5);
  EXPECT_NEAR(result.p_value.value, 0.008322, 5e-7);
}

TEST(Concordance, MeanCorrelationGivesTheSameWithoutTies) {
  // A fifth item nobody but the first judge ranked changes nothing for the other pairs; take complete ranks and hide one.
  RatingTable complete{3, 4, {1, 2, 3, 4, 2, 1, 3, 4, 1, 3, 2, 4}};
  const double expected = kendall_w(complete).w.value;
  RatingTable widened{3, 5, {}};
  for (std::int32_t judge = 0; judge < 3; ++judge) {
    for (std::int32_t item = 0; item < 4; ++item) widened.value.push_back(complete.at(judge, item));
    widened.value.push_back(std::numeric_limits<double>::quiet_NaN());
  }
  const Concordance result = kendall_w(widened);
  EXPECT_FALSE(result.complete);
  EXPECT_NEAR(result.w.value, expected, 1e-12);
  EXPECT_FALSE(result.p_value.defined());
}

TEST(Concordance, StaysBetweenZeroAndOne) {
  Random random(3);
  for (int round = 0; round < 500; ++round) {
    RatingTable table{static_cast<std::int32_t>(2 + random.below(6)), static_cast<std::int32_t>(2 + random.below(8)), {}};
    for (std::int32_t i = 0; i < table.rater_count * table.item_count; ++i) table.value.push_back(random.below(5));
    const Statistic w = kendall_w(table).w;
    if (!w.defined()) continue;
    EXPECT_GE(w.value, 0.0);
    EXPECT_LE(w.value, 1.0 + 1e-12);
  }
}

TEST(Concordance, UnanimousJudgesThatTellNothingApartHaveNoW) {
  EXPECT_EQ(kendall_w(RatingTable{2, 3, {1, 1, 1, 2, 2, 2}}).w.undefined, kUnanimous);
}

}  // namespace
}  // namespace jianwei::experts
