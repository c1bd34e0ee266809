#include "experts/calibration/pooling.h"

#include <gtest/gtest.h>

namespace jianwei::experts {
namespace {

TEST(Pooling, LinearAndLogOddsByHand) {
  const std::vector<double> p{0.9, 0.5}, w{1, 1};
  EXPECT_NEAR(pool_probabilities(p, w, PoolMethod::linear).value(), 0.7, 1e-12);
  EXPECT_NEAR(pool_probabilities(p, w, PoolMethod::log_odds).value(), 0.75, 1e-12);            // sqrt(9) : 1
  EXPECT_NEAR(pool_probabilities(p, w, PoolMethod::log_odds, 2.0).value(), 0.9, 1e-12);
  EXPECT_FALSE(pool_probabilities(p, std::vector<double>{0, 0}, PoolMethod::linear));
  EXPECT_FALSE(pool_probabilities(std::vector<double>{1.2}, std::vector<double>{1}, PoolMethod::linear));
}

TEST(Pooling, WeightsFollowThePastAndNewMembersGetTheMean) {
  const std::vector<PastPerformance> members{{0.05, 1000}, {0.25, 1000}, {0.25, 0}};
  const std::vector<double> weights = weights_from_past(members);
  EXPECT_NEAR(weights[0] + weights[1] + weights[2], 1.0, 1e-12);
  EXPECT_GT(weights[0], weights[2]);
  EXPECT_GT(weights[2], weights[1]);
}

TEST(Pooling, NobodyWithAPastMeansEqualWeights) {
  EXPECT_EQ(weights_from_past(std::vector<PastPerformance>(4)), (std::vector<double>(4, 0.25)));
}

}  // namespace
}  // namespace jianwei::experts
