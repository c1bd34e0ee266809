// Golden values: METHODS of this project, computed with an independent program; the continuous series is the example of the package pybursts.
#include <gtest/gtest.h>

#include "analysis/bursts/kleinberg.h"
#include "analysis/bursts/significance.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

TEST(Kleinberg, ContinuousExampleOfPybursts) {
  const std::vector<double> times = {4, 17, 23, 27, 33, 35, 37, 76, 77, 82, 84, 88, 90, 92};
  const auto bursts = find_bursts_continuous(times, {2.0, 0.1, 2});
  ASSERT_TRUE(bursts);
  EXPECT_NEAR(bursts->cost, 35.642197, 5e-7);
  EXPECT_EQ(bursts->states, (std::vector<int>{0, 0, 0, 0, 1, 1, 0, 2, 1, 1, 1, 1, 1}));
  ASSERT_EQ(bursts->bursts.size(), 3U);
  const auto at = [&](std::size_t i) { return std::pair(times[static_cast<std::size_t>(bursts->bursts[i].begin)], times[static_cast<std::size_t>(bursts->bursts[i].end)]); };
  EXPECT_EQ(at(0), std::pair(33.0, 37.0));
  EXPECT_EQ(at(1), std::pair(76.0, 92.0));
  EXPECT_EQ(at(2), std::pair(76.0, 77.0));
  EXPECT_EQ(bursts->bursts[2].level, 2);
}

TEST(Kleinberg, ContinuousExampleHasNoBurstWhenRisingIsDear) {
  const std::vector<double> times = {4, 17, 23, 27, 33, 35, 37, 76, 77, 82, 84, 88, 90, 92};
  const auto bursts = find_bursts_continuous(times, {2.0, 1.0, 2});
  EXPECT_NEAR(bursts->cost, 37.861037, 5e-7);
  EXPECT_TRUE(bursts->bursts.empty());
}

TEST(Kleinberg, BatchedWithConstantVolume) {
  const std::vector<double> r = {0, 2, 1, 6, 7, 2, 1, 0, 5, 6, 1, 2}, d(12, 9.0);
  const auto bursts = find_bursts(r, d, {2.0, 1.0, 2});
  ASSERT_TRUE(bursts);
  EXPECT_EQ(bursts->states, (std::vector<int>{0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0}));
  EXPECT_NEAR(bursts->cost, 27.142252, 5e-7);
  double weight = 0.0;
  for (const Burst& burst : bursts->bursts) weight += burst.weight;
  EXPECT_NEAR(weight, 9.677710, 5e-7);
}

TEST(Kleinberg, BatchedWithGrowingVolume) {
  const std::vector<double> r = {1, 0, 2, 1, 1, 2, 8, 11, 14, 12, 3, 1}, d = {100, 110, 105, 98, 120, 115, 118, 122, 130, 125, 127, 131};
  const auto strict = find_bursts(r, d, {2.0, 1.0, 2});
  ASSERT_EQ(strict->bursts.size(), 1U);
  EXPECT_EQ(strict->bursts[0].begin, 6);  // periods 7-10
  EXPECT_EQ(strict->bursts[0].end, 10);
  EXPECT_NEAR(strict->cost, 34.797901, 5e-7);
  EXPECT_NEAR(strict->bursts[0].weight, 12.054343, 5e-7);
  const auto slow = find_bursts(r, d, {1.5, 1.0, 2});
  EXPECT_NEAR(slow->cost, 38.073229, 5e-7);
  EXPECT_NEAR(slow->bursts[0].weight, 8.779014, 5e-7);
}

TEST(Kleinberg, RefusesWhatCannotBe) {
  EXPECT_FALSE(find_bursts(std::vector<double>{3}, std::vector<double>{2}, {}));
  EXPECT_FALSE(find_bursts(std::vector<double>{1, 2}, std::vector<double>{2}, {}));
  EXPECT_FALSE(find_bursts(std::vector<double>{1}, std::vector<double>{2}, {1.0, 1.0, 2}));
  EXPECT_FALSE(find_bursts_continuous(std::vector<double>{1, 1}, {}));
  EXPECT_TRUE(find_bursts(std::vector<double>{0, 0}, std::vector<double>{2, 0}, {})->bursts.empty());
}

TEST(FalseDiscovery, BenjaminiAndHochbergsOwnExample) {
  // Their 15 ordered p-values of section 3.2: four are rejected at q = 0.05.
  const std::vector<double> p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0};
  const std::vector<double> q = benjamini_hochberg(p);
  EXPECT_LE(q[3], 0.05);
  EXPECT_GT(q[4], 0.05);
  EXPECT_NEAR(q[0], 0.0015, 1e-12);
  EXPECT_NEAR(q[3], 0.035625, 1e-12);
  EXPECT_NEAR(q[14], 1.0, 1e-12);
}

UnitSeries planted_series() {
  UnitSeries series;
  series.years = {2000, 2011};
  series.complete_years = 12;
  series.corpus.assign(12, 1000.0);
  series.unit_count = 201;
  series.counts = {1, 0, 2, 1, 1, 2, 8, 11, 14, 12, 3, 1};
  Random random(7);
  for (int u = 0; u < 200; ++u) {
    for (int t = 0; t < 12; ++t) {  // flat units: about five a year
      double c = 0;
      for (int i = 0; i < 50; ++i) c += random.uniform() < 0.1 ? 1.0 : 0.0;
      series.counts.push_back(c);
    }
  }
  return series;
}

TEST(UnitBursts, FindThePlantedBurstAndFewOthers) {
  Progress progress;
  UnitBurstOptions options;
  options.thread_count = 1;
  const UnitSeries series = planted_series();
  const auto bursts = find_unit_bursts(series, options, progress);
  ASSERT_TRUE(bursts);
  ASSERT_FALSE(bursts->empty());
  EXPECT_EQ(bursts->front().unit, 0);
  EXPECT_EQ(bursts->front().first_year, 2006);
  EXPECT_EQ(bursts->front().last_year, 2009);
  EXPECT_FALSE(bursts->front().open);
  EXPECT_LE(bursts->front().p_value, 0.001);
  std::int64_t called = 0;
  for (const UnitBurst& burst : *bursts) called += burst.q_value <= 0.2 ? 1 : 0;
  EXPECT_EQ(called, 1);

  options.thread_count = 3;
  const auto again = find_unit_bursts(series, options, progress);
  ASSERT_EQ(again->size(), bursts->size());
  for (std::size_t i = 0; i < again->size(); ++i) EXPECT_EQ((*again)[i].p_value, (*bursts)[i].p_value);
}

}  // namespace
}  // namespace jianwei::analysis
