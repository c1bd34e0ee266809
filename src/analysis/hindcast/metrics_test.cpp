#include <gtest/gtest.h>

#include <cmath>

#include "analysis/hindcast/metrics.h"

namespace jianwei::analysis {
namespace {

using Labels = std::vector<std::uint8_t>;
using Scores = std::vector<double>;

TEST(Metrics, AveragePrecisionByHand) {
  // Order 1 0 1 0: (1/2)(1/1) + (1/2)(2/3).
  EXPECT_NEAR(auprc(Scores{4, 3, 2, 1}, Labels{1, 0, 1, 0}), 0.5 + 1.0 / 3.0, 1e-12);
  EXPECT_NEAR(auprc(Scores{1, 2, 3, 4}, Labels{1, 0, 1, 0}), 0.5 * 0.5 + 0.5 * 0.5, 1e-12);
  EXPECT_EQ(auprc(Scores{1, 2}, Labels{0, 0}), 0.0);
}

TEST(Metrics, TiesGivePrevalenceAndDoNotDependOnTheOrderOfRows) {
  EXPECT_NEAR(auprc(Scores{0, 0, 0, 0}, Labels{1, 0, 0, 0}), 0.25, 1e-12);
  EXPECT_NEAR(auprc(Scores{0, 0, 0, 0}, Labels{0, 0, 0, 1}), 0.25, 1e-12);
  EXPECT_NEAR(precision_at(Scores{1, 0, 0, 0}, Labels{0, 1, 0, 1}, 2), (0.0 + 2.0 / 3.0) / 2.0, 1e-12);
}

TEST(Metrics, WeightsCountRowsTwice) {
  EXPECT_NEAR(weighted_auprc(Scores{3, 2, 1}, Labels{1, 0, 1}, Scores{2, 1, 1}), auprc(Scores{3, 3, 2, 1}, Labels{1, 1, 0, 1}), 1e-12);
  EXPECT_NEAR(weighted_auprc(Scores{3, 2, 1}, Labels{1, 0, 1}, Scores{1, 0, 1}), 1.0, 1e-12);
}

TEST(Metrics, NdcgByHand) {
  // Gains 3, 0, 2 in ranked order: (3 + 2/2) / (3 + 2/log2 3).
  EXPECT_NEAR(ndcg_at(Scores{9, 8, 7}, Scores{3, 0, 2}, 3), 4.0 / (3.0 + 2.0 / std::log2(3.0)), 1e-12);
  EXPECT_NEAR(ndcg_at(Scores{9, 8, 7}, Scores{3, 2, 0}, 2), 1.0, 1e-12);
}

TEST(Metrics, CsiCallsAsManyAsThereAre) {
  // Three positives; the first three hold two of them: TP 2, FP 1, FN 1.
  EXPECT_NEAR(csi_at_prevalence(Scores{6, 5, 4, 3, 2, 1}, Labels{1, 0, 1, 1, 0, 0}), 0.5, 1e-12);
  EXPECT_NEAR(csi_at_prevalence(Scores{3, 2, 1}, Labels{1, 1, 0}), 1.0, 1e-12);
}

TEST(Metrics, BrierAndReliability) {
  EXPECT_NEAR(brier(Scores{0.8, 0.4}, Labels{1, 0}), (0.04 + 0.16) / 2.0, 1e-12);
  const auto bins = reliability(Scores{0.9, 0.1, 0.7, 0.3}, Labels{1, 0, 0, 0}, 2);
  EXPECT_NEAR(bins[0].mean_probability, 0.2, 1e-12);
  EXPECT_NEAR(bins[0].observed_share, 0.0, 1e-12);
  EXPECT_NEAR(bins[1].mean_probability, 0.8, 1e-12);
  EXPECT_NEAR(bins[1].observed_share, 0.5, 1e-12);
}

TEST(Metrics, CrpsOfAStandardNormalAtItsMean) {
  EXPECT_NEAR(crps_normal(0.0, 1.0, 0.0), 0.2336949772551092, 1e-12);  // (sqrt 2 - 1) / sqrt pi
  EXPECT_NEAR(crps_normal(5.0, 1e-9, 3.0), 2.0, 1e-8);                 // a sharp forecast scores its absolute error
}

}  // namespace
}  // namespace jianwei::analysis
