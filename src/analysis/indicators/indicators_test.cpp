#include <gtest/gtest.h>

#include <cmath>

#include "analysis/indicators/change.h"
#include "analysis/indicators/diversity.h"
#include "analysis/indicators/growth.h"
#include "analysis/indicators/series.h"

namespace jianwei::analysis {
namespace {

// Documents as (year, source); units as lists of documents with weight 1.
Dataset make_dataset(const std::vector<std::pair<int, int>>& documents) {
  Dataset dataset;
  for (const auto& [year, source] : documents) {
    dataset.year.push_back(static_cast<std::int16_t>(year));
    dataset.source.push_back(static_cast<std::int16_t>(source));
  }
  return dataset;
}

UnitDocuments make_units(const std::vector<std::vector<std::int32_t>>& units) {
  UnitDocuments result;
  for (const auto& documents : units) {
    result.documents.insert(result.documents.end(), documents.begin(), documents.end());
    result.offsets.push_back(static_cast<std::int64_t>(result.documents.size()));
  }
  result.weights.assign(result.documents.size(), 1.0F);
  return result;
}

TEST(Series, CountsDocumentsPerYearAndDividesByTheCorpus) {
  const Dataset dataset = make_dataset({{2000, 0}, {2000, 0}, {2001, 0}, {2001, 0}, {2001, 0}, {2001, 0}, {0, 0}});
  const auto series = count_series(dataset, make_units({{0, 2, 6}, {3, 4, 5}}), {{2000, 2002}, 2001, false});
  ASSERT_TRUE(series);
  EXPECT_EQ(series->corpus, (std::vector<double>{2, 4, 0}));
  EXPECT_EQ(series->counts, (std::vector<double>{1, 1, 0, 0, 3, 0}));
  EXPECT_EQ(series->complete_years, 2);
  EXPECT_DOUBLE_EQ(series->share(0, 0), 0.5);
  EXPECT_DOUBLE_EQ(series->share(1, 1), 0.75);
  EXPECT_TRUE(std::isnan(series->share(0, 2)));
}

TEST(Series, ASourceThatEntersTheDatabaseDoesNotMakeItsOwnTermsGrow) {
  // Source 0 has ten documents a year; source 1 enters in 2001 with ten. The unit is half of source 1 and nothing of source 0.
  std::vector<std::pair<int, int>> documents;
  std::vector<std::int32_t> unit;
  for (int year = 2000; year <= 2002; ++year) {
    for (int i = 0; i < 10; ++i) documents.emplace_back(year, 0);
    for (int i = 0; i < 10 && year >= 2001; ++i) {
      if (i < 5) unit.push_back(static_cast<std::int32_t>(documents.size()));
      documents.emplace_back(year, 1);
    }
  }
  const Dataset dataset = make_dataset(documents);
  const auto plain = count_series(dataset, make_units({unit}), {{2000, 2002}, 0, false});
  EXPECT_DOUBLE_EQ(plain->share(0, 0), 0.0);
  EXPECT_DOUBLE_EQ(plain->share(0, 1), 0.25);
  const auto normalised = count_series(dataset, make_units({unit}), {{2000, 2002}, 0, true});
  EXPECT_TRUE(std::isnan(normalised->share(0, 0)));  // nothing comparable before the source was there
  EXPECT_NEAR(normalised->share(0, 1), 0.2, 1e-12);  // 10 of 50 over all years
  EXPECT_NEAR(normalised->share(0, 2), 0.2, 1e-12);
}

TEST(Series, NamesTheUnitWithAForeignDocument) {
  const auto series = count_series(make_dataset({{2000, 0}}), make_units({{0}, {7}}), {{2000, 2000}, 0, false});
  ASSERT_FALSE(series);
  EXPECT_EQ(series.error().message, "unit 1 names document 7, but the set has 1");
}

TEST(Series, SeesThatTheLastYearIsShort) {
  EXPECT_EQ(guess_last_complete_year(std::vector<double>{100, 110, 120, 130, 60}, {2000, 2004}), 2003);
  EXPECT_EQ(guess_last_complete_year(std::vector<double>{100, 110, 120, 130, 120}, {2000, 2004}), 2004);
}

TEST(Growth, EqualsTheLogRatioWhenSharesGrowExactly) {
  // Shares 0.10, 0.11, 0.121, 0.1331 of 1000: slope ln 1.1, no residual, so phi = 1 and se^2 = 1 / (sum mu t^2 - (sum mu t)^2 / sum mu).
  const std::vector<double> counts = {100, 110, 121, 133.1}, corpus = {1000, 1000, 1000, 1000};
  const GrowthRate rate = growth_rate(counts, corpus);
  ASSERT_TRUE(rate.estimated);
  EXPECT_NEAR(rate.log_slope, std::log(1.1), 1e-9);
  EXPECT_DOUBLE_EQ(rate.dispersion, 1.0);
  EXPECT_NEAR(rate.high - rate.log_slope, 4.3027 * std::sqrt(1.0 / 575.85), 2e-3);
  EXPECT_FALSE(rate.penalised);
}

TEST(Growth, GrowthOfTheCorpusIsNotGrowthOfTheUnit) {
  const GrowthRate rate = growth_rate(std::vector<double>{10, 20, 40, 80}, std::vector<double>{100, 200, 400, 800});
  EXPECT_NEAR(rate.log_slope, 0.0, 1e-9);
}

TEST(Growth, StaysFiniteWhenAllDocumentsAreInTheLastYear) {
  const GrowthRate rate = growth_rate(std::vector<double>{0, 0, 0, 0, 6}, std::vector<double>{100, 100, 100, 100, 100});
  ASSERT_TRUE(rate.estimated);
  EXPECT_TRUE(rate.penalised);
  EXPECT_GT(rate.log_slope, 0.5);
  EXPECT_LT(rate.log_slope, 5.0);
}

TEST(Growth, SimpleRatioAndCountCompareTwoWindows) {
  UnitSeries series;
  series.years = {2000, 2006};
  series.complete_years = 6;  // 2006 is not complete
  series.unit_count = 1;
  series.counts = {1, 2, 2, 3, 4, 7, 99};
  series.corpus = {10, 10, 10, 20, 20, 20, 1};
  const GrowthWindows windows = growth_windows(series, 0);
  EXPECT_DOUBLE_EQ(windows.recent, 14);
  EXPECT_DOUBLE_EQ(windows.previous, 5);
  EXPECT_DOUBLE_EQ(windows.growth_count, 9);
  EXPECT_DOUBLE_EQ(windows.simple_ratio, 2.5);
  EXPECT_DOUBLE_EQ(windows.share_ratio, 1.25);
}

TEST(Diversity, IsOneWhenEveryDocumentComesFromElsewhereAndZeroWhenFromOnePlace) {
  const std::vector<std::int64_t> spread = {1, 1, 1, 1}, single = {4};
  EXPECT_DOUBLE_EQ(diversity(spread, 10).shannon, 1.0);
  EXPECT_DOUBLE_EQ(diversity(spread, 10).gini_simpson, 1.0);
  EXPECT_DOUBLE_EQ(diversity(single, 10).shannon, 0.0);
  EXPECT_DOUBLE_EQ(diversity(single, 10).gini_simpson, 0.0);
  const std::vector<std::int64_t> uneven = {3, 1};  // H = 0.562335 nats; reachable min(4, 2) categories
  EXPECT_NEAR(diversity(uneven, 2).shannon, 0.5623351446 / std::log(2.0), 1e-9);
  EXPECT_NEAR(diversity(uneven, 2).gini_simpson, 0.5, 1e-12);
}

TEST(Diversity, RaoStirlingWeighsPairsByDistance) {
  const std::vector<double> p = {0.5, 0.25, 0.25};
  const std::vector<double> far = {0, 1, 1, 1, 0, 1, 1, 1, 0}, near = {0, 1, 1, 1, 0, 0, 1, 0, 0};
  EXPECT_NEAR(rao_stirling(p, far), 1.0 - 0.375, 1e-12);
  EXPECT_NEAR(rao_stirling(p, near), 0.5, 1e-12);
}

TEST(Diversity, CountsOnlyTheAddedDocuments) {
  const Dataset dataset = make_dataset({{2000, 0}, {2000, 1}, {2001, 2}, {2001, 2}, {2001, 0}});
  const auto result = growth_diversity(dataset, make_units({{0, 1, 2, 3}}), {2001, 2001});
  EXPECT_EQ(result[0].sources.incidences, 2);
  EXPECT_DOUBLE_EQ(result[0].sources.gini_simpson, 0.0);
  EXPECT_EQ(result[0].organisations.incidences, 0);
}

TEST(Change, JensenShannonIsOneForDisjointAndZeroForEqualProfiles) {
  const std::vector<double> a = {1, 1, 0, 0}, b = {0, 0, 3, 3}, c = {2, 2, 0, 0};
  EXPECT_DOUBLE_EQ(jensen_shannon(a, b), 1.0);
  EXPECT_NEAR(jensen_shannon(a, c), 0.0, 1e-12);
  const std::vector<double> d = {1, 0}, e = {1, 1};  // H(.75,.25) - H(.5,.5)/2
  EXPECT_NEAR(jensen_shannon(d, e), 0.8112781245 - 0.5, 1e-9);
}

TEST(Change, FindsTheUnitWhoseCompanyChanged) {
  // Unit 0 meets unit 1 in 2000 and unit 2 in 2001; unit 3 meets unit 1 in both.
  std::vector<std::pair<int, int>> documents;
  for (int i = 0; i < 8; ++i) documents.emplace_back(i < 4 ? 2000 : 2001, 0);
  for (int i = 0; i < 8; ++i) documents.emplace_back(i < 4 ? 2000 : 2001, 0);
  const UnitDocuments units = make_units({{0, 1, 2, 3, 4, 5, 6, 7}, {0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15}, {4, 5, 6, 7}, {8, 9, 10, 11, 12, 13, 14, 15}});
  const auto changes = profile_change(make_dataset(documents), units, {2000, 2000}, {2001, 2001}, 300, 1);
  EXPECT_NEAR(changes[0].divergence, 1.0, 1e-12);
  EXPECT_NEAR(changes[0].by_chance, 0.0, 1e-12);
  EXPECT_NEAR(changes[3].divergence, 0.0, 1e-12);
  EXPECT_FALSE(changes[2].measured);
}

}  // namespace
}  // namespace jianwei::analysis
