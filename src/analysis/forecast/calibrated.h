// Share forecasts whose band has been tried on the past of the same data.
//
// forecast_shares() (smoothing.h) is made at earlier years of the series too, each reading only the years before it, and its errors there, in units of its own
// standard error, say how wide a band must be: the band's half width h steps ahead is q_h * se_h, q_h the quantile at the band's level of |y - centre| / se of the units over the earlier
// origins (split conformal prediction with a normalised score). `coverage` is honest: each origin is covered by the quantile of the origins before it, never by its own.
//   se_h^2 = se of the method^2 + 1 / (expected documents + 0.5)   what is forecast is a count, and counts scatter
//
// Source: Papadopoulos et al. (2002), doi:10.1007/3-540-36755-1_29; Lei et al. (2018), doi:10.1080/01621459.2017.1307116
// Page:   docs/methods/forecast.md
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "analysis/forecast/smoothing.h"

namespace jianwei::analysis {

struct CalibrationOptions {
  std::int64_t max_origins = 8;        // the latest earlier years that have `horizon` known years after them
  double min_documents = 10.0;         // in the three years before an origin; smaller units are no test
  SmoothingOptions smoothing;
  int thread_count = 1;
};

inline constexpr std::array kBandLevels = {0.5, 0.8, 0.95};
inline constexpr std::size_t kMainBand = 1;  // the 80 % band, where one is shown

// How wide bands of these data have to be: all that a forecast of one unit needs besides its own years.
struct Calibration {
  std::int64_t horizon = 0;            // 0: nothing can be forecast
  SmoothingOptions smoothing;
  GrowthPrior prior;
  std::vector<double> corpus;          // [horizon] documents of the corpus to be expected (damped Holt of its logarithm): share * corpus is a count
  std::array<std::vector<double>, kBandLevels.size()> quantile;  // [levels][horizon] q_h; that of |N(0,1)| when the past is too short to measure
  std::int64_t tested = 0;             // unit-years the coverage rests on; 0: not measured
  std::array<double, kBandLevels.size()> coverage = {};          // [levels] share of them inside the band
  std::int64_t origin_count = 0;       // earlier years behind the quantile
};

struct UnitBand {
  bool forecast = false;               // false: fewer than three years with exposure
  std::vector<double> share;           // [horizon] centre
  std::array<std::vector<double>, kBandLevels.size()> low, high;  // [levels][horizon]
};

// Reads the complete years only; the same at any thread count. Time O(origins * units * years), the origins in parallel.
Calibration calibrate_forecasts(const UnitSeries& series, std::int64_t horizon, const CalibrationOptions& options = {});

// The bands of one unit of the series that was calibrated. Time O(years + horizon).
UnitBand forecast_unit(const UnitSeries& series, const Calibration& calibration, std::int64_t unit);

}  // namespace jianwei::analysis
