#include "analysis/weak_signals/yoon.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jianwei::analysis {

namespace {

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

// A unit on the median counts as low: half of the units at most are high.
Quadrant quadrant(double x, double y, double x_median, double y_median) {
  if (y > y_median) return x > x_median ? Quadrant::strong : Quadrant::weak;
  return x > x_median ? Quadrant::well_known : Quadrant::latent;
}

double mean(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); }

}  // namespace

std::vector<double> degrees(std::span<const double> frequency, std::span<const double> documents, double time_weight) {
  const std::size_t n = frequency.size();
  std::vector<double> result(n, 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    if (documents[j] > 0.0) result[j] = frequency[j] / documents[j] * (1.0 - time_weight * static_cast<double>(n - 1 - j));
  }
  return result;
}

double degree_growth(std::span<const double> frequency, std::span<const double> documents, const WeakSignalOptions& options) {
  std::vector<double> raised, exposure, weight;
  for (std::size_t j = 0; j < frequency.size(); ++j) {
    if (documents[j] <= 0.0) continue;  // a period without documents says nothing
    raised.push_back(std::max(frequency[j], options.zero_offset));
    exposure.push_back(documents[j]);
    weight.push_back(1.0 - options.time_weight * static_cast<double>(frequency.size() - 1 - j));
  }
  if (raised.size() < 2) return 0.0;
  // The product of consecutive ratios telescopes: only the ends remain.
  const double first = raised.front() / exposure.front() * weight.front();
  const double last = raised.back() / exposure.back() * weight.back();
  return std::pow(last / first, 1.0 / static_cast<double>(raised.size() - 1)) - 1.0;
}

Result<WeakSignalMap> map_weak_signals(const UnitSeries& series, std::span<const double> occurrences, const WeakSignalOptions& options) {
  const auto periods = static_cast<std::size_t>(std::min(series.complete_years, std::max<std::int64_t>(1, options.max_periods)));
  const auto first = static_cast<std::size_t>(series.complete_years) - periods;
  if (!occurrences.empty() && occurrences.size() != series.counts.size()) {
    return fail(ErrorKind::invalid_input, "{} term frequencies for {} document frequencies", occurrences.size(), series.counts.size());
  }
  if (periods > 1 && options.time_weight * static_cast<double>(periods - 1) >= 1.0) {
    return fail(ErrorKind::invalid_input, "time weight {} over {} periods makes the oldest weigh nothing or less; use fewer periods", options.time_weight, periods);
  }
  WeakSignalMap map;
  map.units.resize(static_cast<std::size_t>(series.unit_count));
  if (periods < 2) return map;

  const std::span<const double> documents(series.corpus.data() + first, periods);
  std::vector<std::size_t> supported;
  std::vector<double> x_emergence, y_emergence, x_issue, y_issue;
  for (std::size_t u = 0; u < map.units.size(); ++u) {
    const auto document_frequency = series.count_row(static_cast<std::int64_t>(u)).subspan(first, periods);
    const auto frequency = occurrences.empty() ? document_frequency : occurrences.subspan(u * static_cast<std::size_t>(series.years.count()) + first, periods);
    if (std::accumulate(document_frequency.begin(), document_frequency.end(), 0.0) < options.min_documents) continue;
    WeakSignal& signal = map.units[u];
    signal.mean_frequency = mean(frequency);
    signal.mean_document_frequency = mean(document_frequency);
    signal.visibility_growth = degree_growth(frequency, documents, options);
    signal.diffusion_growth = degree_growth(document_frequency, documents, options);
    supported.push_back(u);
    x_emergence.push_back(signal.mean_frequency);
    y_emergence.push_back(signal.visibility_growth);
    x_issue.push_back(signal.mean_document_frequency);
    y_issue.push_back(signal.diffusion_growth);
  }
  map.median_frequency = median(x_emergence);
  map.median_visibility_growth = median(y_emergence);
  map.median_document_frequency = median(x_issue);
  map.median_diffusion_growth = median(y_issue);
  for (const std::size_t u : supported) {
    WeakSignal& signal = map.units[u];
    signal.emergence_map = quadrant(signal.mean_frequency, signal.visibility_growth, map.median_frequency, map.median_visibility_growth);
    signal.issue_map = quadrant(signal.mean_document_frequency, signal.diffusion_growth, map.median_document_frequency, map.median_diffusion_growth);
    if (signal.emergence_map == signal.issue_map) signal.agreed = signal.emergence_map;
  }
  return map;
}

}  // namespace jianwei::analysis
