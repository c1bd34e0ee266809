#include "experts/consensus/quantiles.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace jianwei::experts {
namespace {

double sorted_quantile(std::span<const double> sorted, double p, QuantileType type) {
  const auto count = static_cast<double>(sorted.size());
  const auto at = [&](double position) {  // 1-based, held inside
    return sorted[static_cast<std::size_t>(std::clamp(position, 1.0, count)) - 1];
  };
  if (type == QuantileType::inverse_averaged) {
    const double position = count * p;
    const double floor = std::floor(position);
    // 1e-12: n p that is a whole number on paper may miss it by a rounding error.
    if (position - floor < 1e-12) return (at(floor) + at(floor + 1.0)) / 2.0;
    return at(floor + 1.0);
  }
  const double position = type == QuantileType::linear ? (count - 1.0) * p + 1.0 : (count + 1.0) * p;
  const double held = std::clamp(position, 1.0, count);
  const double floor = std::floor(held);
  return at(floor) + (held - floor) * (at(floor + 1.0) - at(floor));
}

std::vector<double> sorted_copy(std::span<const double> answers) {
  std::vector<double> sorted(answers.begin(), answers.end());
  std::ranges::sort(sorted);
  return sorted;
}

}  // namespace

Statistic quantile(std::span<const double> answers, double p, QuantileType type) {
  if (answers.empty()) return Statistic::none(kTooFew);
  return Statistic::of(sorted_quantile(sorted_copy(answers), p, type));
}

Spread describe(std::span<const double> answers, QuantileType type) {
  Spread spread;
  spread.answer_count = static_cast<std::int64_t>(answers.size());
  if (answers.empty()) return spread;
  const std::vector<double> sorted = sorted_copy(answers);
  const auto count = static_cast<double>(sorted.size());
  double sum = 0.0;
  for (const double x : sorted) sum += x;
  const double mean = sum / count;
  spread.mean = Statistic::of(mean);
  spread.median = Statistic::of(sorted_quantile(sorted, 0.5, type));
  spread.lower_quartile = Statistic::of(sorted_quantile(sorted, 0.25, type));
  spread.upper_quartile = Statistic::of(sorted_quantile(sorted, 0.75, type));
  spread.interquartile_range = Statistic::of(spread.upper_quartile.value - spread.lower_quartile.value);
  if (sorted.size() < 2) return spread;
  double squares = 0.0;
  for (const double x : sorted) squares += (x - mean) * (x - mean);
  spread.standard_deviation = Statistic::of(std::sqrt(squares / (count - 1.0)));
  spread.coefficient_of_variation = mean == 0.0 ? Statistic::none(kNoMean) : Statistic::of(spread.standard_deviation.value / mean);
  return spread;
}

}  // namespace jianwei::experts
