#include <gtest/gtest.h>

#include "analysis/emergence/escore.h"

namespace jianwei::analysis {
namespace {

const std::vector<double> kDocuments = {2, 3, 3, 3, 3, 3, 3, 3, 3, 3};

TEST(EScore, RisingTermOfPygrams) {
  const auto score = score_escore(std::vector<double>{1, 0, 0, 1, 2, 2, 2, 3, 3, 3}, kDocuments);
  ASSERT_TRUE(score);
  EXPECT_NEAR(score->active_trend, 0.76980, 5e-6);
  EXPECT_NEAR(score->recent_trend, 2.88675, 5e-6);
  EXPECT_NEAR(score->mid_slope, 1.92450, 5e-6);
  EXPECT_NEAR(score->score, 6.35085, 5e-6);
}

TEST(EScore, FallingAndConstantTerms) {
  EXPECT_NEAR(score_escore(std::vector<double>{1, 0, 0, 2, 2, 1, 1, 1, 0, 1}, kDocuments)->score, -4.04145, 5e-6);
  EXPECT_NEAR(score_escore(std::vector<double>(10, 2.0), std::vector<double>(10, 9.0))->score, 0.0, 1e-12);
}

TEST(EScore, LargerSeriesAndItsGates) {
  std::vector<double> documents;
  for (int t = 0; t < 10; ++t) documents.push_back(1000.0 + 100.0 * t);
  const std::vector<double> counts = {2, 1, 2, 3, 5, 8, 12, 20, 31, 45};
  EXPECT_NEAR(score_escore(counts, documents)->score, 8.56117, 5e-6);
  EXPECT_TRUE(score_escore(counts, documents, 5)->candidate);
  EXPECT_EQ(score_escore(counts, documents, 1)->failed_gate, "organisations");
  EXPECT_EQ(score_escore(std::vector<double>{0, 0, 0, 0, 0, 0, 0, 0, 0, 9}, documents)->failed_gate, "years");
  EXPECT_EQ(score_escore(std::vector<double>(10, 20.0), documents)->candidate, true);
  EXPECT_EQ(score_escore(std::vector<double>{9, 9, 9, 9, 9, 9, 9, 0, 0, 0}, documents)->failed_gate, "active_to_base");
  EXPECT_FALSE(score_escore(std::vector<double>(9, 1.0), std::vector<double>(9, 5.0)));
}

}  // namespace
}  // namespace jianwei::analysis
