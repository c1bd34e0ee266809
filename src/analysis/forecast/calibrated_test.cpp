#include "analysis/forecast/calibrated.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/forecast/s_curve.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

// A Poisson count by inversion; means up to some hundreds.
double poisson(Random& random, double mean) {
  double p = std::exp(-mean), sum = p;
  const double u = random.uniform();
  double k = 0.0;
  while (sum < u && k < 2000.0) {
    k += 1.0;
    p *= mean / k;
    sum += p;
  }
  return k;
}

// Units whose log share walks at random: `years` years, corpus 10,000 a year.
UnitSeries random_walks(std::int64_t units, std::int64_t years, double deviation) {
  Random random(5);
  UnitSeries series;
  series.unit_count = units;
  series.years = {1990, static_cast<std::int16_t>(1990 + years - 1)};
  series.complete_years = years;
  series.corpus.assign(static_cast<std::size_t>(years), 10000.0);
  for (std::int64_t u = 0; u < units; ++u) {
    double log_share = std::log(0.002);
    for (std::int64_t t = 0; t < years; ++t) {
      log_share += deviation * (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2.0;
      series.counts.push_back(poisson(random, 10000.0 * std::min(0.03, std::exp(log_share))));
    }
  }
  return series;
}

TEST(CalibrateForecasts, BandsCoverWhatTheySay) {
  const UnitSeries series = random_walks(300, 24, 0.15);
  const Calibration calibration = calibrate_forecasts(series, 3);
  EXPECT_GT(calibration.tested, 1000);
  for (std::size_t level = 0; level < kBandLevels.size(); ++level) EXPECT_NEAR(calibration.coverage[level], kBandLevels[level], 0.05);
  for (std::int64_t u = 0; u < series.unit_count; ++u) {
    const UnitBand band = forecast_unit(series, calibration, u);
    ASSERT_TRUE(band.forecast);
    for (std::size_t step = 0; step < 3; ++step) {
      EXPECT_LT(band.low[2][step], band.low[1][step]);
      EXPECT_LT(band.low[1][step], band.low[0][step]);
      EXPECT_LT(band.low[0][step], band.share[step]);
      EXPECT_GT(band.high[0][step], band.share[step]);
      EXPECT_GT(band.high[1][step], band.high[0][step]);
      EXPECT_GT(band.high[2][step], band.high[1][step]);
    }
  }
  EXPECT_NEAR(calibration.corpus[2], 10000.0, 1.0);
}

TEST(CalibrateForecasts, OneUnitIsForecastAsAmongAll) {
  const UnitSeries series = random_walks(40, 20, 0.2);
  const Calibration calibration = calibrate_forecasts(series, 3);
  const UnitForecasts all = forecast_shares(series, 3, {});
  for (std::int64_t u = 0; u < series.unit_count; ++u) {
    const UnitBand band = forecast_unit(series, calibration, u);
    for (std::size_t step = 0; step < 3; ++step) EXPECT_EQ(band.share[step], std::exp(all.units[static_cast<std::size_t>(u)].log_share[step]));
  }
}

TEST(CalibrateForecasts, ReadsNoIncompleteYear) {
  UnitSeries series = random_walks(50, 20, 0.1);
  series.complete_years = 16;
  const auto highs = [&] {
    const Calibration calibration = calibrate_forecasts(series, 3);
    std::vector<std::vector<double>> high;
    for (std::int64_t u = 0; u < series.unit_count; ++u) high.push_back(forecast_unit(series, calibration, u).high[kMainBand]);
    return high;
  };
  const auto before = highs();
  for (std::int64_t u = 0; u < series.unit_count; ++u) {
    for (std::int64_t t = 16; t < 20; ++t) series.counts[static_cast<std::size_t>(u * 20 + t)] = 9999.0;
  }
  EXPECT_EQ(before, highs());
}

TEST(CalibrateForecasts, SaysWhenThePastIsTooShortToMeasure) {
  const Calibration calibration = calibrate_forecasts(random_walks(10, 5, 0.1), 3);
  EXPECT_EQ(calibration.tested, 0);
  EXPECT_NEAR(calibration.quantile[kMainBand][0], 1.2816, 1e-9);
}

std::vector<double> curve_counts(double ceiling, double rate, double inflection, int years, double corpus) {
  std::vector<double> counts;
  for (int t = 0; t < years; ++t) counts.push_back(std::round(corpus * ceiling / (1.0 + std::exp(-rate * (t - inflection)))));
  return counts;
}

TEST(SCurve, FindsTheCeilingAfterTheInflection) {
  const std::vector<double> corpus(25, 10000.0);
  const SCurve curve = fit_s_curve(curve_counts(0.02, 0.5, 10.0, 25, 10000.0), corpus, SCurveKind::logistic);
  ASSERT_TRUE(curve.fitted);
  EXPECT_TRUE(curve.ceiling_known);
  EXPECT_NEAR(curve.ceiling, 0.02, 0.002);  // the grid of ceilings is 20 % wide
  EXPECT_NEAR(curve.inflection, 10.0, 0.7);
  EXPECT_NEAR(curve.rate, 0.5, 0.1);
  EXPECT_LT(curve.ceiling_low, 0.02);
  EXPECT_GT(curve.ceiling_high, 0.02);
  EXPECT_LT(curve.ceiling_high, 0.03);
  EXPECT_NEAR(s_curve_value(curve, 10.0), 0.01, 0.0015);
}

TEST(SCurve, DoesNotKnowTheCeilingBeforeTheInflection) {
  const std::vector<double> corpus(12, 10000.0);
  for (const SCurveKind kind : {SCurveKind::logistic, SCurveKind::gompertz}) {
    const SCurve curve = fit_s_curve(curve_counts(0.2, 0.4, 20.0, 12, 10000.0), corpus, kind);
    ASSERT_TRUE(curve.fitted);
    EXPECT_FALSE(curve.ceiling_known);
  }
}

TEST(SCurve, RefusesWhatDoesNotGrow) {
  const std::vector<double> corpus(10, 1000.0);
  EXPECT_FALSE(fit_s_curve(std::vector<double>{9, 8, 7, 6, 5, 5, 4, 4, 3, 3}, corpus, SCurveKind::logistic).fitted);
  EXPECT_FALSE(fit_s_curve(std::vector<double>{0, 0, 1, 1, 2}, std::vector<double>(5, 100.0), SCurveKind::logistic).fitted);
}

}  // namespace
}  // namespace jianwei::analysis
