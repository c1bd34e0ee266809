// Exponential smoothing forecasts of short yearly series: SES, Holt, damped Holt, Theta and their mean.
//
//   SES          l_t = a y_t + (1-a) l_{t-1};                       y_{n+h} = l_n
//   damped Holt  l_t = a y_t + (1-a)(l_{t-1} + phi b_{t-1}),  b_t = b (l_t - l_{t-1}) + (1-b) phi b_{t-1};   y_{n+h} = l_n + (phi + ... + phi^h) b_n
//   Holt         the same with phi = 1
//   Theta        y_{n+h} = l_n + (slope / 2) [ (h-1) + (1 - (1-a)^n) / a ]     l_n of SES, slope of the least-squares line
// Start: l_0 = y_1, b_0 = y_2 - y_1. Parameters are fixed, not fitted: ten noisy points do not carry them (M4 competition: damping and combining
// matter more than the model). Variance h steps ahead: sigma^2 [1 + sum_{j<h} c_j^2] with c_j = a (SES), a + a b (phi + ... + phi^j) (Holt).
//
// Source: Gardner and McKenzie (1985), doi:10.1287/mnsc.31.10.1237; Assimakopoulos and Nikolopoulos (2000), doi:10.1016/S0169-2070(00)00066-2 in the form of
//         Hyndman and Billah (2003), doi:10.1016/S0169-2070(01)00143-1; Hyndman et al. (2008), doi:10.1007/978-3-540-71918-2, table 6.1
// Page:   docs/methods/forecast.md
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/indicators/series.h"

namespace jianwei::analysis {

struct SmoothingOptions {
  double level = 0.5;     // a in (0, 1]
  double trend = 0.2;     // b in [0, 1]
  double damping = 0.85;  // phi in (0, 1]
  bool level_by_size = true;  // forecast_shares(): a from the documents a year of each unit, the gain of a local level model (Muth 1960, doi:10.1080/01621459.1960.10482064)
};

enum class Smoothing { ses, holt, damped_holt, theta };

// Point forecasts of the next `horizon` values. [horizon]; one value repeats itself, no value gives zeros.
std::vector<double> smooth(std::span<const double> values, Smoothing method, std::int64_t horizon, const SmoothingOptions& options);

// Root mean squared one-step error of the method inside the series (0 with fewer than three values) and the factor sqrt(1 + sum c_j^2) for each step ahead.
double one_step_error(std::span<const double> values, Smoothing method, const SmoothingOptions& options);
std::vector<double> error_growth(Smoothing method, std::int64_t horizon, const SmoothingOptions& options);

struct ShareForecast {
  bool forecast = false;              // false: fewer than three years with exposure
  std::vector<double> log_share;      // [horizon] centre, natural logarithm of the share
  std::vector<double> standard_error; // [horizon] on the log scale
};

// What is known of growth over the horizon before one unit is looked at.
struct GrowthPrior {
  bool measured = false;              // false: fewer than three units have a forecast, and none is drawn towards others
  double growth = 0.0;                // log growth of the typical unit
  double deviation = 0.0;             // spread of true growth between units
};

// The mean of SES, damped Holt and Theta on y = ln((c + 0.5) / E) over the complete years (at most the last `kForecastYears`), its error never below the
// counting noise sqrt(1 / (c + 0.5)) of the last year; growth over the horizon is then shrunken to that of all units (empirical Bayes:
// weight tau^2 / (tau^2 + se^2)). Time O(years + horizon).
inline constexpr std::int64_t kForecastYears = 15;
ShareForecast forecast_share(const UnitSeries& series, std::int64_t unit, std::int64_t horizon, const SmoothingOptions& options, const GrowthPrior& prior);

// The same of all units, and the prior they give. Time O(units * years).
struct UnitForecasts {
  std::vector<ShareForecast> units;   // [units]
  GrowthPrior prior;
};
UnitForecasts forecast_shares(const UnitSeries& series, std::int64_t horizon, const SmoothingOptions& options);

}  // namespace jianwei::analysis
