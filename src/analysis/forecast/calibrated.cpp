#include "analysis/forecast/calibrated.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace jianwei::analysis {

namespace {

constexpr std::array kNormalQuantiles = {0.6745, 1.2816, 1.9600};  // of |N(0,1)| at kBandLevels
constexpr std::size_t kLeastErrors = 30;     // below, a quantile of past errors says nothing
constexpr std::int64_t kLeastHistory = 5;    // years before an origin

double total_error(double method_error, double share, double exposure) { return std::sqrt(method_error * method_error + 1.0 / (share * exposure + 0.5)); }

// |y - centre| / se of every tested unit at one origin, by step. [horizon][tests]
std::vector<std::vector<double>> errors_at(const UnitSeries& series, std::int64_t origin_years, std::int64_t horizon, const CalibrationOptions& options) {
  UnitSeries past = series;
  past.complete_years = origin_years;
  const UnitForecasts forecasts = forecast_shares(past, horizon, options.smoothing);
  std::vector<std::vector<double>> errors(static_cast<std::size_t>(horizon));
  for (std::int64_t u = 0; u < series.unit_count; ++u) {
    const ShareForecast& forecast = forecasts.units[static_cast<std::size_t>(u)];
    if (!forecast.forecast) continue;
    const auto counts = series.count_row(u);
    const auto exposure = series.exposure_row(u);
    double recent = 0.0;
    for (std::int64_t t = std::max<std::int64_t>(0, origin_years - 3); t < origin_years; ++t) recent += counts[static_cast<std::size_t>(t)];
    if (recent < options.min_documents) continue;
    for (std::size_t step = 0; step < errors.size(); ++step) {
      const auto t = static_cast<std::size_t>(origin_years) + step;
      if (exposure[t] <= 0.0) continue;
      const double observed = std::log((counts[t] + 0.5) / exposure[t]);
      errors[step].push_back(std::abs(observed - forecast.log_share[step]) / total_error(forecast.standard_error[step], std::exp(forecast.log_share[step]), exposure[t]));
    }
  }
  return errors;
}

// The conformal quantile: the ceil((n + 1) level)-th smallest.
double quantile_of(std::vector<double> values, double level) {
  const auto place = std::min(values.size() - 1, static_cast<std::size_t>(std::ceil(static_cast<double>(values.size() + 1) * level)) - 1);
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place), values.end());
  return values[place];
}

// Coverage of each origin by the quantiles of those before it; then the quantiles of all.
void measure_bands(const UnitSeries& series, const CalibrationOptions& options, Calibration& result) {
  std::vector<std::vector<double>> known(static_cast<std::size_t>(result.horizon));
  std::array<std::int64_t, kBandLevels.size()> inside = {};
  const std::int64_t last = series.complete_years - result.horizon;
  const std::int64_t first = std::max(kLeastHistory, last - options.max_origins + 1);
  result.origin_count = std::max<std::int64_t>(0, last - first + 1);
  std::vector<std::vector<std::vector<double>>> by_origin(static_cast<std::size_t>(result.origin_count));
  parallel_blocks(result.origin_count, 1, options.thread_count, [&](std::int64_t block, std::int64_t, std::int64_t) { by_origin[static_cast<std::size_t>(block)] = errors_at(series, first + block, result.horizon, options); });
  for (const auto& errors : by_origin) {
    for (std::size_t step = 0; step < errors.size(); ++step) {
      if (known[step].size() >= kLeastErrors) {
        for (std::size_t level = 0; level < kBandLevels.size(); ++level) {
          const double q = quantile_of(known[step], kBandLevels[level]);
          for (const double error : errors[step]) inside[level] += error <= q ? 1 : 0;
        }
        result.tested += static_cast<std::int64_t>(errors[step].size());
      }
    }
    for (std::size_t step = 0; step < errors.size(); ++step) known[step].insert(known[step].end(), errors[step].begin(), errors[step].end());
  }
  for (std::size_t level = 0; level < kBandLevels.size(); ++level) {
    for (std::size_t step = 0; step < known.size(); ++step) {
      if (known[step].size() >= kLeastErrors) result.quantile[level][step] = quantile_of(known[step], kBandLevels[level]);
    }
    if (result.tested > 0) result.coverage[level] = static_cast<double>(inside[level]) / static_cast<double>(result.tested);
  }
}

}  // namespace

Calibration calibrate_forecasts(const UnitSeries& series, std::int64_t horizon, const CalibrationOptions& options) {
  Calibration result;
  if (horizon <= 0 || series.complete_years < 1) return result;
  result.horizon = horizon;
  result.smoothing = options.smoothing;
  for (std::size_t level = 0; level < kBandLevels.size(); ++level) result.quantile[level].assign(static_cast<std::size_t>(horizon), kNormalQuantiles[level]);
  measure_bands(series, options, result);

  std::vector<double> logs;
  for (std::int64_t t = std::max<std::int64_t>(0, series.complete_years - kForecastYears); t < series.complete_years; ++t) logs.push_back(std::log(series.corpus[static_cast<std::size_t>(t)] + 0.5));
  for (const double y : smooth(logs, Smoothing::damped_holt, horizon, options.smoothing)) result.corpus.push_back(std::exp(y));
  result.prior = forecast_shares(series, horizon, options.smoothing).prior;
  return result;
}

UnitBand forecast_unit(const UnitSeries& series, const Calibration& calibration, std::int64_t unit) {
  const ShareForecast forecast = forecast_share(series, unit, calibration.horizon, calibration.smoothing, calibration.prior);
  UnitBand band;
  band.forecast = forecast.forecast;
  for (std::size_t step = 0; step < forecast.log_share.size(); ++step) {
    const double centre = std::exp(forecast.log_share[step]);
    const double error = total_error(forecast.standard_error[step], centre, calibration.corpus[step]);
    band.share.push_back(centre);
    for (std::size_t level = 0; level < kBandLevels.size(); ++level) {
      const double width = calibration.quantile[level][step] * error;
      band.low[level].push_back(centre * std::exp(-width));
      band.high[level].push_back(std::min(1.0, centre * std::exp(width)));
    }
  }
  return band;
}

}  // namespace jianwei::analysis
