#include "experts/calibration/scores.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace jianwei::experts {
namespace {

// By hand: .8 and right, .8 and wrong, .3 and wrong.
TEST(Scores, BrierAndLogByHand) {
  const ForecastScores scores = score_forecasts(std::vector<Forecast>{{.8, 1}, {.8, 0}, {.3, 0}});
  EXPECT_NEAR(scores.brier.value, (.04 + .64 + .09) / 3, 1e-12);
  EXPECT_NEAR(scores.log_score.value, -(std::log(.8) + std::log(.2) + std::log(.7)) / 3, 1e-12);
  ASSERT_EQ(scores.bins.size(), 2u);
  EXPECT_NEAR(scores.bins[1].realized, 0.5, 1e-12);
}

TEST(Scores, MurphysPartsSumToBrierWhenBinsHoldOneProbability) {
  Random random(3);
  std::vector<Forecast> forecasts;
  for (int i = 0; i < 500; ++i) {
    const double p = 0.05 + 0.1 * random.below(10);
    forecasts.push_back({p, random.uniform() < p ? 1.0 : 0.0});
  }
  const ForecastScores scores = score_forecasts(forecasts);
  EXPECT_NEAR(scores.reliability.value - scores.resolution.value + scores.uncertainty.value, scores.brier.value, 1e-12);
  EXPECT_LT(scores.reliability.value, 0.01);
  EXPECT_GT(scores.skill.value, 0.0);
}

TEST(Scores, ConfidentErrorsStayFinite) { EXPECT_NEAR(score_forecasts(std::vector<Forecast>{{0.0, 1}}).log_score.value, -std::log(1e-4), 1e-12); }

TEST(Scores, NothingKnownNothingScored) { EXPECT_FALSE(score_forecasts({}).brier.defined()); }

}  // namespace
}  // namespace jianwei::experts
