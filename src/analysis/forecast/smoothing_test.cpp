#include <gtest/gtest.h>

#include <cmath>

#include "analysis/forecast/smoothing.h"

namespace jianwei::analysis {
namespace {

const std::vector<double> kSeries = {10, 12, 15, 19, 24, 30, 37};

void expect_forecast(const std::vector<double>& forecast, const std::vector<double>& expected) {
  ASSERT_EQ(forecast.size(), expected.size());
  for (std::size_t h = 0; h < expected.size(); ++h) EXPECT_NEAR(forecast[h], expected[h], 5e-6);
}

TEST(Smoothing, FixedParameterExamples) {
  expect_forecast(smooth(kSeries, Smoothing::holt, 3, {0.8, 0.2, 1.0}), {40.36708, 44.57242, 48.77777});
  expect_forecast(smooth(kSeries, Smoothing::damped_holt, 3, {0.8, 0.2, 0.9}), {39.09017, 41.91657, 44.46034});
  expect_forecast(smooth(kSeries, Smoothing::theta, 3, {0.5, 0.2, 1.0}), {35.46484, 37.71484, 39.96484});
  expect_forecast(smooth(kSeries, Smoothing::ses, 2, {0.5, 0.2, 1.0}), {31.0, 31.0});
}

TEST(Smoothing, ALineIsContinuedByHolt) {
  const std::vector<double> line = {1, 2, 3, 4, 5};
  expect_forecast(smooth(line, Smoothing::holt, 2, {}), {6.0, 7.0});
  EXPECT_NEAR(one_step_error(line, Smoothing::holt, {}), 0.0, 1e-12);
}

TEST(Smoothing, ErrorGrowsWithTheHorizonAsInTable61) {
  const auto ses = error_growth(Smoothing::ses, 3, {0.5, 0.2, 0.85});
  EXPECT_NEAR(ses[2], std::sqrt(1.0 + 2.0 * 0.25), 1e-12);
  const auto holt = error_growth(Smoothing::holt, 3, {0.5, 0.2, 0.85});
  EXPECT_NEAR(holt[2], std::sqrt(1.0 + 0.36 + 0.49), 1e-12);  // c_1 = .5 + .1, c_2 = .5 + .2
}

UnitSeries make_series(std::vector<double> counts, std::int64_t units, double corpus) {
  UnitSeries series;
  series.unit_count = units;
  const auto years = static_cast<std::int64_t>(counts.size()) / units;
  series.years = {2000, static_cast<std::int16_t>(2000 + years - 1)};
  series.complete_years = years;
  series.corpus.assign(static_cast<std::size_t>(years), corpus);
  series.counts = std::move(counts);
  return series;
}

TEST(Forecast, SmallUnitsAreDrawnTowardsTheTypicalGrowth) {
  // Ten large units whose shares change by -40 % .. +50 % a year, then a large and a tiny unit that double.
  std::vector<double> counts;
  for (int u = 0; u < 10; ++u) for (int t = 0; t < 6; ++t) counts.push_back(500.0 * std::pow(0.6 + 0.1 * u, t));
  for (const double c : {100.0, 200.0, 400.0, 800.0, 1600.0, 3200.0}) counts.push_back(c);
  for (const double c : {0.0, 0.0, 0.0, 0.0, 1.0, 2.0}) counts.push_back(c);
  const auto forecasts = forecast_shares(make_series(counts, 12, 10000.0), 3, {});
  const auto growth = [&](std::size_t u, double last) { return forecasts.units[u].log_share[2] - std::log(last / 10000.0); };
  EXPECT_GT(growth(7, 500.0 * std::pow(1.3, 5)), 0.1);
  EXPECT_LT(growth(1, 500.0 * std::pow(0.7, 5)), -0.05);
  // The tiny unit doubles too, but its growth is all noise: what is left is close to the typical unit's.
  const double shrunken = forecasts.units[11].log_share[2] - std::log(2.5 / 10000.0);
  EXPECT_LT(shrunken, forecasts.prior.growth + 0.1);
  EXPECT_GT(forecasts.units[11].standard_error[0], forecasts.units[0].standard_error[0]);
}

TEST(Forecast, SaysSoWhenThereIsTooLittleHistory) {
  EXPECT_FALSE(forecast_shares(make_series({1, 2}, 1, 10.0), 2, {}).units[0].forecast);
}

}  // namespace
}  // namespace jianwei::analysis
