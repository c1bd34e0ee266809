#include <gtest/gtest.h>

#include "workflow/report/hindcast_verdict.h"

namespace jianwei::workflow {
namespace {

HindcastSummary with_interval(std::string_view low, std::string_view high) {
  return read_hindcast(fmt::format(
      R"({{"unit":"term","horizon":3,"origins":[{{"prevalence":0.1}},{{"prevalence":0.2}}],"pooled":{{"ses":{{"auprc":0.2}},"jianwei":{{"auprc":0.3,"p20":0.4}}}},)"
      R"("delta_vs_best_baseline":{{"baseline":"ses","auprc":0.1,"lo":{},"hi":{}}}}})",
      low, high));
}

TEST(HindcastSummary, ReadsWhatTheHindcastWrote) {
  const HindcastSummary summary = with_interval("0.02", "0.2");
  ASSERT_TRUE(summary.present);
  EXPECT_EQ(summary.origin_count, 2);
  EXPECT_NEAR(summary.prevalence, 0.15, 1e-12);
  ASSERT_EQ(summary.pooled.size(), 2U);
  EXPECT_EQ(summary.pooled[0].method, "jianwei");
  EXPECT_EQ(summary.best_baseline, "ses");
  EXPECT_FALSE(read_hindcast("").present);
}

TEST(HindcastSummary, SaysWhetherTheDifferenceIsMoreThanChance) {
  EXPECT_EQ(verdict_key(with_interval("0.02", "0.2")), "hindcast.above");
  EXPECT_EQ(verdict_key(with_interval("-0.2", "-0.02")), "hindcast.below");
  EXPECT_EQ(verdict_key(with_interval("-0.02", "0.2")), "hindcast.within_chance");
}

// What is printed as 0.000 is no more than chance, whatever its fourth digit.
TEST(HindcastSummary, AnIntervalThatTouchesZeroIsWithinChance) {
  EXPECT_EQ(verdict_key(with_interval("0.0", "0.2")), "hindcast.within_chance");
  EXPECT_EQ(verdict_key(with_interval("0.0004", "0.2")), "hindcast.within_chance");
  EXPECT_EQ(verdict_key(with_interval("-0.2", "-0.0004")), "hindcast.within_chance");
  EXPECT_EQ(verdict_key(with_interval("0.0006", "0.2")), "hindcast.above");
}

}  // namespace
}  // namespace jianwei::workflow
