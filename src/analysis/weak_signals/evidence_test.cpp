#include "analysis/weak_signals/evidence.h"

#include <gtest/gtest.h>

#include "analysis/weak_signals/yoon.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

UnitSeries make_series(std::vector<double> counts, std::vector<double> corpus) {
  UnitSeries series;
  series.unit_count = static_cast<std::int64_t>(counts.size() / corpus.size());
  series.years = {2000, static_cast<std::int16_t>(2000 + corpus.size() - 1)};
  series.complete_years = static_cast<std::int64_t>(corpus.size());
  series.counts = std::move(counts);
  series.corpus = std::move(corpus);
  return series;
}

TEST(SignalEvidence, RiseIsTheExactConditionalTest) {
  // Four of five documents in the last 3 of 10 equal years: 5 * 0.3^4 * 0.7 + 0.3^5 = 0.03078; in the last 5 the same four: more likely. Two windows.
  const Rise rise = measure_rise(make_series({0, 0, 1, 0, 0, 0, 0, 1, 1, 2}, std::vector<double>(10, 100.0)), 0);
  EXPECT_TRUE(rise.tested);
  EXPECT_EQ(rise.recent, 4.0);
  EXPECT_EQ(rise.before, 1.0);
  EXPECT_NEAR(rise.p, 2 * 0.03078, 1e-10);
  EXPECT_EQ(rise.window_years, 3);
  EXPECT_NEAR(rise.ratio, (4.5 / 300) / (1.5 / 700), 1e-12);
  EXPECT_FALSE(measure_rise(make_series({1, 0, 0, 0, 1, 1}, std::vector<double>(6, 10.0)), 0).tested) << "two recent documents are no series";
}

TEST(SignalEvidence, TheGrowthOfTheCorpusIsNoRise) {
  const Rise rise = measure_rise(make_series({1, 1, 2, 2, 4, 4}, {100, 100, 200, 200, 400, 400}), 0);
  EXPECT_GT(rise.p, 0.4);
}

// Random units of constant share and five planted ones.
TEST(SignalEvidence, FindsPlantedSignalsAndFewOthers) {
  constexpr int kYears = 12, kPerYear = 200, kUnits = 400;
  Random random(3);
  Dataset dataset;
  std::vector<std::vector<std::int32_t>> documents(kUnits);
  for (int year = 0; year < kYears; ++year) {
    for (int i = 0; i < kPerYear; ++i) {
      const auto d = static_cast<std::int32_t>(dataset.year.size());
      dataset.year.push_back(static_cast<std::int16_t>(2000 + year));
      dataset.source.push_back(static_cast<std::int16_t>(random.below(2)));
      dataset.persons.values.push_back(static_cast<std::int32_t>(random.below(300)));
      dataset.persons.offsets.push_back(static_cast<std::int64_t>(dataset.persons.values.size()));
      for (int u = 0; u < kUnits; ++u) {
        const double share = u < 5 ? (year < 9 ? 0.0003 : 0.015) : u < 200 ? 0.003 : 0.02;
        if (random.uniform() < share) documents[static_cast<std::size_t>(u)].push_back(d);
      }
    }
  }
  UnitDocuments units;
  for (const auto& own : documents) {
    units.documents.insert(units.documents.end(), own.begin(), own.end());
    units.offsets.push_back(static_cast<std::int64_t>(units.documents.size()));
  }
  units.weights.assign(units.documents.size(), 1.0F);
  const auto series = count_series(dataset, units, {{2000, 2011}, 0, false});
  ASSERT_TRUE(series);
  const std::vector<SignalEvidence> signals = find_signals(dataset, units, *series, {}, {});
  int planted = 0, others = 0;
  for (const SignalEvidence& signal : signals) (signal.unit < 5 ? planted : others)++;
  EXPECT_GE(planted, 4);
  EXPECT_LE(others, 1) << "false discoveries at q <= 0.1";
  ASSERT_FALSE(signals.empty());
  EXPECT_LT(signals[0].unit, 5);
  EXPECT_TRUE(signals[0].spread) << "random documents share no author";
  EXPECT_GE(signals[0].author_groups, 2);
  const std::vector<std::uint8_t> excluded(kUnits, 1);
  EXPECT_TRUE(find_signals(dataset, units, *series, excluded, {}).empty());
}

TEST(SignalEvidence, TheTimeWeightDecidesNoQuadrant) {
  // It multiplies every growth by the same factor, and the medians with it: a sensitivity run over tw must not move a unit.
  Random random(5);
  std::vector<double> counts;
  for (int i = 0; i < 60 * 10; ++i) counts.push_back(random.below(12));
  const UnitSeries series = make_series(counts, std::vector<double>(10, 100.0));
  const auto reference = map_weak_signals(series, {}, {.time_weight = 0.05});
  ASSERT_TRUE(reference);
  for (const double weight : {0.0, 0.02, 0.04, 0.08, 0.1}) {
    const auto other = map_weak_signals(series, {}, {.time_weight = weight});
    ASSERT_TRUE(other);
    for (std::size_t u = 0; u < 60; ++u) EXPECT_EQ(other->units[u].agreed, reference->units[u].agreed) << weight << " " << u;
  }
}

}  // namespace
}  // namespace jianwei::analysis
