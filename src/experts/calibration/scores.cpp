#include "experts/calibration/scores.h"

#include <algorithm>
#include <cmath>

namespace jianwei::experts {

ForecastScores score_forecasts(std::span<const Forecast> forecasts, std::int32_t bin_count) {
  ForecastScores scores;
  scores.count = static_cast<std::int64_t>(forecasts.size());
  if (forecasts.empty()) return scores;
  const auto all = static_cast<double>(forecasts.size());
  constexpr double kFloor = 1e-4;  // who states 0 and is wrong would lose without bound
  std::vector<CalibrationBin> bins(static_cast<std::size_t>(bin_count));
  double brier = 0.0, logarithm = 0.0, base = 0.0;
  for (const Forecast& forecast : forecasts) {
    const double p = std::clamp(forecast.probability, 0.0, 1.0);
    brier += (p - forecast.outcome) * (p - forecast.outcome);
    logarithm -= forecast.outcome * std::log(std::max(p, kFloor)) + (1.0 - forecast.outcome) * std::log(std::max(1.0 - p, kFloor));
    base += forecast.outcome / all;
    CalibrationBin& bin = bins[static_cast<std::size_t>(std::min(bin_count - 1, static_cast<std::int32_t>(p * bin_count)))];
    ++bin.count;
    bin.stated += p;
    bin.realized += forecast.outcome;
  }
  double reliability = 0.0, resolution = 0.0;
  for (std::int32_t b = 0; b < bin_count; ++b) {
    CalibrationBin& bin = bins[static_cast<std::size_t>(b)];
    if (bin.count == 0) continue;
    const auto count = static_cast<double>(bin.count);
    bin.low = static_cast<double>(b) / bin_count;
    bin.high = static_cast<double>(b + 1) / bin_count;
    bin.interval = analysis::wilson_interval(bin.realized, count);
    bin.stated /= count;
    bin.realized /= count;
    reliability += count / all * (bin.stated - bin.realized) * (bin.stated - bin.realized);
    resolution += count / all * (bin.realized - base) * (bin.realized - base);
    scores.bins.push_back(bin);
  }
  scores.brier = Statistic::of(brier / all);
  scores.log_score = Statistic::of(logarithm / all);
  scores.reliability = Statistic::of(reliability);
  scores.resolution = Statistic::of(resolution);
  scores.uncertainty = Statistic::of(base * (1.0 - base));
  scores.skill = scores.uncertainty.value == 0.0 ? Statistic::none(kUnanimous) : Statistic::of(1.0 - scores.brier.value / scores.uncertainty.value);
  return scores;
}

}  // namespace jianwei::experts
