#include "experts/consensus/realization.h"

namespace jianwei::experts {
namespace {

double year_at(std::span<const YearBin> bins, double position) {
  double before = 0.0;
  for (const YearBin& bin : bins) {
    const auto count = static_cast<double>(bin.count);
    if (count > 0.0 && position <= before + count) return bin.first + (position - before) / count * (bin.last - bin.first + 1);
    before += count;
  }
  return bins.back().last + 1.0;
}

}  // namespace

Realization measure_realization(std::span<const YearBin> bins, std::int64_t already, std::int64_t never, std::int64_t unknown) {
  Realization result;
  for (const YearBin& bin : bins) result.year_count += bin.count;
  result.answer_count = result.year_count + already + never + unknown;
  if (result.answer_count == 0) return result;
  const auto all = static_cast<double>(result.answer_count);
  result.already = Statistic::of(static_cast<double>(already) / all);
  result.never = Statistic::of(static_cast<double>(never) / all);
  result.unknown = Statistic::of(static_cast<double>(unknown) / all);
  if (result.year_count == 0) return result;
  const auto years = static_cast<double>(result.year_count);
  result.lower_quartile = Statistic::of(year_at(bins, 0.25 * years));
  result.median = Statistic::of(year_at(bins, 0.5 * years));
  result.upper_quartile = Statistic::of(year_at(bins, 0.75 * years));
  return result;
}

}  // namespace jianwei::experts
