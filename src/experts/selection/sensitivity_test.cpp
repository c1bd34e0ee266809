#include "experts/selection/sensitivity.h"

#include <gtest/gtest.h>

namespace jianwei::experts {
namespace {

// Item 0 is best on the first criterion, item 1 on the second; item 2 is best on both, item 3 on none.
Decision decision() { return {4, 2, {8, 2, 2, 8, 10, 10, 0, 0}, {0.55, 0.45}, {}}; }

TEST(Sensitivity, FindsTheChoiceThatHangsOnTheWeights) {
  SensitivityOptions options;
  options.method = RankingMethod::weighted_sum;
  options.selected_count = 2;
  const auto intervals = perturb_weights(decision(), options);
  ASSERT_TRUE(intervals);
  EXPECT_EQ((*intervals)[2].high, 1);
  EXPECT_FALSE((*intervals)[2].flips);
  EXPECT_FALSE((*intervals)[3].flips);
  EXPECT_TRUE((*intervals)[0].flips);
  EXPECT_TRUE((*intervals)[1].flips);
  EXPECT_EQ((*intervals)[0].low, 2);
  EXPECT_EQ((*intervals)[0].high, 3);
}

TEST(Sensitivity, SameSeedSameIntervals) {
  SensitivityOptions options;
  options.selected_count = 2;
  const auto once = perturb_weights(decision(), options), again = perturb_weights(decision(), options);
  ASSERT_TRUE(once && again);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ((*once)[i].selected_share, (*again)[i].selected_share);
}

// By hand: the two are equal at weights one half, a change of -0.05 of the first or +0.05 of the second.
TEST(Sensitivity, SmallestOvertakingByHand) {
  const auto found = smallest_overtakings(decision(), 2, 10);
  ASSERT_TRUE(found);
  ASSERT_GE(found->size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ((*found)[i].inside, 0);
    EXPECT_EQ((*found)[i].outside, 1);
    EXPECT_NEAR((*found)[i].weight, 0.5, 1e-12);
    EXPECT_NEAR(std::abs((*found)[i].change), 0.05, 1e-12);
  }
}

TEST(Sensitivity, NamesTheExpertWhoDecides) {
  // Three experts, two items, one criterion: the third carries item 1 over item 0.
  const std::vector<double> scores{5, 4, 5, 4, 1, 6};
  SensitivityOptions options;
  options.method = RankingMethod::weighted_sum;
  options.selected_count = 1;
  const auto influences = leave_one_expert_out(scores, 3, {2, 1, {}, {1}, {}}, options);
  ASSERT_TRUE(influences);
  ASSERT_EQ(influences->size(), 1u);
  EXPECT_EQ((*influences)[0].expert, 2);
  EXPECT_EQ((*influences)[0].leaves, (std::vector<std::int32_t>{1}));
  EXPECT_EQ((*influences)[0].enters, (std::vector<std::int32_t>{0}));
}

// One criterion, two items, four experts: three prefer the first by 1, one the second by 3, so the means are equal but for a little. The first is ahead where the fourth is drawn
// less than once: (3/4)^4 of the draws; with one draw of it the means differ by 0 + 4 * 0.01.
TEST(Sensitivity, AnotherPanelOfTheSameKindIsDrawn) {
  const std::vector<double> scores{5, 4, 5, 4, 5, 4, 2, 5.01};
  Decision two{2, 1, {4.25, 4.2525}, {1}, {}};
  SensitivityOptions options;
  options.method = RankingMethod::weighted_sum;
  options.selected_count = 1;
  options.draw_count = 20'000;
  const auto intervals = resample_experts(scores, 4, two, options);
  ASSERT_TRUE(intervals);
  EXPECT_NEAR(intervals->ranks[0].selected_share, std::pow(0.75, 4), 0.01);
  EXPECT_TRUE(intervals->ranks[0].flips);
  EXPECT_EQ(intervals->ranks[1].low, 1);
  EXPECT_EQ(intervals->ranks[1].high, 2);
  EXPECT_DOUBLE_EQ(intervals->score_high[0], 5.0);
  EXPECT_EQ(resample_experts(scores, 4, two, options)->score_low, intervals->score_low);
  EXPECT_FALSE(resample_experts(scores, 3, two, options));
}

TEST(Sensitivity, RefusesImpossibleOptions) {
  SensitivityOptions options;
  options.weight_change = 1.5;
  EXPECT_FALSE(perturb_weights(decision(), options));
}

}  // namespace
}  // namespace jianwei::experts
