#include "analysis/forecast/smoothing.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace jianwei::analysis {

namespace {

struct State {
  double level = 0.0, trend = 0.0;
};

double damping_of(Smoothing method, const SmoothingOptions& options) { return method == Smoothing::holt ? 1.0 : options.damping; }

// One pass over the series; `on_step(t, forecast of y_t made at t - 1)` sees each one-step forecast.
template <class OnStep>
State run(std::span<const double> y, Smoothing method, const SmoothingOptions& options, OnStep on_step) {
  const bool has_trend = method == Smoothing::holt || method == Smoothing::damped_holt;
  const double phi = damping_of(method, options);
  State state;
  state.level = y[0];
  if (has_trend && y.size() > 1) state.trend = y[1] - y[0];
  for (std::size_t t = 1; t < y.size(); ++t) {
    const double expected = state.level + (has_trend ? phi * state.trend : 0.0);
    on_step(t, expected);
    const double level = options.level * y[t] + (1.0 - options.level) * expected;
    if (has_trend) state.trend = options.trend * (level - state.level) + (1.0 - options.trend) * phi * state.trend;
    state.level = level;
  }
  return state;
}

double least_squares_slope(std::span<const double> y) {
  const auto n = static_cast<double>(y.size());
  double xy = 0.0, xx = 0.0;
  for (std::size_t t = 0; t < y.size(); ++t) {
    const double x = static_cast<double>(t) - (n - 1.0) / 2.0;
    xy += x * y[t];
    xx += x * x;
  }
  return xx > 0.0 ? xy / xx : 0.0;
}

// The steady-state gain of a local level model with counting noise (Muth 1960): a = (-q + sqrt(q^2 + 4 q r)) / (2 r), r = 1 / (c + 0.5) the noise of a yearly log count, q the variance of a
// year's true change. Units of five documents a year get 0.37, of seventy 0.78: large units have little noise to smooth away.
double level_for(double documents_per_year) {
  constexpr double kYearlyChange = 0.04;  // q: sd 0.2 of the log share, as between large units of five corpora
  const double r = 1.0 / (documents_per_year + 0.5);
  return std::clamp((-kYearlyChange + std::sqrt(kYearlyChange * kYearlyChange + 4.0 * kYearlyChange * r)) / (2.0 * r), 0.2, 0.9);
}

}  // namespace

std::vector<double> smooth(std::span<const double> values, Smoothing method, std::int64_t horizon, const SmoothingOptions& options) {
  std::vector<double> forecast(static_cast<std::size_t>(horizon), 0.0);
  if (values.empty()) return forecast;
  const State state = run(values, method, options, [](std::size_t, double) {});
  const double n = static_cast<double>(values.size());
  const double half_slope = method == Smoothing::theta ? least_squares_slope(values) / 2.0 : 0.0;
  const double phi = damping_of(method, options);
  double damped = 0.0, power = 1.0;
  for (std::size_t h = 0; h < forecast.size(); ++h) {
    power *= phi;
    damped += power;  // phi + ... + phi^(h+1)
    forecast[h] = state.level + damped * state.trend;
    if (method == Smoothing::theta) forecast[h] += half_slope * (static_cast<double>(h) + (1.0 - std::pow(1.0 - options.level, n)) / options.level);
  }
  return forecast;
}

double one_step_error(std::span<const double> values, Smoothing method, const SmoothingOptions& options) {
  if (values.size() < 3) return 0.0;
  double squares = 0.0;
  std::int64_t steps = 0;
  run(values, method, options, [&](std::size_t t, double expected) {
    if (t < 2) return;  // the first step is exact by construction when the trend starts from it
    squares += (values[t] - expected) * (values[t] - expected);
    ++steps;
  });
  return std::sqrt(squares / static_cast<double>(steps));
}

std::vector<double> error_growth(Smoothing method, std::int64_t horizon, const SmoothingOptions& options) {
  std::vector<double> growth(static_cast<std::size_t>(horizon));
  const bool has_trend = method == Smoothing::holt || method == Smoothing::damped_holt;
  const double phi = damping_of(method, options);
  double variance = 1.0, damped = 0.0, power = 1.0;
  for (double& g : growth) {
    g = std::sqrt(variance);
    power *= phi;
    damped += power;
    const double c = options.level + (has_trend ? options.level * options.trend * damped : 0.0);
    variance += c * c;
  }
  return growth;
}

