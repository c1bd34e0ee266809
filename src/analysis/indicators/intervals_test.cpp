#include "analysis/indicators/intervals.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace jianwei::analysis {
namespace {

// Tables of exact Poisson limits (Garwood 1936; Pearson and Hartley, Biometrika Tables, table 40).
TEST(Intervals, PoissonLimitsEqualTheTables) {
  EXPECT_NEAR(poisson_interval(0).high, 3.689, 1e-3);
  EXPECT_EQ(poisson_interval(0).low, 0.0);
  EXPECT_NEAR(poisson_interval(1).low, 0.0253, 1e-4);
  EXPECT_NEAR(poisson_interval(1).high, 5.572, 1e-3);
  EXPECT_NEAR(poisson_interval(10).low, 4.795, 1e-3);
  EXPECT_NEAR(poisson_interval(10).high, 18.39, 1e-2);
  EXPECT_NEAR(poisson_interval(100).low, 81.36, 1e-2);
  EXPECT_NEAR(poisson_interval(100).high, 121.63, 1e-2);
}

TEST(Intervals, WilsonLimitsEqualAWorkedExample) {
  // Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E: 81 of 263 gives 0.2553 to 0.3662.
  EXPECT_NEAR(wilson_interval(81, 263).low, 0.2553, 1e-4);
  EXPECT_NEAR(wilson_interval(81, 263).high, 0.3662, 1e-4);
  EXPECT_EQ(wilson_interval(0, 20).low, 0.0);
  EXPECT_NEAR(wilson_interval(0, 20).high, 0.1611, 1e-4);
}

TEST(Intervals, BinomialTailSumsTheTerms) {
  EXPECT_NEAR(binomial_tail(8, 10, 0.5), (45.0 + 10.0 + 1.0) / 1024.0, 1e-12);
  EXPECT_NEAR(binomial_tail(3, 3, 0.25), 1.0 / 64.0, 1e-12);
  EXPECT_EQ(binomial_tail(0, 5, 0.1), 1.0);
  EXPECT_EQ(binomial_tail(6, 5, 0.1), 0.0);
}

TEST(Intervals, StudentQuantilesEqualTheTables) {
  EXPECT_NEAR(student_quantile(0.975, 3), 3.1824, 1e-4);
  EXPECT_NEAR(student_quantile(0.975, 30), 2.0423, 1e-4);
  EXPECT_NEAR(student_two_sided(2.2281, 10), 0.05, 1e-5);
  EXPECT_NEAR(normal_two_sided(1.959964), 0.05, 1e-6);
}

TEST(Intervals, ChaoCountsWhatIsNotYetSeen) {
  // Four seen once, one twice, one five times: 6 + 4 * 3 / (2 * 2) = 9.
  const Richness richness = chao1(std::vector<std::int64_t>{1, 1, 1, 1, 2, 5, 0});
  EXPECT_EQ(richness.seen, 6);
  EXPECT_NEAR(richness.estimated, 9.0, 1e-12);
  EXPECT_GT(richness.interval.low, 6.0);
  EXPECT_GT(richness.interval.high, 9.0);
  const Richness complete = chao1(std::vector<std::int64_t>{3, 4});
  EXPECT_EQ(complete.interval.high, 2.0);
}

TEST(Intervals, EffectiveNumberOfEqualSharesIsTheirNumber) {
  EXPECT_NEAR(effective_number(std::vector<std::int64_t>{5, 5, 5, 5}).value, 4.0, 1e-12);
  EXPECT_NEAR(effective_number(std::vector<std::int64_t>{9}).value, 1.0, 1e-12);
  const EffectiveNumber uneven = effective_number(std::vector<std::int64_t>{3, 1});
  EXPECT_NEAR(uneven.value, std::exp(0.75 * std::log(4.0 / 3.0) + 0.25 * std::log(4.0)), 1e-12);
  EXPECT_LT(uneven.interval.low, uneven.value);
}

TEST(Intervals, AnAgeIsAtLeastTheRangeOfSightings) {
  // Strauss and Sadler (1989): ten sightings over 9 years, 95 %: 9 * 0.05^(-1/9) = 12.55.
  EXPECT_NEAR(age_limit(9, 10), 12.5546, 1e-3);
  EXPECT_EQ(age_limit(4, 1), 4.0);
}

TEST(Intervals, TheyCoverAsOftenAsTheySay) {
  // Exact coverage of the Garwood interval at mean 7: sum of the Poisson terms whose interval holds 7.
  double coverage = 0.0, term = std::exp(-7.0);
  for (int k = 0; k < 60; ++k) {
    const Interval interval = poisson_interval(k);
    if (interval.low <= 7.0 && 7.0 <= interval.high) coverage += term;
    term *= 7.0 / (k + 1);
  }
  EXPECT_GE(coverage, 0.95);
  EXPECT_LE(coverage, 0.99);
}

}  // namespace
}  // namespace jianwei::analysis
