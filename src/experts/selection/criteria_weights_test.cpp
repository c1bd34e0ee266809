#include "experts/selection/criteria_weights.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace jianwei::experts {
namespace {

TEST(CriteriaWeights, EntropyOfTheWorkedColumns) {
  const auto weights = entropy_weights(std::vector<double>{1, 10, 2, 20, 3, 60}, 2);
  ASSERT_TRUE(weights);
  EXPECT_NEAR((*weights)[0], 0.258674, 5e-7);
  EXPECT_NEAR((*weights)[1], 0.741326, 5e-7);
}

TEST(CriteriaWeights, ConsistentComparisonsGiveTheirWeightsBack) {
  const std::vector<double> truth{0.5, 0.3, 0.2};
  std::vector<double> matrix;
  for (const double a : truth) {
    for (const double b : truth) matrix.push_back(a / b);
  }
  const auto ahp = ahp_weights(matrix, 3);
  ASSERT_TRUE(ahp);
  const auto bwm = best_worst_weights(std::vector<double>{1, 5.0 / 3, 2.5}, std::vector<double>{2.5, 1.5, 1}, 0, 2);
  ASSERT_TRUE(bwm);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(ahp->weights[i], truth[i], 1e-9);
    EXPECT_NEAR(bwm->weights[i], truth[i], 1e-9);
  }
  EXPECT_NEAR(ahp->consistency_ratio.value, 0.0, 1e-9);
  EXPECT_NEAR(bwm->inconsistency, 0.0, 1e-9);
}

// Of a 3 x 3 reciprocal matrix the eigenvalue is 1 + x + 1/x, x the cube root of a_12 a_23 a_31 (Saaty 1980): here of 2 * 2 / 1 = 4.
TEST(CriteriaWeights, InconsistencyOfThreeCriteriaHasAClosedForm) {
  const auto ahp = ahp_weights(std::vector<double>{1, 2, 1, 0.5, 1, 2, 1, 0.5, 1}, 3);
  ASSERT_TRUE(ahp);
  const double x = std::cbrt(4.0);
  EXPECT_NEAR(ahp->largest_eigenvalue, 1.0 + x + 1.0 / x, 1e-9);
  EXPECT_NEAR(ahp->consistency_ratio.value, (1.0 + x + 1.0 / x - 3.0) / 2.0 / 0.58, 1e-9);
}

// No weights of a fine grid may be better than those of the simplex.
TEST(CriteriaWeights, BestWorstFindsTheOptimum) {
  Random random(5);
  for (int round = 0; round < 40; ++round) {
    std::vector<double> best{1, 1.0 + random.below(5), 2.0 + random.below(7)}, worst{2.0 + random.below(7), 1.0 + random.below(5), 1};
    const auto found = best_worst_weights(best, worst, 0, 2);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->weights[0] + found->weights[1] + found->weights[2], 1.0, 1e-9);
    double least = 1e9;
    for (int i = 0; i <= 200; ++i) {
      for (int j = 0; i + j <= 200; ++j) {
        const double w[3] = {i / 200.0, j / 200.0, (200 - i - j) / 200.0};
        double xi = 0.0;
        for (int k = 0; k < 3; ++k) xi = std::max({xi, std::abs(w[0] - best[static_cast<std::size_t>(k)] * w[k]), std::abs(w[k] - worst[static_cast<std::size_t>(k)] * w[2])});
        least = std::min(least, xi);
      }
    }
    EXPECT_LE(found->inconsistency, least + 1e-9);
    EXPECT_GE(found->inconsistency, least - 0.06);  // the grid is 0.005 wide, comparisons go to 8
  }
}

TEST(CriteriaWeights, RefuseComparisonsThatContradictThemselves) {
  const auto refused = ahp_weights(std::vector<double>{1, 3, 3, 1}, 2);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("criteria 1 and 2"), std::string::npos);
  EXPECT_FALSE(best_worst_weights(std::vector<double>{1, 0.5}, std::vector<double>{2, 1}, 0, 1));
  EXPECT_FALSE(entropy_weights(std::vector<double>{0, 1, 0, 2}, 2));
}

}  // namespace
}  // namespace jianwei::experts