namespace {

// A unit's forecast by its own years alone, and how much its log share is forecast to change over the horizon from its level now.
struct OwnForecast {
  ShareForecast share;
  double growth = 0.0, variance = 0.0, level = 0.0;
};

OwnForecast own_forecast(const UnitSeries& series, std::int64_t unit, std::int64_t horizon, const SmoothingOptions& options) {
  static constexpr Smoothing kCombined[] = {Smoothing::ses, Smoothing::damped_holt, Smoothing::theta};
  OwnForecast own;
  const auto counts = series.count_row(unit);
  const auto exposure = series.exposure_row(unit);
  std::vector<double> y;
  double last_count = 0.0, recent = 0.0;
  for (std::int64_t year = std::max<std::int64_t>(0, series.complete_years - kForecastYears); year < series.complete_years; ++year) {
    const auto t = static_cast<std::size_t>(year);
    if (exposure[t] <= 0.0) continue;
    y.push_back(std::log((counts[t] + 0.5) / exposure[t]));
    last_count = counts[t];
    recent = recent * 2.0 / 3.0 + counts[t] / 3.0;  // about the mean of the last three years
  }
  if (y.size() < 3 || horizon <= 0) return own;
  SmoothingOptions smoothing = options;
  if (options.level_by_size) smoothing.level = level_for(recent);
  ShareForecast& forecast = own.share;
  forecast.forecast = true;
  forecast.log_share.assign(static_cast<std::size_t>(horizon), 0.0);
  forecast.standard_error.assign(static_cast<std::size_t>(horizon), 0.0);
  const double counting_noise = std::sqrt(1.0 / (last_count + 0.5));
  // The error of the middle method stands for all: that of SES alone is mostly its lag behind a steady trend.
  const double sigma = std::max(one_step_error(y, Smoothing::damped_holt, smoothing), counting_noise);
  for (const Smoothing method : kCombined) {
    const std::vector<double> centre = smooth(y, method, horizon, smoothing);
    const std::vector<double> growth = error_growth(method, horizon, smoothing);
    for (std::size_t h = 0; h < centre.size(); ++h) {
      forecast.log_share[h] += centre[h] / std::size(kCombined);
      forecast.standard_error[h] += sigma * growth[h] / std::size(kCombined);  // the three err together: mean, not quadrature
    }
  }
  own.level = run(y, Smoothing::damped_holt, smoothing, [](std::size_t, double) {}).level;
  own.growth = forecast.log_share.back() - own.level;
  own.variance = forecast.standard_error.back() * forecast.standard_error.back();
  return own;
}

// Mean of growth and between-unit variance tau^2 with sum (g - prior)^2 / (se^2 + tau^2) = units - 1 (Paule and Mandel 1982).
GrowthPrior growth_prior(std::span<const OwnForecast> forecasts) {
  std::vector<std::pair<double, double>> growths;  // value, variance
  for (const OwnForecast& own : forecasts) {
    if (own.share.forecast) growths.emplace_back(own.growth, own.variance);
  }
  if (growths.size() < 3) return {};
  double prior = 0.0, tau2 = 0.0, below = 0.0, above = 100.0;
  const auto misfit = [&](double variance) {
    double w = 0.0, wx = 0.0, q = 0.0;
    for (const auto& [value, own] : growths) {
      w += 1.0 / (own + variance);
      wx += value / (own + variance);
    }
    prior = wx / w;
    for (const auto& [value, own] : growths) q += (value - prior) * (value - prior) / (own + variance);
    return q - static_cast<double>(growths.size() - 1);
  };
  if (misfit(0.0) > 0.0) {
    for (int i = 0; i < 60; ++i) {  // misfit falls as tau^2 grows
      tau2 = 0.5 * (below + above);
      (misfit(tau2) > 0.0 ? below : above) = tau2;
    }
    misfit(tau2);
  }
  return {true, prior, std::sqrt(tau2)};
}

// Draws a unit's growth towards that of all, the more the less sure it is.
ShareForecast shrunken(OwnForecast own, const GrowthPrior& prior) {
  ShareForecast& forecast = own.share;
  if (!prior.measured || !forecast.forecast) return forecast;
  const double tau2 = prior.deviation * prior.deviation;
  const double weight = tau2 / (tau2 + own.variance);
  for (std::size_t h = 0; h < forecast.log_share.size(); ++h) {
    const double step = static_cast<double>(h + 1) / static_cast<double>(forecast.log_share.size());
    forecast.log_share[h] = weight * forecast.log_share[h] + (1.0 - weight) * (own.level + step * prior.growth);
  }
  return forecast;
}

}  // namespace

ShareForecast forecast_share(const UnitSeries& series, std::int64_t unit, std::int64_t horizon, const SmoothingOptions& options, const GrowthPrior& prior) {
  return shrunken(own_forecast(series, unit, horizon, options), prior);
}

UnitForecasts forecast_shares(const UnitSeries& series, std::int64_t horizon, const SmoothingOptions& options) {
  std::vector<OwnForecast> own;
  for (std::int64_t u = 0; u < series.unit_count; ++u) own.push_back(own_forecast(series, u, horizon, options));
  UnitForecasts result;
  result.prior = growth_prior(own);
  for (OwnForecast& forecast : own) result.units.push_back(shrunken(std::move(forecast), result.prior));
  return result;
}

}  // namespace jianwei::analysis
